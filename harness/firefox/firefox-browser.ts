import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FIREFOX_ID } from '../../scripts/lib/firefox-manifest.mjs';
import { builtFiles, zipOf } from '../../scripts/lib/packing.ts';
import { type Badge, readBadge } from '../browser/badge.ts';
import { until } from '../process/wait.ts';
import type { BiDi } from './bidi.ts';
import { FirefoxPage } from './firefox-page.ts';

/** No single step of the browser takes this long, even on a busy machine. */
const LIMIT_MS = 60_000;

/** What the browser notes when a page is closed while it waits for an answer of the browser's. Nothing is lost by it. */
const LEFT_WAITING = 'after context unloaded';

/** What it notes where we ask whether there is a text. Those that there must be are compared by the unit tests. */
const NO_TEXT = 'Unknown localization message';

/** A running Firefox with the add-on in it, used like `ExtensionBrowser`. Create it with `launchFirefox`. */
export class FirefoxBrowser {
  readonly profileDir: string;
  /** Uncaught errors of the event page, in all its lives, and of the pages; known when it is closed. */
  readonly errors: string[] = [];
  readonly #bidi: BiDi;
  readonly #end: () => Promise<void>;
  /** The browser's own window, in which code has the browser's rights. */
  #window = '';
  #origin = '';
  #keepsAddons = true;
  #idlePage: FirefoxPage | null = null;
  #isClosed = false;

  /** Use `launchFirefox`. `end` ends the browser and tidies up. */
  constructor(bidi: BiDi, profileDir: string, end: () => Promise<void>) {
    this.#bidi = bidi;
    this.profileDir = profileDir;
    this.#end = end;
  }

  /** `moz-extension://<uuid>`: another one in every profile. */
  get origin(): string {
    return this.#origin;
  }

  /** Whether the add-on is still there after a restart: other editions keep only what Mozilla has signed. */
  get keepsAddons(): boolean {
    return this.#keepsAddons;
  }

  /** Installs the add-on, if there is one to install, and waits until it is up. Called once, by `launchFirefox`. */
  async begin(extensionPath: string | null): Promise<void> {
    const { contexts } = await this.#bidi.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    this.#window = contexts[0].context;
    if (extensionPath !== null) await this.#install(extensionPath);
    const root = await until(LIMIT_MS, 'the add-on to start', () =>
      this.#inBrowser(
        (id) => (globalThis as any).WebExtensionPolicy.getByID(id)?.getURL('') as string,
        FIREFOX_ID,
      ),
    );
    this.#origin = root.replace(/\/$/, '');
    if (extensionPath !== null) await this.#greetingGone();
  }

  /** Runs a function with the rights of the browser itself. */
  #inBrowser<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return this.#bidi.call(this.#window, run, argument);
  }

  async #install(extensionPath: string): Promise<void> {
    this.#keepsAddons = await this.#inBrowser(() => {
      const { AppConstants } = (globalThis as any).ChromeUtils.importESModule(
        'resource://gre/modules/AppConstants.sys.mjs',
      );
      return !AppConstants.MOZ_REQUIRE_SIGNING as boolean;
    }, null);
    if (!this.#keepsAddons) {
      await this.#bidi.send('webExtension.install', { extensionData: { type: 'path', path: extensionPath } });
      return;
    }
    const path = join(this.profileDir, 'relay-health.xpi');
    await writeFile(path, zipOf(builtFiles(extensionPath)));
    const extensionData = { type: 'archivePath', path };
    await this.#bidi.send('webExtension.install', { extensionData, 'moz:permanent': true });
  }

  /** The tab that greets a new user is the last thing that the installation does, and would take part in the test. */
  async #greetingGone(): Promise<void> {
    const context = await until(LIMIT_MS, 'the tab that greets a new user', async () => {
      const { contexts } = await this.#bidi.send('browsingContext.getTree');
      return contexts.find(({ url }: { url: string }) => url.startsWith(this.url('src/pages/welcome/')))
        ?.context;
    });
    await this.#bidi.send('browsingContext.close', { context });
  }

  url(path: string): string {
    return `${this.#origin}/${path}`;
  }

  /** Opens a page of the add-on in a tab of its own. */
  open(path: string): Promise<FirefoxPage> {
    return FirefoxPage.open(this.#bidi, this.url(path));
  }

  /** Opens any page in a tab of its own. */
  visit(url: string): Promise<FirefoxPage> {
    return FirefoxPage.open(this.#bidi, url);
  }

  /** Opens the popup's page in a tab, where it lives until closed. */
  openPopupInTab(): Promise<FirefoxPage> {
    return this.open('src/popup/index.html');
  }

  /** Runs a function with the add-on's own rights in a page that none of its code runs in. Leaves the event page alone. */
  async evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    this.#idlePage ??= await this.open('manifest.json');
    return this.#idlePage.evaluate(run, argument);
  }

  /** What the toolbar shows now. */
  badge(): Promise<Badge> {
    return this.evaluate(readBadge, null);
  }

  /** Whether the event page runs, which is to Firefox what the service worker is to Chromium. */
  workerRunning(): Promise<boolean> {
    return this.#inBrowser((id) => {
      const { extension } = (globalThis as any).WebExtensionPolicy.getByID(id);
      return extension.backgroundState === 'running';
    }, FIREFOX_ID);
  }

  /** Suspends the event page, as the browser does with an idle one. */
  stopWorker(): Promise<void> {
    return this.#inBrowser(
      (id) =>
        (globalThis as any).WebExtensionPolicy.getByID(id).extension.terminateBackground({
          disableResetIdleForTest: true,
        }),
      FIREFOX_ID,
    );
  }

  /** Reads what the browser's console holds about us. It also has every connection there that came to nothing. */
  async #collectErrors(): Promise<void> {
    const found = await this.#inBrowser((origin) => {
      const { Services, Ci } = globalThis as any;
      return Services.console
        .getMessageArray()
        .filter(
          (each: any) => each instanceof Ci.nsIScriptError && !(each.flags & Ci.nsIScriptError.warningFlag),
        )
        .filter(({ sourceName, category }: any) => sourceName.startsWith(origin) && category !== 'Web Socket')
        .map(({ errorMessage, sourceName }: any) => `${errorMessage} (${sourceName})`) as string[];
    }, this.#origin);
    this.errors.push(
      ...found.filter((error) => ![LEFT_WAITING, NO_TEXT].some((known) => error.includes(known))),
    );
  }

  /** Closes the browser. Removes the profile unless the caller named it. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#origin !== '') await this.#collectErrors().catch(({ message }) => this.errors.push(message));
    await this.#end();
  }
}

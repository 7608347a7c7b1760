import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  type ConsoleMessage,
  chromium,
  type Page,
  type Worker,
} from '@playwright/test';
import { until, within } from '../process/wait.ts';
import { type Badge, readBadge } from './badge.ts';
import { collectErrors, isOfNetwork } from './browser-errors.ts';
import { extensionId, readManifest } from './extension-id.ts';
import { TargetSession } from './target-session.ts';

/** No single step of the browser takes this long, even on a busy machine. */
const LIMIT_MS = 60_000;

/** A running browser with the extension in it. Create it with `launchExtension`. */
export class ExtensionBrowser {
  readonly id: string;
  readonly context: BrowserContext;
  readonly profileDir: string;
  /** Uncaught errors and `console.error` of the service worker, in all its lives, and of the pages. */
  readonly errors: string[] = [];
  /** Resolves when the browser is closed, by {@link close} or by its user. */
  readonly closed: Promise<void>;
  readonly #root: CDPSession;
  readonly #popupPath: string;
  readonly #tidy: () => Promise<void>;
  readonly #greets: boolean;
  readonly #popupConnections: Browser[] = [];
  #idlePage: Page | null = null;
  #isClosed = false;

  /** Use `launchExtension`. `greets`: a tab will open that greets the user, and is not wanted. `tidy` runs after the browser was closed. */
  constructor(
    context: BrowserContext,
    root: CDPSession,
    extensionPath: string,
    profileDir: string,
    greets: boolean,
    tidy: () => Promise<void>,
  ) {
    this.id = extensionId(extensionPath);
    this.#popupPath = readManifest(extensionPath).action?.default_popup ?? '';
    this.context = context;
    this.closed = new Promise((done) => context.once('close', () => done()));
    this.#root = root;
    this.profileDir = profileDir;
    this.#greets = greets;
    this.#tidy = tidy;
  }

  /** Watches for errors and waits until the extension is up. Called once, by `launchExtension`. */
  async begin(): Promise<void> {
    await collectErrors(this.context, this.#root, this.url(''), this.errors);
    const greeting = this.#greets ? this.#greetingGone() : Promise.resolve();
    await until(LIMIT_MS, 'the extension to start its service worker', () => this.workerRunning());
    // The greeting is the last thing that the installation does: a worker that is ended before leaves it half done.
    await within(LIMIT_MS, 'the tab that greets a new user', greeting);
    await this.#extensionPage();
  }

  /**
   * The tab that greets a new user would take part in whatever is tested here. It is emptied, not closed: it may be the
   * browser's only one, and without a tab a browser ends.
   */
  #greetingGone(): Promise<void> {
    return new Promise((done) => {
      const empty = (page: Page): void => {
        if (!page.url().startsWith(this.url('src/pages/welcome/'))) return;
        this.context.off('page', empty);
        void page
          .goto('about:blank')
          .catch(() => {})
          .then(() => done());
      };
      this.context.on('page', empty);
      for (const page of this.context.pages()) empty(page);
    });
  }

  url(path: string): string {
    return `chrome-extension://${this.id}/${path}`;
  }

  /** Opens a page of the extension in a tab of its own. */
  async open(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(this.url(path));
    return page;
  }

  /** Opens the popup's page in a tab, where it lives until closed. */
  openPopupInTab(): Promise<Page> {
    return this.open(this.#popupPath);
  }

  /**
   * Opens the toolbar popup itself. It closes when another page gets the focus, and does not open in that moment: the
   * tab that greets a new user may just come and go.
   */
  popup(): Promise<Page> {
    return until(LIMIT_MS, 'the popup to open', () => this.#tryPopup(), 100);
  }

  async #tryPopup(): Promise<Page | null> {
    const isOpen = await this.evaluate(
      () =>
        (globalThis as any).chrome.action.openPopup().then(
          () => true,
          () => false,
        ) as Promise<boolean>,
      null,
    );
    if (!isOpen) return null;
    const [port] = (await readFile(join(this.profileDir, 'DevToolsActivePort'), 'utf8')).split('\n');
    // Playwright's own connection is not told of popups. A second one, made when it is open, lists it as a page.
    const connection = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: LIMIT_MS });
    this.#popupConnections.push(connection);
    // The same page may be open in a tab; only the popup is unknown to the first connection.
    const tabs = new Set(await Promise.all(this.context.pages().map((page) => targetIdOf(page))));
    for (const page of connection.contexts().flatMap((context) => context.pages())) {
      if (!page.url().startsWith(this.url(this.#popupPath)) || tabs.has(await targetIdOf(page))) continue;
      await this.#watchPopup(page);
      return page;
    }
    return null;
  }

  /** The popup was loaded before we came, so its first errors are read from the page's memory. */
  async #watchPopup(page: Page): Promise<void> {
    const onError = (error: Error): void => void this.errors.push(`popup: ${error.stack}`);
    const onMessage = (message: ConsoleMessage): void => {
      if (message.type() === 'error' && !isOfNetwork(message, this.url('')))
        this.errors.push(`popup: console.error: ${message.text()}`);
    };
    page.on('pageerror', onError);
    page.on('console', onMessage);
    for (const error of await page.pageErrors()) onError(error);
    for (const message of await page.consoleMessages()) onMessage(message);
  }

  /**
   * Runs a function with the extension's own rights (`chrome.*`) in a page that none of its code runs in.
   * It neither wakes nor needs the service worker.
   */
  async evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    const page = await this.#extensionPage();
    return within(
      LIMIT_MS,
      'a call in the extension',
      page.evaluate(run as any, argument) as Promise<Result>,
    );
  }

  /** The browser's first tab, showing a file of the extension. No new tab: a popup would lose the focus. */
  async #extensionPage(): Promise<Page> {
    if (this.#idlePage && !this.#idlePage.isClosed()) return this.#idlePage;
    const blank = this.context.pages().find((page) => page.url() === 'about:blank');
    this.#idlePage = blank ?? (await this.context.newPage());
    await this.#idlePage.goto(this.url('manifest.json'));
    return this.#idlePage;
  }

  /** What the toolbar shows now. Reading it leaves the service worker alone. */
  badge(): Promise<Badge> {
    return this.evaluate(readBadge, null);
  }

  async #workerTargets(): Promise<string[]> {
    const { targetInfos } = await this.#root.send('Target.getTargets');
    return targetInfos
      .filter(({ type, url }) => type === 'service_worker' && url.startsWith(this.url('')))
      .map(({ targetId }) => targetId);
  }

  async workerRunning(): Promise<boolean> {
    return (await this.#workerTargets()).length > 0;
  }

  /** Starts the service worker if it is stopped, without sending it any message. */
  async startWorker(): Promise<void> {
    if (await this.workerRunning()) return;
    const session = await this.context.newCDPSession(await this.#extensionPage());
    try {
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.startWorker', { scopeURL: this.url('') });
      await until(LIMIT_MS, 'the service worker to start', () => this.workerRunning());
    } finally {
      await session.detach();
    }
  }

  /**
   * Ends the service worker, as the browser does with an idle one. One that is only starting is ended when it runs: told to
   * end before, it starts once more, for as long as it is told.
   */
  async stopWorker(): Promise<void> {
    const session = await this.context.newCDPSession(await this.#extensionPage());
    try {
      const stopped = new Promise<void>((done) => {
        let isTold = false;
        session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
          for (const { scriptURL, runningStatus, targetId } of versions) {
            if (!scriptURL.startsWith(this.url(''))) continue;
            if (runningStatus === 'stopped') done();
            if (runningStatus !== 'running' || !targetId || isTold) continue;
            isTold = true;
            void this.#root.send('Target.closeTarget', { targetId }).catch(() => {});
          }
        });
      });
      await session.send('ServiceWorker.enable');
      await within(LIMIT_MS, 'the end of the service worker', stopped);
    } finally {
      await session.detach();
    }
  }

  /**
   * The service worker, started if need be. Playwright's `evaluate` hangs for ever on one that stops
   * meanwhile: prefer {@link evaluateInWorker}.
   */
  async worker(): Promise<Worker> {
    await this.startWorker();
    const find = (): Worker | undefined =>
      this.context.serviceWorkers().find((worker) => worker.url().startsWith(this.url('')));
    return until(LIMIT_MS, 'the service worker', find);
  }

  async evaluateInWorker<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    const worker = await this.worker();
    return within(
      LIMIT_MS,
      'a call in the service worker',
      worker.evaluate(run as any, argument) as Promise<Result>,
    );
  }

  /** A DevTools session with the running service worker: heap, network conditions and the like. */
  async workerCdp(): Promise<TargetSession> {
    const [targetId] = await this.#workerTargets();
    if (!targetId) throw new Error('The service worker is not running.');
    return TargetSession.attach(this.#root, targetId);
  }

  /** Closes the browser. Removes the profile unless the caller named it. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const connection of this.#popupConnections) await connection.close().catch(() => {});
    await this.context.close();
    await this.#tidy();
  }
}

async function targetIdOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  await session.detach();
  return targetInfo.targetId;
}

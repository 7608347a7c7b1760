/** Where chaos is played: one gateway with its owner, one browser with its user, and the wire between them. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type ExtensionBrowser, launchExtension } from '../../harness/browser/browser.ts';
import { StatusRecorder } from '../../harness/browser/status-recorder.ts';
import { Admin } from '../../harness/gateway/admin.ts';
import { Gateway } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import { Lane } from './lane.ts';
import { beginning, type Pairing, type Situation } from './situation.ts';

/** A build that may notify: the browser's question whether it may cannot be answered by a test. */
async function notifyingBuild(folder: string): Promise<string> {
  const build = join(folder, 'extension');
  await cp(BUILD, build, { recursive: true });
  const file = join(build, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  const permissions = [...manifest.permissions, 'notifications'];
  await writeFile(file, JSON.stringify({ ...manifest, permissions, optional_permissions: [] }));
  return build;
}

export class Rig {
  readonly lane: Lane;
  gateway: Gateway;
  ext!: ExtensionBrowser;
  /** The popup's page in a tab, which stays open. */
  page!: Page;
  recorder!: StatusRecorder;
  /** What may be the case, as far as all that was shown lets it. Never empty. */
  situations: readonly Situation[];
  /** What the state directory held that {@link backUp} copied. */
  #backup: { version: string; secret: string; pairing: Pairing | null } | null = null;
  /** Everything that nobody but its owner may ever see. */
  readonly canaries = new Set<string>();
  /** What the pages, the workers and the notifications of all browsers said. */
  readonly said: string[] = [];
  /** Uncaught errors and `console.error` of the browsers that are closed. */
  readonly #errors: string[] = [];
  /** Statuses that were shown by pages that are closed. */
  readonly #shown: string[] = [];
  readonly #folder: string;
  readonly #build: string;
  readonly #forget: () => void;

  private constructor(gateway: Gateway, lane: Lane, folder: string, build: string, forget: () => void) {
    this.gateway = gateway;
    this.lane = lane;
    this.situations = [beginning(gateway.token)];
    this.canaries.add(gateway.token);
    this.#folder = folder;
    this.#build = build;
    this.#forget = forget;
  }

  /** Starts everything, the gateway included; nothing is paired yet. */
  static async open(gateway: Gateway): Promise<Rig> {
    const folder = await mkdtemp(join(tmpdir(), 'relay-health-chaos-'));
    const forget = keepFolder(folder);
    const lane = await Lane.open(gateway.port);
    const rig = new Rig(gateway, lane, folder, await notifyingBuild(folder), forget);
    try {
      await gateway.start();
      await gateway.ready();
      await rig.launch();
    } catch (error) {
      await rig.close();
      throw error;
    }
    return rig;
  }

  /** One of those that may be the case: they differ in nothing but what the extension holds, and what it noticed. */
  get situation(): Situation {
    return this.situations[0] as Situation;
  }

  get errors(): readonly string[] {
    return [...this.#errors, ...(this.ext?.errors ?? [])];
  }

  /** Every status that the popup showed, in order; a page that opens says its first one again. */
  get shown(): readonly string[] {
    return [...this.#shown, ...this.recorder.changes.map(({ status }) => status)];
  }

  /** Starts the browser, with the profile that it had before. */
  async launch(): Promise<void> {
    this.ext = await launchExtension({
      extensionPath: this.#build,
      profileDir: join(this.#folder, 'profile'),
    });
    this.ext.context.on('console', (message) => void this.said.push(message.text()));
    // As if it had been running for an hour: the first two minutes of a browser are without notifications.
    await this.ext.evaluate(
      (at) => (globalThis as any).chrome.storage.session.set({ 'browser-started-at': at }),
      Date.now() - 3_600_000,
    );
    await this.openPopup();
  }

  async openPopup(): Promise<void> {
    this.page = await this.ext.openPopupInTab();
    this.recorder = await StatusRecorder.start(this.page);
  }

  async closePopup(): Promise<void> {
    this.#shown.push(...this.recorder.changes.map(({ status }) => status));
    this.recorder.changes.length = 0;
    await this.page.close();
  }

  async closeBrowser(): Promise<void> {
    await this.closePopup();
    await this.ext.close();
    this.#errors.push(...this.ext.errors.splice(0));
  }

  /** The gateway's owner, at its own computer. */
  async asOwner<T>(act: (owner: Admin) => Promise<T>): Promise<T> {
    const owner = new Admin(this.gateway.url);
    await owner.connect({ field: 'token', value: 'gateway secret', secret: this.situation.gateway.secret });
    try {
      return await act(owner);
    } finally {
      owner.leave();
    }
  }

  /** The same home and port, from the next start on with another version. The gateway must not run. */
  use(version: string): void {
    const { port, token, home } = this.gateway;
    this.gateway = new Gateway(version, port, token, home);
  }

  get #state(): string {
    return join(this.gateway.home, 'state');
  }

  /** Copies the state directory of a gateway that does not run, for {@link restore}. */
  async backUp(): Promise<void> {
    const { version } = this.gateway;
    this.#backup = { version, ...this.situation.gateway };
    await rm(`${this.#state}-backup`, { recursive: true, force: true });
    await cp(this.#state, `${this.#state}-backup`, { recursive: true });
  }

  /** Puts back what was copied, and the version that it was copied from. Does nothing without a copy. */
  async restore(): Promise<void> {
    if (this.#backup === null) return;
    const { version, ...gateway } = this.#backup;
    await rm(this.#state, { recursive: true, force: true });
    await cp(`${this.#state}-backup`, this.#state, { recursive: true });
    this.use(version);
    this.situations = this.situations.map((each) => ({ ...each, gateway }));
  }

  async startGateway(env: NodeJS.ProcessEnv = {}): Promise<void> {
    this.lane.run += 1;
    await this.gateway.start(env);
    await this.gateway.ready({ limitMs: 180_000 });
  }

  /** What a page of ours sends to the worker. */
  async send(message: object): Promise<void> {
    const reply = await this.ext.evaluate(
      (command) => (globalThis as any).chrome.runtime.sendMessage(command),
      message,
    );
    if (!reply?.ok) throw new Error(`the worker refused ${JSON.stringify(message)}: ${reply?.problem}`);
  }

  /** Everything in `storage.local`. */
  stored(): Promise<Record<string, any>> {
    return this.ext.evaluate(() => (globalThis as any).chrome.storage.local.get(null), null);
  }

  async gatewayId(): Promise<string> {
    return (await this.stored()).gateways.value[0].id;
  }

  async close(): Promise<void> {
    await this.ext?.close().catch(() => {});
    await this.lane.close();
    await this.gateway.stop('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    this.#forget();
  }
}

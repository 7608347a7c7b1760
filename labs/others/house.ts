/** A gateway with an extension that watches over its other clients, and the page that tells of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { type ExtensionBrowser, launchExtension } from '../../harness/browser/browser.ts';
import { approve, pair, waitForStatus } from '../../harness/browser/popup-page.ts';
import { CommandLine, type Printed } from '../../harness/gateway/command-line.ts';
import { createGateway, type Gateway, isAtLeast } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { NEIGHBOUR } from '../../harness/process/private-network.ts';
import { until } from '../../harness/process/wait.ts';
import { type IdentityProxy, startIdentityProxy } from '../../harness/servers/identity-proxy.ts';

const PAGE = 'src/pages/others/index.html';

/** Milliseconds. A lock-out that the lab has to wait for; gateways lock out for five minutes unless they are told otherwise. */
export const LOCKED_FOR_MS = 60_000;

/** How long a story may take to be seen, on a busy machine. */
const TOLD_WITHIN_MS = 120_000;
const TOLD_WITHOUT_PAGE_WITHIN_MS = 150_000;

/** Who, why, and how it stands: as the page says it. */
export interface Told {
  readonly client: string;
  readonly cause: string;
  readonly standing: string;
}

export class House {
  readonly gateway: Gateway;
  /** Where clients of other computers reach it. */
  readonly url: string;
  readonly #ext: ExtensionBrowser;
  readonly #proxy: IdentityProxy;
  readonly #commandLines: CommandLine[] = [];
  #page: Page;
  /** How long after the refusal, by the gateway's log, each story was seen. Milliseconds. */
  readonly delays: number[] = [];
  /** In the gateway's words, why commands that cards show were denied. */
  readonly deniedCommands: string[] = [];

  private constructor(gateway: Gateway, proxy: IdentityProxy, ext: ExtensionBrowser, page: Page) {
    this.gateway = gateway;
    this.#proxy = proxy;
    this.url = proxy.url;
    this.#ext = ext;
    this.#page = page;
  }

  /** Pairs the extension, allows it to read of other clients, and opens their page. */
  static async open(version: string): Promise<House> {
    const gateway = await createGateway({ version });
    await gateway.configure(({ gateway: config }) => {
      // Gateways before 2026.3 take nobody for a local client who comes from a trusted proxy, their owner included.
      if (isAtLeast(version, '2026.3.0')) config.trustedProxies = ['127.0.0.1'];
      if (!isAtLeast(version, '2026.8.0')) config.controlUi = { allowedOrigins: ['*'] };
      config.auth.rateLimit = { lockoutMs: LOCKED_FOR_MS };
    });
    await gateway.start();
    await gateway.ready();
    // Command lines before 2026.3 speak with no other computer without encryption.
    const host = isAtLeast(version, '2026.3.0') ? NEIGHBOUR : '127.0.0.1';
    // Gateways before 2026.5 log no port, and whose line it is tells the name that they were called by.
    const calls = isAtLeast(version, '2026.5.0') ? undefined : new URL(gateway.url).host;
    const proxy = await startIdentityProxy(gateway.port, 'X-Forwarded-Proto', 'http', host, calls);
    const ext = await launchExtension({ extensionPath: BUILD });
    const popup = await ext.openPopupInTab();
    await pair(popup, `${gateway.url}#${gateway.token}`);
    const { status } = await waitForStatus(popup, ['approval', 'healthy']);
    if (status === 'approval') await approve(popup, gateway);
    await waitForStatus(popup, 'healthy');
    await popup.close();
    const page = await ext.open(PAGE);
    await page.getByTestId('others-consent').locator('button').click();
    await page.getByTestId('refused').waitFor();
    return new House(gateway, proxy, ext, page);
  }

  get context(): BrowserContext {
    return this.#ext.context;
  }

  /** What the extension complained of. */
  get errors(): readonly string[] {
    return this.#ext.errors;
  }

  /** A command line of another computer, with a home of its own. */
  async commandLine(): Promise<CommandLine> {
    const commandLine = await CommandLine.create(this.gateway.version);
    this.#commandLines.push(commandLine);
    return commandLine;
  }

  /** A command that a card shows, typed at the gateway's own computer. */
  atTheGateway(command: string): Promise<Printed> {
    const [program, ...args] = command.split(' ');
    if (program !== 'openclaw')
      throw new Error(`a card shows a command that is none of OpenClaw's: ${command}`);
    return CommandLine.of(this.gateway).run(args, { hasTerminal: true });
  }

  /** Every client that the page names. */
  told(): Promise<Told[]> {
    return this.#page.getByTestId('other-client').evaluateAll((all) =>
      all.map(({ dataset }) => ({
        client: String(dataset.client),
        cause: String(dataset.cause),
        standing: String(dataset.standing),
      })),
    );
  }

  /** The card of a client that is refused now. */
  card(client: string, cause: string, device?: string): Locator {
    const card = this.#page.locator(
      `[data-testid=other-client][data-client=${client}][data-cause=${cause}][data-standing=refused]`,
    );
    return device === undefined ? card : card.filter({ hasText: device });
  }

  /** Whether the page lists such a client as connected now. */
  async isHere(words: string): Promise<boolean> {
    return (await this.#page.getByTestId('here').locator('li').filter({ hasText: words }).count()) > 0;
  }

  /** Has a client refused, and waits until the page has one more of its cards than before. */
  async seen(refuse: () => Promise<unknown>, cards: Locator): Promise<void> {
    const before = await cards.count();
    const since = Date.now();
    const running = refuse();
    // It may end before the page has told: nobody waits for it yet.
    running.catch(() => {});
    await until(TOLD_WITHIN_MS, 'a card', async () => (await cards.count()) > before, 50);
    const at = Date.now();
    await running;
    const [words = ''] = (await cards.first().locator('> code').innerText()).split(' ');
    this.delays.push(at - this.#refusedAt(since, words));
  }

  /** Until a lock-out ends that began by now. */
  lockOutIsOver(): Promise<void> {
    return new Promise((done) => setTimeout(done, LOCKED_FOR_MS));
  }

  /** Has a client refused while no page of ours is open. Resolves to how long it took until the worker had noted it. */
  async seenWithoutPage(refuse: () => Promise<unknown>): Promise<number> {
    const noted = (): Promise<number> =>
      this.#ext.evaluate(async () => {
        const everything = await (globalThis as any).chrome.storage.local.get(null);
        const [, item] = Object.entries<any>(everything).find(([key]) => key.startsWith('others:')) ?? [];
        return item.value.refused.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
      }, null);
    await this.#page.close();
    // The last look of the page that is gone.
    await until(TOLD_WITHIN_MS, 'the worker to be calm', async () => {
      const before = await noted();
      await new Promise((done) => setTimeout(done, 3_000));
      return before === (await noted());
    });
    const before = await noted();
    const since = Date.now();
    await refuse();
    await until(
      TOLD_WITHOUT_PAGE_WITHIN_MS,
      'the worker to note it',
      async () => (await noted()) > before,
      50,
    );
    const took = Date.now() - this.#refusedAt(since, '');
    this.#page = await this.#ext.open(PAGE);
    await this.#page.getByTestId('refused').waitFor();
    return took;
  }

  /** When the gateway wrote down the first refusal with these words after a moment. Milliseconds since the epoch. */
  #refusedAt(since: number, words: string): number {
    const log = readFileSync(join(this.gateway.home, 'openclaw.log'), 'utf8');
    const times = log
      .split('\n')
      .filter((line) => line.includes('"handshake":"failed"') && line.includes(words))
      .map((line) => Date.parse(JSON.parse(line).time));
    const first = times.find((at) => at >= since);
    if (first === undefined) throw new Error('the log tells of no refusal');
    return first;
  }

  async close(): Promise<void> {
    for (const commandLine of this.#commandLines) await commandLine.remove();
    await this.#ext.close();
    await this.#proxy.close();
    await this.gateway.remove();
  }
}

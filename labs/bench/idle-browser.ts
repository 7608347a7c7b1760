/**
 * One extension in a browser of its own, as it is left to itself: paired under a debugger, then started again without
 * one, since a worker that a debugger is attached to never idles. A debugger comes once more, after all is measured.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { type ExtensionBrowser, launchExtension } from '../../harness/browser/browser.ts';
import { extensionId } from '../../harness/browser/extension-id.ts';
import { TargetSession } from '../../harness/browser/target-session.ts';
import { type Target, Targets } from '../../harness/browser/targets.ts';
import { launchUnwatched } from '../../harness/browser/unwatched-browser.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import { until } from '../../harness/process/wait.ts';
import { CostMeter } from './process-cost.ts';

/** An idle worker may be dead; the alarms of both extensions wake theirs every minute at least. */
const WORKER_LIMIT_MS = 75_000;
const PORT_FILE = 'DevToolsActivePort';

export interface Belongings {
  /** The worker's JS heap in use after a forced collection. */
  readonly heapBytes: number;
  /** `chrome.storage.local`, and everything else under the extension's origin (IndexedDB). */
  readonly storedBytes: number;
}

export class IdleBrowser {
  readonly #extensionPath: string;
  readonly #profileDir: string;
  readonly #forget: () => void;
  #unwatched: ReturnType<typeof launchUnwatched> | null = null;

  private constructor(extensionPath: string, profileDir: string) {
    this.#extensionPath = extensionPath;
    this.#profileDir = profileDir;
    this.#forget = keepFolder(profileDir);
  }

  /** Makes the profile: `pair` is given a watched browser with the extension, which is closed afterwards. */
  static async prepare(
    extensionPath: string,
    pair: (browser: ExtensionBrowser) => Promise<void>,
  ): Promise<IdleBrowser> {
    const profileDir = await mkdtemp(join(tmpdir(), 'relay-health-idle-'));
    const idle = new IdleBrowser(extensionPath, profileDir);
    const watched = await launchExtension({ extensionPath, profileDir });
    try {
      await pair(watched);
    } finally {
      await watched.close();
    }
    return idle;
  }

  /** Starts it without a debugger. */
  async start(): Promise<void> {
    // Left behind by the last browser of this profile, with its port.
    await rm(join(this.#profileDir, PORT_FILE), { force: true });
    const extensionPath = this.#extensionPath;
    this.#unwatched = launchUnwatched({ extensionPath, profileDir: this.#profileDir, isListed: true });
    const targets = await Targets.of(this.#profileDir);
    await targets.seen('the service worker to start', (all) => all.find((target) => this.#isWorker(target)));
    targets.close();
  }

  #isWorker = ({ type, url }: Pick<Target, 'type' | 'url'>): boolean =>
    type === 'service_worker' && url.startsWith(`chrome-extension://${extensionId(this.#extensionPath)}/`);

  /** Closes what the extension has opened: an open page is work for its worker, and a closed one is collected later. */
  async closePages(): Promise<void> {
    const targets = await Targets.of(this.#profileDir);
    await targets.end(({ type, url }) => type === 'page' && url.startsWith('chrome-extension://'));
    targets.close();
  }

  /** Counts from now on. */
  meter(): CostMeter {
    const pid = this.#unwatched?.pid;
    if (pid === undefined) throw new Error('The browser did not start.');
    return new CostMeter(pid);
  }

  /** Attaches a debugger. What is measured after this is not what users have. */
  async inspect(): Promise<Belongings> {
    const [port] = (await readFile(join(this.#profileDir, PORT_FILE), 'utf8')).split('\n');
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    try {
      const root = await browser.newBrowserCDPSession();
      const worker = await until(WORKER_LIMIT_MS, 'the service worker to wake up', async () =>
        (await root.send('Target.getTargets')).targetInfos.find(this.#isWorker),
      );
      const session = await TargetSession.attach(root, worker.targetId);
      const stored = await session.send('Runtime.evaluate', {
        expression: `Promise.all([chrome.storage.local.getBytesInUse(), navigator.storage.estimate()])
          .then(([local, { usage }]) => local + usage)`,
        awaitPromise: true,
        returnByValue: true,
      });
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      return { heapBytes: usedSize, storedBytes: stored.result.value };
    } finally {
      await browser.close();
    }
  }

  async close(): Promise<void> {
    await this.#unwatched?.close();
    this.#unwatched = null;
    await rm(this.#profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    this.#forget();
  }
}

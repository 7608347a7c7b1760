/**
 * What the end-to-end tests stand on: the built extension in a real browser, and real gateways.
 * One browser and profile per test; one gateway per worker, which its tests have one after the other.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type TestInfo } from '@playwright/test';
import { type ExtensionBrowser, type LaunchOptions, launchExtension } from '../../harness/browser/browser.ts';
import {
  createGateway,
  type Gateway,
  type GatewayOptions,
  isOpenClawInstalled,
  OPENCLAW_PORT,
} from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';

export {
  approve,
  pair,
  pairAndApprove,
  remedyCommand,
  runRemedy,
  status,
  waitForStatus,
} from '../../harness/browser/popup-page.ts';

/**
 * Ten credentials that are refused within a minute lock every extension out for five (the default). Tests that have
 * some refused follow each other faster than that.
 */
const MOST_REFUSALS = 1_000;

/** The worker's gateway: started when a test first wants it. */
class WorkerGateway {
  #gateway: Gateway | null = null;
  #config = '';

  async running(): Promise<Gateway> {
    this.#gateway ??= await this.#create();
    if (!this.#gateway.isRunning) {
      await this.#gateway.start();
      await this.#gateway.ready();
    }
    return this.#gateway;
  }

  async #create(): Promise<Gateway> {
    const gateway = await createGateway();
    await gateway.configure((config) => {
      config.gateway.auth.rateLimit = { maxAttempts: MOST_REFUSALS };
    });
    this.#config = await readFile(gateway.configFile, 'utf8');
    return gateway;
  }

  /** Undoes what a test changed in the configuration; the next one finds a gateway that was started with it. */
  async restore(): Promise<void> {
    if (this.#gateway === null) return;
    const { configFile } = this.#gateway;
    if ((await readFile(configFile, 'utf8')) === this.#config) return;
    await this.#gateway.stop();
    await writeFile(configFile, this.#config);
  }

  async remove(): Promise<void> {
    await this.#gateway?.remove();
  }
}

interface TestFixtures {
  /**
   * Starts a browser with the extension. Every browser of a test has the same profile: close one and launch
   * again to restart it. Those still open at the end are closed. Fails the test on any error that they report.
   */
  launch: (options?: Partial<LaunchOptions>) => Promise<ExtensionBrowser>;
  /** A browser with the extension, fresh for this test. */
  ext: ExtensionBrowser;
  /**
   * The worker's gateway, running. Tests before this one left devices and requests on it, and a log: look at those of
   * this test. It may be stopped, restarted and configured; all that costs the next test is the boot.
   */
  gateway: Gateway;
  /**
   * Creates gateways for this test alone, started and admitting clients unless `started` is false: for what needs a
   * state directory that nobody has used, another version, or another way to authenticate.
   */
  makeGateway: (options?: GatewayOptions & { started?: boolean }) => Promise<Gateway>;
}

/** A failed test shows the end of what its gateway saw. */
async function attachLog(testInfo: TestInfo, gateway: Gateway): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus) return;
  await testInfo.attach('gateway.log', { body: gateway.log().slice(-50_000), contentType: 'text/plain' });
}

export const test = base.extend<TestFixtures, { workerGateway: WorkerGateway }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a destructured first parameter.
  launch: async ({}, use) => {
    const profileDir = await mkdtemp(join(tmpdir(), 'relay-health-profile-'));
    const forget = keepFolder(profileDir);
    const launched: ExtensionBrowser[] = [];
    await use(async (options = {}) => {
      const ext = await launchExtension({ extensionPath: BUILD, profileDir, ...options });
      launched.push(ext);
      return ext;
    });
    for (const ext of launched) await ext.close();
    await rm(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    forget();
    const errors = launched.flatMap((ext) => ext.errors);
    if (errors.length > 0) throw new Error(`The extension reported errors:\n${errors.join('\n')}`);
  },

  ext: async ({ launch }, use) => {
    await use(await launch());
  },

  workerGateway: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a destructured first parameter.
    async ({}, use) => {
      const own = new WorkerGateway();
      await use(own);
      await own.remove();
    },
    { scope: 'worker' },
  ],

  gateway: async ({ workerGateway }, use, testInfo) => {
    testInfo.skip(!isOpenClawInstalled(), 'there is no real gateway here');
    const gateway = await workerGateway.running();
    await use(gateway);
    await attachLog(testInfo, gateway);
    await workerGateway.restore();
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a destructured first parameter.
  makeGateway: async ({}, use, testInfo) => {
    testInfo.skip(!isOpenClawInstalled(), 'there is no real gateway here');
    const made: Gateway[] = [];
    await use(async ({ started = true, ...options } = {}) => {
      const gateway = await createGateway(options);
      made.push(gateway);
      if (started) {
        await gateway.start();
        await gateway.ready();
      }
      return gateway;
    });
    for (const gateway of made) {
      await attachLog(testInfo, gateway);
      await gateway.remove();
    }
  },
});

export const expect = test.expect;

/**
 * For `LaunchOptions.mapped`: a browser that finds at the usual port what listens at this one. A gateway of this computer’s
 * owner may have the usual one.
 */
export const atUsualPort = (port: number): Record<string, number> => ({
  [`127.0.0.1:${OPENCLAW_PORT}`]: port,
});

/** The details of a test that is slow and rarely tells of a change alone: for `npm run test:all`. */
export const LONG = { tag: '@long' };

/** The details of a test that plays a lab, or gateways of other versions: for `npm run test:all`. */
export const LAB = { tag: '@lab' };

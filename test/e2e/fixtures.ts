/**
 * What the end-to-end tests stand on: the built extension in a real browser, and real gateways.
 * One browser and profile per test; one running gateway per worker, shared by the tests that leave it alone.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type TestInfo } from '@playwright/test';
import { type ExtensionBrowser, type LaunchOptions, launchExtension } from '../../harness/browser/browser.ts';
import {
  createGateway,
  type Gateway,
  type GatewayOptions,
  isOpenClawInstalled,
} from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';

export {
  pair,
  pairAndApprove,
  remedyCommand,
  runRemedy,
  status,
  waitForStatus,
} from '../../harness/browser/popup-page.ts';

/** The worker's shared gateway: started when a test first wants it, at rest while a test has its own. */
class SharedGateway {
  #gateway: Gateway | null = null;

  async running(): Promise<Gateway> {
    this.#gateway ??= await createGateway();
    if (!this.#gateway.isRunning) {
      await this.#gateway.start();
      await this.#gateway.ready();
    }
    return this.#gateway;
  }

  async rest(): Promise<void> {
    await this.#gateway?.stop();
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
  /** A running gateway that other tests use too: do not stop, restart or configure it. Not beside `ownGateway`. */
  gateway: Gateway;
  /** Creates gateways for this test alone, started and admitting clients unless `started` is false. */
  makeGateway: (options?: GatewayOptions & { started?: boolean }) => Promise<Gateway>;
  /** A running gateway for this test alone, to stop and restart at will. */
  ownGateway: Gateway;
}

/** A failed test shows the end of what its gateway saw. */
async function attachLog(testInfo: TestInfo, gateway: Gateway): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus) return;
  await testInfo.attach('gateway.log', { body: gateway.log().slice(-50_000), contentType: 'text/plain' });
}

export const test = base.extend<TestFixtures, { sharedGateway: SharedGateway }>({
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

  sharedGateway: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a destructured first parameter.
    async ({}, use) => {
      const shared = new SharedGateway();
      await use(shared);
      await shared.remove();
    },
    { scope: 'worker' },
  ],

  gateway: async ({ sharedGateway }, use, testInfo) => {
    testInfo.skip(!isOpenClawInstalled(), 'there is no real gateway here');
    const gateway = await sharedGateway.running();
    await use(gateway);
    await attachLog(testInfo, gateway);
  },

  makeGateway: async ({ sharedGateway }, use, testInfo) => {
    testInfo.skip(!isOpenClawInstalled(), 'there is no real gateway here');
    // Two gateways at a time are what the machine carries, one per worker.
    await sharedGateway.rest();
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

  ownGateway: async ({ makeGateway }, use) => {
    await use(await makeGateway());
  },
});

export const expect = test.expect;

/** A gateway that sends more than anybody reads: nobody else feels it, and nobody who looks. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProbedBuild } from '../../harness/browser/probed-build.ts';
import { Targets } from '../../harness/browser/targets.ts';
import { launchUnwatched } from '../../harness/browser/unwatched-browser.ts';
import { BUILD } from '../../harness/process/build.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import { until } from '../../harness/process/wait.ts';
import { startRewritingProxy } from '../../harness/servers/meddling-proxy.ts';
import { flood } from '../../harness/servers/simulator/flood.ts';
import { Simulator } from '../../harness/servers/simulator/simulator.ts';
import { expect, LONG, test } from './fixtures.ts';

/** Of most commands, which take a hundredth of it: `npm run bench:flood` tells the figures. Milliseconds. */
const REPLIES_WITHIN_MS = 1_000;

/** Far away: at twice what a gateway may send, ten seconds use up what it may send at once. Milliseconds. */
const HUNG_UP_WITHIN_MS = 120_000;

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.POSITIVE_INFINITY;

test(
  '[B2] a flood: the popup answers, other gateways feel nothing, and the flood ends with a diagnosis and a pause',
  LONG,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'relay-health-flood-'));
    const forget = keepFolder(folder);
    const [calm, loud] = [await Simulator.start(), await Simulator.start()];
    const proxy = await startRewritingProxy(loud.port, {});
    // Without a debugger: one is told of every frame, and that alone makes a browser slow.
    const build = new ProbedBuild(BUILD, join(folder, 'build'));
    const profileDir = join(folder, 'profile');
    const browser = launchUnwatched({ extensionPath: build.path, profileDir, isListed: true });
    const targets = await Targets.of(profileDir);
    try {
      const isGreeting = ({ url }: { url: string }): boolean => url.includes('/src/pages/welcome/');
      await targets.seen('the extension to start', (all) => all.some(isGreeting));
      const gatewayId = await build.paste(targets, `${proxy.url}#token=${loud.secret}`);
      await targets.end(isGreeting);
      await build.paste(targets, `${calm.url}#token=${calm.secret}`);
      await expect.poll(() => calm.isConnected && loud.isConnected).toBe(true);
      for (const [perSecond, isPopup] of [
        [2_000, true],
        [2_000, false],
        [10_000, true],
        [10_000, false],
      ] as const) {
        await build.give(targets, { type: 'check', gatewayId });
        await expect.poll(() => loud.isConnected).toBe(true);
        const admitted = loud.admissions.length;
        // It is hung up on, and is left alone.
        const hungUp = async (): Promise<void> => {
          const pouring = flood(proxy.passages, perSecond);
          await until(HUNG_UP_WITHIN_MS, 'the flood to be hung up on', () => !loud.isConnected).finally(
            pouring.stop,
          );
        };
        const { replies } = await build.watch(targets, hungUp, { isPopup, cause: 'gateway-flooding' });
        const told = `${perSecond} a second, popup ${isPopup}: ${replies}`;
        expect(median(replies), told).toBeLessThan(REPLIES_WITHIN_MS);
        expect(loud.admissions).toHaveLength(admitted);
      }
      expect(calm.isConnected).toBe(true);
      expect(calm.admissions).toHaveLength(1);
    } finally {
      targets.close();
      await browser.close();
      await proxy.close();
      await Promise.all([calm.kill(), loud.kill()]);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      forget();
    }
  },
);

/**
 * What many gateways cost that are away: all but one refuse. CPU time of the extension's processes in the first half minute
 * and later, and how long a worker that was dead takes to say what it knows.
 *
 *   npm run bench:away -- --gateways 1,100 --build dist/chromium
 *
 * The one that is there is a stand-in (`harness/servers/simulator`); at the ports of the others nothing listens.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ProbedBuild } from '../../harness/browser/probed-build.ts';
import { Targets } from '../../harness/browser/targets.ts';
import { launchUnwatched } from '../../harness/browser/unwatched-browser.ts';
import { BUILD } from '../../harness/process/build.ts';
import { Ending } from '../../harness/process/ending.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import { until } from '../../harness/process/wait.ts';
import { Simulator } from '../../harness/servers/simulator/simulator.ts';
import { cpuOf, whyNotMeasurable } from './process-cost.ts';
import { median } from './stored-past.ts';

/** Milliseconds. */
const FIRST_MS = 30_000;
const COLD_STARTS = 7;
/** Nothing listens at ports this low. */
const FIRST_PORT = 1_100;

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

async function run(count: number, extensionPath: string, laterMs: number, ending: Ending): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-health-away-'));
  const forget = keepFolder(folder);
  ending.close(async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    forget();
  });
  const simulator = await Simulator.start();
  ending.close(() => simulator.kill());
  const build = new ProbedBuild(extensionPath, join(folder, 'build'));
  const profileDir = join(folder, 'profile');
  const browser = launchUnwatched({ extensionPath: build.path, profileDir, isListed: true });
  ending.close(() => browser.close());
  const targets = await Targets.of(profileDir);
  const isGreeting = ({ url }: { url: string }): boolean => url.includes('/src/pages/welcome/');
  await targets.seen('the extension to start', (all) => all.some(isGreeting));
  const texts = Array.from(
    { length: count - 1 },
    (_, index) => `ws://127.0.0.1:${FIRST_PORT + index}#token=not-a-secret-of-anybody`,
  );
  await build.paste(targets, ...texts, `${simulator.url}#token=${simulator.secret}`);
  await targets.end(isGreeting);
  await until(60_000, 'the gateway to be connected', () => simulator.isConnected);
  const share = async (ms: number): Promise<string> => {
    const before = cpuOf(browser.pid ?? 0);
    await pause(ms);
    const after = cpuOf(browser.pid ?? 0);
    const percent = (kind: 'extensions' | 'others') =>
      `${Math.round(((after[kind] - before[kind]) * 100) / ms)} %`.padStart(6);
    return `${percent('extensions')} + ${percent('others')}`;
  };
  const first = await share(FIRST_MS);
  await pause(laterMs);
  const later = laterMs > 0 ? await share(FIRST_MS) : '–';
  const words: number[] = [];
  for (let index = 0; index < COLD_STARTS; index += 1) {
    await targets.end(({ type, url }) => type === 'service_worker' && url.startsWith(build.origin));
    words.push(await build.firstWord(targets));
  }
  targets.close();
  await browser.close();
  return `${String(count).padStart(8)}  ${first.padStart(20)}  ${later.padStart(20)}  ${Math.round(median(words))} ms (${Math.max(...words)} ms)`;
}

await new Ending().run(async (ending) => {
  const problem = whyNotMeasurable();
  if (problem) throw new Error(problem);
  const { values } = parseArgs({
    options: {
      gateways: { type: 'string', default: '1,100' },
      build: { type: 'string', default: BUILD },
      later: { type: 'string', default: '120' },
    },
  });
  console.log(
    `gateways  CPU ours + browser, first 30 s; after ${values.later} s; first word of a dead worker (worst)`,
  );
  for (const count of values.gateways.split(',').map(Number))
    console.log(await run(count, values.build, Number(values.later) * 1_000, ending));
});

/**
 * What a gateway costs that sends more than it should, or something that talks like one: frames, sizes, fragments. Does
 * the popup still answer, and does the browser?
 *
 *   npm run bench:flood -- --only "10,000 frames" --build dist/chromium --json result.json
 *
 * A stand-in for a gateway (`harness/servers/simulator`) behind a proxy that says more in its name. No debugger is attached.
 * Exit code 1 if a command took longer than a second, or a page was frozen for longer.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ProbedBuild, type Seen } from '../../harness/browser/probed-build.ts';
import { Targets } from '../../harness/browser/targets.ts';
import { launchUnwatched } from '../../harness/browser/unwatched-browser.ts';
import { BUILD } from '../../harness/process/build.ts';
import { Ending } from '../../harness/process/ending.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import { until } from '../../harness/process/wait.ts';
import { startRewritingProxy } from '../../harness/servers/meddling-proxy.ts';
import { EXCESSES, type Excess } from '../../harness/servers/simulator/excesses.ts';
import { flood } from '../../harness/servers/simulator/flood.ts';
import { Simulator } from '../../harness/servers/simulator/simulator.ts';
import { cpuOf, whyNotMeasurable } from './process-cost.ts';

/** How long each is watched. Milliseconds. */
const WATCHED_MS = 12_000;
const CONNECT_LIMIT_MS = 30_000;
/** What is wanted. Milliseconds. */
const LONGEST_MS = 1_000;

interface Result extends Seen {
  readonly name: string;
  readonly isPopupOpen: boolean;
  /** CPU milliseconds a second of the flood. */
  readonly cpu: { readonly extensions: number; readonly others: number };
  /** Handshakes in that time. */
  readonly dials: number;
}

async function run(excess: Excess, isPopupOpen: boolean, extensionPath: string): Promise<Result> {
  const ending: (() => Promise<unknown>)[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'relay-health-flood-'));
  const forget = keepFolder(folder);
  ending.push(async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    forget();
  });
  try {
    const simulator = await Simulator.start();
    ending.push(() => simulator.kill());
    let isOn = false;
    let dials = 0;
    const proxy = await startRewritingProxy(simulator.port, {
      toGateway: (text) => {
        if (text.includes('"method":"connect"')) dials += 1;
        return text;
      },
      toClient: (text) => (isOn ? (excess.rewrite?.(text) ?? text) : text),
    });
    ending.push(() => proxy.close());
    const build = new ProbedBuild(extensionPath, join(folder, 'build'));
    const profileDir = join(folder, 'profile');
    const browser = launchUnwatched({ extensionPath: build.path, profileDir, isListed: true });
    ending.push(() => browser.close());
    const targets = await Targets.of(profileDir);
    ending.push(async () => targets.close());
    const isGreeting = ({ url }: { url: string }): boolean => url.includes('/src/pages/welcome/');
    await targets.seen('the extension to start', (all) => all.some(isGreeting));
    await build.paste(targets, `${proxy.url}#token=${simulator.secret}`);
    await until(CONNECT_LIMIT_MS, 'the gateway to be connected', () => simulator.isConnected);
    await targets.end(isGreeting);

    isOn = true;
    dials = 0;
    // What is done to an answer is seen at the next handshake.
    if (excess.rewrite) await simulator.kill().then(() => simulator.listen());
    const before = cpuOf(browser.pid ?? 0);
    const { perSecond = 0, tell } = excess;
    const pouring = perSecond > 0 ? flood(proxy.passages, perSecond, tell) : null;
    const seen = await build.watch(targets, () => sleep(WATCHED_MS), { isPopup: isPopupOpen });
    pouring?.stop();
    const after = cpuOf(browser.pid ?? 0);
    const perSecondOf = (kind: 'extensions' | 'others'): number =>
      Math.round(((after[kind] - before[kind]) * 1_000) / WATCHED_MS);
    return {
      name: excess.name,
      isPopupOpen,
      ...seen,
      cpu: { extensions: perSecondOf('extensions'), others: perSecondOf('others') },
      dials,
    };
  } finally {
    for (const end of ending.reverse()) await end();
  }
}

const worstReply = ({ replies }: Seen): number => Math.max(...replies);

const HEAD = [
  'sent by the gateway'.padEnd(46),
  'popup '.padEnd(7),
  'reply'.padStart(9),
  'frozen'.padStart(9),
  'ours'.padStart(10),
  'browser'.padStart(10),
  'dials'.padStart(6),
  '  says',
].join('');

const row = (result: Result): string =>
  [
    result.name.padEnd(46),
    (result.isPopupOpen ? 'open' : 'closed').padEnd(7),
    `${worstReply(result)} ms`.padStart(9),
    `${result.frozen} ms`.padStart(9),
    `${result.cpu.extensions} ms/s`.padStart(10),
    `${result.cpu.others} ms/s`.padStart(10),
    String(result.dials).padStart(6),
    `  ${[result.status, result.cause].filter((word) => word !== null).join(': ')}`,
  ].join('');

/** @returns whether all is as wanted */
async function bench(): Promise<boolean> {
  const problem = whyNotMeasurable();
  if (problem) throw new Error(problem);
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      build: { type: 'string', default: BUILD },
      json: { type: 'string' },
    },
  });
  const results: Result[] = [];
  console.log(HEAD);
  for (const excess of EXCESSES.filter(({ name }) => name.includes(values.only))) {
    for (const isPopupOpen of [false, true]) {
      const result = await run(excess, isPopupOpen, values.build);
      results.push(result);
      console.log(row(result));
    }
  }
  if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
  return results.every((each) => worstReply(each) <= LONGEST_MS && each.frozen <= LONGEST_MS);
}

const ending = new Ending();
await ending.run(bench);

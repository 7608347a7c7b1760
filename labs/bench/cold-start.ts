/**
 * How soon does a worker that was dead decide something? From the event that wakes it to its first word to the toolbar,
 * with ten gateways and a month of history on the disk; beside it OpenClaw's own extension, not paired, in the same browser.
 *
 *   npm run bench:cold-start -- --runs 30 --json result.json
 *
 * A page of the extension connects a port, which wakes the worker as an alarm would. No debugger is attached, since one
 * keeps workers alive: copies of the builds have a stopwatch in them.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { extensionId, readManifest } from '../../harness/browser/extension-id.ts';
import { Targets } from '../../harness/browser/targets.ts';
import { launchUnwatched } from '../../harness/browser/unwatched-browser.ts';
import { isOpenClawInstalled } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { Ending } from '../../harness/process/ending.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import { officialExtensionPath } from './official-extension.ts';
import { median, seeded } from './stored-past.ts';

const GATEWAYS = 10;

interface Contender {
  readonly name: string;
  /** The extension's folder, and where all its addresses begin. */
  readonly path: string;
  readonly origin: string;
}

/** Milliseconds since the wake-up: when the worker's code began to run, and when it first spoke to the toolbar. */
interface Start {
  readonly running: number;
  readonly decided: number;
}

/** In the worker, before its own code: notes the first word to the toolbar, and tells it to whoever asks. */
function workerStopwatch(): void {
  const { chrome } = globalThis as any;
  const now = (): number => performance.timeOrigin + performance.now();
  const running = now();
  const decided = new Promise<number>((resolve) => {
    for (const name of ['setBadgeText', 'setIcon', 'setTitle']) {
      const own = chrome.action[name].bind(chrome.action);
      chrome.action[name] = (...given: unknown[]) => {
        resolve(now());
        return own(...given);
      };
    }
  });
  chrome.runtime.onConnect.addListener((port: any) => {
    if (port.name === 'stopwatch') void decided.then((at) => port.postMessage({ running, decided: at }));
  });
}

/** In the page: wakes the worker, and its title tells the times. */
function pageStopwatch(): void {
  const { chrome } = globalThis as any;
  const at = performance.timeOrigin + performance.now();
  const port = chrome.runtime.connect({ name: 'stopwatch' });
  port.onMessage.addListener(({ running, decided }: Start) => {
    document.title = `started ${running - at} ${decided - at}`;
  });
}

/** A copy of an extension with a stopwatch in its worker, a page that asks for it, and one that does nothing. */
function timed(name: string, extensionPath: string, copy: string): Contender {
  cpSync(extensionPath, copy, { recursive: true });
  const worker = join(copy, readManifest(copy).background.service_worker);
  // What the worker imports runs before; neither speaks to the toolbar there.
  writeFileSync(worker, `(${workerStopwatch})();\n${readFileSync(worker, 'utf8')}`);
  writeFileSync(join(copy, 'wake.js'), `(${pageStopwatch})();`);
  writeFileSync(join(copy, 'wake.html'), '<title>waking</title><script src="wake.js"></script>');
  writeFileSync(join(copy, 'idle.html'), '<title>idle</title>');
  return { name, path: copy, origin: `chrome-extension://${extensionId(copy)}/` };
}

async function seed({ path, origin }: Contender, targets: Targets): Promise<void> {
  const items = JSON.stringify(seeded(GATEWAYS, Date.now()));
  writeFileSync(
    join(path, 'seed.js'),
    `const { local } = chrome.storage;
     local.clear().then(() => local.set(${items})).then(() => { document.title = 'seeded'; });`,
  );
  writeFileSync(join(path, 'seed.html'), '<title>seeding</title><script src="seed.js"></script>');
  const seeding = await targets.open(`${origin}seed.html`);
  await targets.titled(seeding, /^seeded$/);
  await targets.end(({ targetId }) => targetId === seeding);
}

async function run(targets: Targets, { origin }: Contender): Promise<Start> {
  const worker = ({ type, url }: { type: string; url: string }): boolean =>
    type === 'service_worker' && url.startsWith(origin);
  await targets.end(worker);
  const page = await targets.open(`${origin}wake.html`);
  const title = await targets.titled(page, /^started /);
  await targets.end(({ targetId }) => targetId === page);
  // Whatever it has begun would take the time of the next.
  await targets.end(worker);
  const [, running, decided] = title.split(' ');
  return { running: Number(running), decided: Number(decided) };
}

function table(results: ReadonlyMap<string, readonly Start[]>): string {
  const width = Math.max(...[...results.keys()].map(({ length }) => length));
  const ms = (value: number): string => `${Math.round(value)} ms`.padStart(10);
  return [
    `${''.padEnd(width)}${'runs at'.padStart(10)}${'decides'.padStart(10)}${'worst'.padStart(10)}`,
    ...[...results].map(([name, starts]) => {
      const decided = starts.map((each) => each.decided);
      return `${name.padEnd(width)}${ms(median(starts.map(({ running }) => running)))}${ms(median(decided))}${ms(Math.max(...decided))}`;
    }),
  ].join('\n');
}

async function bench(ending: Ending): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '30' }, json: { type: 'string' } },
  });
  const runs = Number(values.runs);
  if (!(runs > 0)) throw new Error('--runs takes a number, such as 30');
  const folder = await mkdtemp(join(tmpdir(), 'relay-health-cold-start-'));
  const forget = keepFolder(folder);
  ending.close(async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    forget();
  });
  const ours = timed(`this extension, ${GATEWAYS} gateways`, BUILD, join(folder, 'ours'));
  const contenders = [
    ours,
    ...(isOpenClawInstalled()
      ? [timed('official extension', officialExtensionPath(), join(folder, 'official'))]
      : []),
  ];
  const [extensionPath = '', ...extraExtensions] = contenders.map(({ path }) => path);
  const profileDir = join(folder, 'profile');
  const browser = launchUnwatched({ extensionPath, extraExtensions, profileDir, isListed: true });
  ending.close(() => browser.close());
  const targets = await Targets.of(profileDir);
  const isGreeting = ({ url }: { url: string }): boolean => url.includes('/src/pages/welcome/');
  await targets.seen('the extension to start', (all) => all.some(isGreeting));
  // Each keeps its process: a page of its own stays open.
  for (const { origin } of contenders) await targets.open(`${origin}idle.html`);
  await targets.end(isGreeting);
  await seed(ours, targets);
  const results = new Map<string, Start[]>(contenders.map(({ name }) => [name, []]));
  // In turns, so that a busy moment of the machine hits both. The first round fills the browser's caches.
  for (let round = 0; round <= runs; round += 1) {
    for (const contender of contenders) {
      const start = await run(targets, contender);
      if (round > 0) results.get(contender.name)?.push(start);
    }
  }
  targets.close();
  console.log(`From the wake-up of a dead worker, ${runs} runs each, medians:\n`);
  console.log(table(results));
  if (values.json) await writeFile(values.json, `${JSON.stringify([...results], null, 2)}\n`);
}

await new Ending().run(bench);

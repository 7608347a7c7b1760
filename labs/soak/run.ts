/**
 * A real gateway that restarts again and again, and pages that come and go: does anything pile up in the service worker?
 *
 *   npm run soak -- --minutes 30 --every 30
 *
 * The worker is the same one all the time. The first five minutes, or the first third, warm it up; what it holds then is
 * compared with what it holds at the end. Exit code 1 if something grew, broke or did not come back.
 */
import { parseArgs } from 'node:util';
import { type ExtensionBrowser, launchExtension } from '../../harness/browser/browser.ts';
import { pairAndApprove } from '../../harness/browser/popup-page.ts';
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { Ending } from '../../harness/process/ending.ts';
import { until } from '../../harness/process/wait.ts';
import { type Holdings, SoakProbe } from './probe.ts';

const RETURN_LIMIT_MS = 60_000;
/** Knocks leave a connection behind that the gateway closes after 5 s; timers of a fresh connection come to rest. */
const REST_MS = 8_000;
/** Code is compiled and schemas are built when they are first needed: some come late. */
const WARM_UP_MS = 5 * 60_000;
const PAGES = ['src/popup/index.html', 'src/pages/doctor/index.html', 'src/pages/history/index.html'];

/** How much more may be there at the end than after the warm-up; `most` is for what has a bound of its own. */
const ALLOWED = { heapGrowth: 0.05, timers: 2, webSockets: 2, connections: 1, storedBytes: 250_000 };

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, Math.max(0, ms)));

/** One restart: killed and stopped in turns. Resolves to the milliseconds from its taking clients to our being back. */
async function restart(gateway: Gateway, round: number): Promise<number> {
  const began = Date.now();
  await gateway.stop(round % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
  gateway.launch();
  const admitting = await gateway.ready();
  const back = await until(RETURN_LIMIT_MS, 'the extension to be back', () =>
    gateway.connects().find(({ at, accepted, clientId }) => accepted && at > began && clientId !== 'cli'),
  );
  return Math.max(0, back.at - admitting);
}

/** Opens every page as a user would, and closes it. */
async function visit(ext: ExtensionBrowser): Promise<void> {
  for (const path of PAGES) {
    const page = await ext.open(path);
    await page.locator('h1').first().waitFor();
    await page.close();
  }
}

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell) => String(cell).padStart(11)).join('');

const HEAD = row(['minute', 'back', 'heap', 'sockets', 'tcp', 'timers', 'listeners', 'alarms', 'stored']);

const line = (minute: number, backMs: number, held: Holdings): string =>
  row([
    minute.toFixed(1),
    `${backMs} ms`,
    `${(held.heapBytes / 1_000_000).toFixed(3)}`,
    held.webSockets,
    held.connections ?? '-',
    held.timers,
    held.listeners,
    held.alarms,
    held.storedBytes,
  ]);

const growth = (first: Holdings, last: Holdings): number => last.heapBytes / first.heapBytes - 1;

/** What went wrong, in sentences. */
function complaints(
  first: Holdings,
  last: Holdings,
  { badge, errors }: { badge: string; errors: readonly string[] },
): string[] {
  const checks: readonly (readonly [isFine: boolean, what: string])[] = [
    [
      growth(first, last) < ALLOWED.heapGrowth,
      `the heap grew from ${first.heapBytes} to ${last.heapBytes} bytes`,
    ],
    [last.timers <= first.timers + ALLOWED.timers, `${last.timers} timers instead of ${first.timers}`],
    [
      last.listeners <= first.listeners,
      `${last.listeners} listeners were added since the start, ${first.listeners} of them at first`,
    ],
    [last.alarms <= first.alarms, `${last.alarms} alarms instead of ${first.alarms}`],
    [
      last.webSockets <= first.webSockets + ALLOWED.webSockets,
      `${last.webSockets} WebSocket objects instead of ${first.webSockets}`,
    ],
    [
      (last.connections ?? 0) <= ALLOWED.connections,
      `${last.connections} connections to the gateway instead of one`,
    ],
    [last.storedBytes <= ALLOWED.storedBytes, `${last.storedBytes} bytes in storage`],
    [badge === '', `the badge says ${badge} although the gateway is well`],
    [errors.length === 0, `errors were reported:\n${errors.join('\n')}`],
  ];
  return checks.flatMap(([isFine, what]) => (isFine ? [] : [what]));
}

function readArguments(): { endsAfterMs: number; everyMs: number } {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      every: { type: 'string', default: '30' },
    },
  });
  const endsAfterMs = Number(values.minutes) * 60_000;
  const everyMs = Number(values.every) * 1_000;
  if (!(endsAfterMs > 0)) throw new Error('--minutes takes a number, such as 30');
  if (!(everyMs > 0)) throw new Error('--every takes the seconds between two restarts, such as 30');
  return { endsAfterMs, everyMs };
}

async function soak(ending: Ending): Promise<boolean> {
  const { endsAfterMs, everyMs } = readArguments();
  const gateway = await createGateway();
  ending.close(() => gateway.remove());
  await gateway.start();
  await gateway.ready();
  const ext = await launchExtension({ extensionPath: BUILD });
  ending.close(() => ext.close());
  const page = await pairAndApprove(ext, gateway);
  await page.close();
  const probe = await SoakProbe.into(ext, gateway.port);
  console.log(`OpenClaw ${gateway.version}, restarted every ${everyMs / 1_000} s or as soon as we are back.`);
  console.log(HEAD);
  const started = Date.now();
  const lags: number[] = [];
  let first: Holdings | null = null;
  let last: Holdings | null = null;
  const warmUpMs = Math.min(WARM_UP_MS, endsAfterMs / 3);
  for (let round = 0; Date.now() - started < endsAfterMs; round += 1) {
    const began = Date.now();
    const lag = await restart(gateway, round);
    lags.push(lag);
    await visit(ext);
    await pause(Math.max(REST_MS, began + everyMs - Date.now()));
    last = await probe.look();
    if (Date.now() - started >= warmUpMs) first ??= last;
    console.log(line((Date.now() - started) / 60_000, lag, last));
  }
  if (!first || !last) throw new Error('nothing was measured');
  const wrong = complaints(first, last, { badge: (await ext.badge()).text, errors: ext.errors });
  for (const what of wrong) console.log(`missed: ${what}`);
  console.log(
    `${lags.length} restarts in ${((Date.now() - started) / 60_000).toFixed(1)} min, always back, ` +
      `at worst after ${Math.max(...lags)} ms. Heap ${(growth(first, last) * 100).toFixed(1)} %: ` +
      `${wrong.length === 0 ? 'nothing piles up.' : 'missed.'}`,
  );
  return wrong.length === 0;
}

await new Ending().run(soak);

/**
 * How soon does the toolbar tell of a gateway that ended, or that hangs, and does it tell of one that is only busy?
 *
 *   npm run bench:detection -- --runs 10 --hangs 3 --json result.json
 *
 * - closed: the gateway is killed and ended in turn. From the first sign of it in the worker (the socket's close event,
 *   or the gateway's announcement before it) to the moment when the browser has taken on another icon: the first
 *   change that can be seen. Words beside the icon wait, by design, until the outage is worth reading about.
 * - hung: the gateway is stopped (SIGSTOP) at different moments between two of our questions, until OpenClaw's own Node
 *   client, which watches it too, has noticed as well. Each takes up to 90 s.
 * - busy: requests without pause, and every core has other things to do, for more than a minute.
 *
 * `--only closed,hung,busy` leaves parts out.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type ExtensionBrowser, launchExtension } from '../../harness/browser/browser.ts';
import { pairAndApprove } from '../../harness/browser/popup-page.ts';
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { Ending } from '../../harness/process/ending.ts';
import { until } from '../../harness/process/wait.ts';
import { ASK_EVERY_MS } from '../../src/gateway/recovery.ts';
import { keepBusy } from './busy.ts';
import { type Closing, type Detection, type Hang, isMet, report } from './detection-report.ts';
import { connectOfficialClient } from './official-client.ts';
import { installStamps, readStamps, type Stamp } from './worker-stamps.ts';

const BOOT_LIMIT_MS = 120_000;
/** Thrice what the official client needs at worst, with its ticks every 30 s. */
const NOTICE_LIMIT_MS = 180_000;
const BUSY_MS = 70_000;
/** Seldom enough to leave the worker alone; the stamps are exact however late they are read. */
const LOOK_MS = 500;
/** A connection of this age counts as a good one. */
const SETTLE_MS = 11_000;

const PARTS = ['closed', 'hung', 'busy'];

const ending = new Ending();
const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

function readArguments() {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '10' },
      hangs: { type: 'string', default: '3' },
      only: { type: 'string', default: PARTS.join(',') },
      json: { type: 'string' },
    },
  });
  const [runs, hangs] = [Number(values.runs), Number(values.hangs)];
  if (![runs, hangs].every((count) => Number.isInteger(count) && count > 0)) {
    throw new Error('--runs and --hangs take a whole number from 1 on');
  }
  const parts = values.only.split(',');
  if (!parts.every((part) => PARTS.includes(part))) throw new Error(`--only takes ${PARTS.join(', ')}`);
  return { runs, hangs, parts, json: values.json };
}

const isAlarm = (stamp: Stamp): boolean =>
  stamp.kind === 'icon' && stamp.status !== 'healthy' && stamp.status !== 'healed';

/** What was noted since a moment, once the icon has told of something amiss, or else of nothing amiss any more. */
function stampsSince(
  browser: ExtensionBrowser,
  since: number,
  wanted: 'alarm' | 'all well',
  limitMs: number,
): Promise<Stamp[]> {
  return until(
    limitMs,
    `the icon to show ${wanted}`,
    async () => {
      const stamps = (await readStamps(browser)).filter(({ at }) => at >= since);
      const icons = stamps.filter(({ kind }) => kind === 'icon');
      const last = icons.at(-1);
      const isThere = wanted === 'alarm' ? icons.some(isAlarm) : last !== undefined && !isAlarm(last);
      return isThere && stamps;
    },
    LOOK_MS,
  );
}

async function close(
  browser: ExtensionBrowser,
  gateway: Gateway,
  signal: Closing['signal'],
): Promise<Closing> {
  const killed = Date.now();
  await gateway.stop(signal);
  const stamps = await stampsSince(browser, killed, 'alarm', BOOT_LIMIT_MS);
  const sign = stamps.find(({ kind }) => kind === 'sign');
  const icon = stamps.find(isAlarm);
  if (!sign || !icon) throw new Error('the icon changed, but no socket was closed');
  const ended = Date.now();
  gateway.launch();
  await stampsSince(browser, ended, 'all well', BOOT_LIMIT_MS);
  return { signal, toIconMs: icon.at - sign.at, fromSignalMs: icon.at - killed };
}

async function hang(browser: ExtensionBrowser, gateway: Gateway, atPhase: number): Promise<Hang> {
  const official = connectOfficialClient(gateway);
  try {
    await official.log.settled(BOOT_LIMIT_MS);
    await pause(SETTLE_MS + atPhase * ASK_EVERY_MS);
    const stopped = Date.now();
    gateway.signal('SIGSTOP');
    const stamps = await stampsSince(browser, stopped, 'alarm', NOTICE_LIMIT_MS);
    const lost = await until(NOTICE_LIMIT_MS, 'the official client to notice', () =>
      official.log.lostSince(stopped).at(0),
    );
    const resumed = Date.now();
    gateway.signal('SIGCONT');
    await stampsSince(browser, resumed, 'all well', BOOT_LIMIT_MS);
    return { oursMs: stamps.find(isAlarm)!.at - stopped, officialMs: lost - stopped };
  } finally {
    await official.close();
  }
}

async function beBusy(browser: ExtensionBrowser, gateway: Gateway): Promise<NonNullable<Detection['busy']>> {
  await pause(SETTLE_MS);
  const began = Date.now();
  const busyness = keepBusy(`http://127.0.0.1:${gateway.port}/`);
  await pause(BUSY_MS);
  const load = await busyness.end();
  // A question that was asked during the last second has its time to be answered.
  await pause(SETTLE_MS);
  const stamps = (await readStamps(browser)).filter(({ at }) => at >= began);
  const alarms = stamps
    .filter((stamp) => stamp.kind === 'sign' || isAlarm(stamp))
    .map((stamp) => {
      const what = stamp.kind === 'sign' ? stamp.what : `icon ${stamp.status}`;
      return `${what} after ${((stamp.at - began) / 1000).toFixed(1)} s`;
    });
  return { ms: BUSY_MS, ...load, alarms };
}

async function bench(): Promise<boolean> {
  const { runs, hangs, parts, json } = readArguments();
  const gateway = await createGateway();
  ending.close(() => gateway.remove());
  gateway.launch();
  await gateway.ready();
  const browser = await launchExtension({ extensionPath: BUILD });
  ending.close(() => browser.close());
  await installStamps(browser);
  const page = await pairAndApprove(browser, gateway);
  // An open page would have its share of the worker's time.
  await page.close();

  const closings: Closing[] = [];
  const hungs: Hang[] = [];
  for (let run = 0; parts.includes('closed') && run < runs; run += 1) {
    closings.push(await close(browser, gateway, run % 2 === 0 ? 'SIGKILL' : 'SIGTERM'));
  }
  for (let run = 0; parts.includes('hung') && run < hangs; run += 1) {
    hungs.push(await hang(browser, gateway, run / hangs));
  }
  const busy = parts.includes('busy') ? await beBusy(browser, gateway) : null;
  const detection: Detection = { closings, hangs: hungs, busy };
  console.log(report(detection));
  if (json)
    await writeFile(json, `${JSON.stringify({ openclaw: gateway.version, ...detection }, null, 2)}\n`);
  return isMet(detection);
}

await ending.run(bench);

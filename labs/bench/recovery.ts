/**
 * How fast are clients back after an outage? One gateway is killed and started again; side by side, in the
 * same outages, our extension, OpenClaw's Node client and OpenClaw's own Chrome extension come back.
 * Measured from the moment the gateway first admits a client: before that nobody can be connected.
 *
 *   npm run bench:recovery -- --downtimes 8,22 --json result.json
 *
 * `--unwatched` has our extension in a browser without debugger, where its worker dies when idle. The official
 * extension always has the debugger's help. `--without-ours` measures the others alone.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { launchExtension } from '../../harness/browser/browser.ts';
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { Ending } from '../../harness/process/ending.ts';
import type { Contender } from './connection-log.ts';
import { connectOfficialClient } from './official-client.ts';
import { connectOfficialExtension, officialExtensionPath } from './official-extension.ts';
import { connectOurExtension, connectOurExtensionUnwatched } from './our-extension.ts';
import { type Round, summarise, table } from './report.ts';

/** Longer than any contender's longest pause between two attempts (30 s), twice. */
const RECOVERY_LIMIT_MS = 70_000;
/** Between two outages: all contenders count a connection of this age as a good one and start afresh. */
const SETTLE_MS = 15_000;

const ending = new Ending();

/** How our own extension takes part. */
type Ours = 'watched' | 'unwatched' | 'absent';

function readArguments(): { downtimesMs: number[]; json: string | undefined; ours: Ours } {
  const { values } = parseArgs({
    options: {
      downtimes: { type: 'string', default: '8,22,33,77' },
      json: { type: 'string' },
      unwatched: { type: 'boolean', default: false },
      'without-ours': { type: 'boolean', default: false },
    },
  });
  const downtimesMs = values.downtimes.split(',').map((text) => Number(text) * 1000);
  if (downtimesMs.some((ms) => !(ms > 0))) throw new Error('--downtimes takes seconds, such as 8,22,33,77');
  const ours = values['without-ours'] ? 'absent' : values.unwatched ? 'unwatched' : 'watched';
  return { downtimesMs, json: values.json, ours };
}

/** Opens the browsers and connects all contenders, ours first. */
async function contenders(gateway: Gateway, ours: Ours): Promise<Contender[]> {
  const all: Contender[] = [];
  const add = (contender: Contender): void => {
    all.push(contender);
    ending.close(() => contender.close());
  };
  const official = officialExtensionPath(gateway.version);
  const browser = await launchExtension(
    ours === 'watched' ? { extensionPath: BUILD, extraExtensions: [official] } : { extensionPath: official },
  );
  ending.close(() => browser.close());
  if (ours === 'watched') add(await connectOurExtension(browser, gateway));
  if (ours === 'unwatched') add(await connectOurExtensionUnwatched(gateway));
  add(connectOfficialClient(gateway));
  add(await connectOfficialExtension(browser, gateway));
  return all;
}

/**
 * One outage of about `wantedMs`, from the kill to the first admitted client. The boot is part of it, so the
 * start comes `bootMs` earlier than the end. Returns how long the boot really took, for the next round.
 */
async function outage(
  gateway: Gateway,
  all: Contender[],
  wantedMs: number,
  bootMs: number,
): Promise<{ round: Round; bootMs: number }> {
  const killed = Date.now();
  await gateway.stop('SIGKILL');
  await new Promise((next) => setTimeout(next, Math.max(0, killed + wantedMs - bootMs - Date.now())));
  const launched = Date.now();
  gateway.launch();
  const admitted = await gateway.ready({ everyMs: 100 });
  const lags = await Promise.all(
    all.map(async ({ name, log }) => {
      const back = await log.backAfter(killed, admitted + RECOVERY_LIMIT_MS - Date.now());
      return [name, back === null ? null : back - admitted] as const;
    }),
  );
  const round = { wantedMs, downtimeMs: admitted - killed, lagMs: Object.fromEntries(lags) };
  return { round, bootMs: admitted - launched };
}

async function bench(): Promise<void> {
  const { downtimesMs, json, ours } = readArguments();
  const gateway = await createGateway();
  ending.close(() => gateway.remove());
  const started = Date.now();
  gateway.launch();
  let bootMs = (await gateway.ready()) - started;
  const all = await contenders(gateway, ours);
  const names = all.map(({ name }) => name);
  console.log(
    `OpenClaw ${gateway.version}, boots in ${(bootMs / 1000).toFixed(1)} s; in the ring: ${names.join(', ')}`,
  );
  const rounds: Round[] = [];
  for (const wantedMs of downtimesMs) {
    await Promise.all(all.map(({ log }) => log.settled(RECOVERY_LIMIT_MS)));
    const absent = all.filter(({ log }) => !log.isConnected).map(({ name }) => name);
    if (absent.length > 0) console.log(`Not connected before this outage: ${absent.join(', ')}`);
    await new Promise((next) => setTimeout(next, SETTLE_MS));
    const result = await outage(gateway, all, wantedMs, bootMs);
    // The quickest boot so far: a busy machine then makes outages longer than wanted, never shorter.
    bootMs = Math.min(bootMs, result.bootMs);
    rounds.push(result.round);
    console.log(`An outage of ${(result.round.downtimeMs / 1000).toFixed(1)} s is over.`);
  }
  console.log(`\nFrom the gateway's admitting clients to being connected again:\n\n${table(rounds, names)}`);
  if (!json) return;
  const summary = Object.fromEntries(names.map((name) => [name, summarise(rounds, name)]));
  await writeFile(json, `${JSON.stringify({ openclaw: gateway.version, rounds, summary }, null, 2)}\n`);
}

await ending.run(bench);

/**
 * What becomes of a gateway that two hundred of us watch, when it restarts? One gateway is killed and started again;
 * each of its connections comes back by itself, through a door that lets in 32 strangers at a time from one address.
 * After ours it is the turn of as many of OpenClaw's own Node clients, in an outage of the same gateway.
 *
 *   npm run bench:crowd -- --companions 200 --json result.json
 *
 * Ours are the worker's own pump and effects, run in Node. They take part twice: with the pace for a gateway on this
 * computer, and with that for one elsewhere, which is what a crowd has.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { Ending } from '../../harness/process/ending.ts';
import { until } from '../../harness/process/wait.ts';
import type { Contender } from './connection-log.ts';
import { type CrowdResult, crowdTable, isWell } from './crowd-report.ts';
import { noteDials } from './dials.ts';
import { connectOfficialClient } from './official-client.ts';

/** Milliseconds. Longer than any contender's longest pause between two attempts (60 s), thrice. */
const RECOVERY_LIMIT_MS = 180_000;
/** So many connect for the first time at once: half of those that the gateway lets in, for that is not measured. */
const AT_ONCE = 16;
/** A connection of this age counts as a good one with all contenders, and they start afresh. */
const SETTLE_MS = 15_000;
const GATHERING_LIMIT_MS = 120_000;

const ending = new Ending();

interface Crowd {
  readonly name: string;
  readonly isOurs: boolean;
  /** Prepares so many; each is started by its function. */
  gather(gateway: Gateway, count: number): Promise<(() => Contender)[]>;
}

const CROWDS: readonly Crowd[] = [
  { name: 'ours, elsewhere', isOurs: true, gather: (gateway, count) => ours(gateway, count, 'public') },
  { name: 'ours, loopback', isOurs: true, gather: (gateway, count) => ours(gateway, count, 'loopback') },
  {
    name: 'official client',
    isOurs: false,
    gather: async (gateway, count) =>
      Array.from({ length: count }, () => () => connectOfficialClient(gateway)),
  },
];

async function ours(gateway: Gateway, count: number, reach: 'public' | 'loopback') {
  const { pairCompanions } = await import('./companion.ts');
  return pairCompanions(gateway, count, reach);
}

function readArguments(): { count: number; json: string | undefined } {
  const { values } = parseArgs({
    options: { companions: { type: 'string', default: '200' }, json: { type: 'string' } },
  });
  const count = Number(values.companions);
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw new Error('--companions takes a whole number from 1 to 1000');
  }
  return { count, json: values.json };
}

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

/** Connects one crowd, takes its gateway away and gives it back. */
async function run({ name, isOurs, gather }: Crowd, gateway: Gateway, count: number): Promise<CrowdResult> {
  const members: Contender[] = [];
  const disperse = async (): Promise<void> => {
    await Promise.all(members.splice(0).map((member) => member.close()));
  };
  ending.close(disperse);
  const absent = (): number => members.filter(({ log }) => !log.isConnected).length;
  for (const start of await gather(gateway, count)) {
    await until(GATHERING_LIMIT_MS, 'a place at the gateway', () => absent() < AT_ONCE);
    members.push(start());
  }
  await until(GATHERING_LIMIT_MS, `all of "${name}" to connect for the first time`, () => absent() === 0);
  await pause(SETTLE_MS);

  const { dials, end } = noteDials(gateway.port);
  const killed = Date.now();
  await gateway.stop('SIGKILL');
  gateway.launch();
  const admitting = gateway.ready();
  const backs = await Promise.all(members.map(({ log }) => log.backAfter(killed, RECOVERY_LIMIT_MS)));
  // The probe has to get through the crowd, too: whoever is first shows that the gateway admits.
  const admitted = Math.min(await admitting, ...backs.filter((at) => at !== null));
  end();
  const refusals = gateway.connects().filter(({ at, accepted }) => at >= killed && !accepted);
  await disperse();
  return {
    name,
    isOurs,
    outageMs: admitted - killed,
    backMs: backs.map((at) => at && at - admitted),
    dials: dials.map(({ at, status }) => ({ at: at - admitted, status })),
    lockedOut: refusals.filter(({ authReason }) => authReason === 'rate_limited').length,
    refused: refusals.filter(({ authReason }) => authReason !== undefined).length,
  };
}

async function bench(): Promise<boolean> {
  const { count, json } = readArguments();
  const gateway = await createGateway();
  ending.close(() => gateway.remove());
  gateway.launch();
  await gateway.ready();
  const results: CrowdResult[] = [];
  for (const crowd of CROWDS) {
    const result = await run(crowd, gateway, count);
    results.push(result);
    console.log(
      `${count} of "${crowd.name}": an outage of ${(result.outageMs / 1000).toFixed(1)} s is over.`,
    );
  }
  console.log(`\n${crowdTable(results)}\n`);
  if (json) {
    await writeFile(json, `${JSON.stringify({ openclaw: gateway.version, count, results }, null, 2)}\n`);
  }
  const bad = results.filter((result) => result.isOurs && !isWell(result)).map(({ name }) => name);
  console.log(
    bad.length === 0
      ? `ok: all ${count} of ours are back, at either pace, and nobody was locked out.`
      : `missed: not all of ours are back, or somebody was locked out (${bad.join('; ')}).`,
  );
  return bad.length === 0;
}

await ending.run(bench);

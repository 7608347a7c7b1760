/**
 * `npm run chaos [-- --faults 300 --seed N --minutes M --kinds a,b --json]`: random faults of every kind on a real
 * gateway and in a real browser. The same seed plays the same faults. Fails on the first thing that is not as the
 * model predicts, and says how to play it again.
 */
import { parseArgs } from 'node:util';
import { createGateway, installOpenClaw, OPENCLAW_VERSION } from '../../harness/gateway/openclaw.ts';
import { chaos } from './chaos.ts';
import { FAULT_KINDS, type FaultKind } from './plan.ts';

/** Where a run begins: a version whose state directory the present one takes as it is. */
const FIRST_VERSION = '2026.8.1';

function fail(why: string): never {
  console.error(why);
  process.exit(1);
}

function options() {
  try {
    return parseArgs({
      options: {
        faults: { type: 'string', default: '300' },
        seed: { type: 'string', default: String(Math.trunc(Math.random() * 2 ** 31)) },
        minutes: { type: 'string' },
        kinds: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message);
  }
}

const positive = (name: string, text: string): number => {
  const value = Number(text);
  return value > 0 && Number.isFinite(value)
    ? value
    : fail(`--${name} takes a number above zero, not ${text}`);
};

const given = options();
const seed = Number(given.seed);
if (!Number.isSafeInteger(seed) || seed < 0) fail(`--seed takes a whole number, not ${given.seed}`);
const kinds = given.kinds?.split(',') as FaultKind[] | undefined;
const unknown = (kinds ?? []).filter((kind) => !FAULT_KINDS.includes(kind));
if (unknown.length > 0) fail(`there is no fault ${unknown.join(', ')}; there are ${FAULT_KINDS.join(', ')}`);

const faults = Math.ceil(positive('faults', given.faults));
const limitMs = given.minutes === undefined ? null : positive('minutes', given.minutes) * 60_000;

if (!given.json) console.log(`seed ${seed}`);
await installOpenClaw(OPENCLAW_VERSION, console.error);
const gateway = await createGateway({ version: FIRST_VERSION });
const result = await chaos({
  seed,
  gateway,
  faults,
  ...(kinds && { kinds }),
  ...(limitMs && { limitMs }),
  ...(!given.json && { log: (line: string) => console.log(line) }),
}).finally(() => gateway.remove());

const { failure, checks, ms } = result;
if (given.json) {
  console.log(JSON.stringify(result, null, 2));
} else {
  console.log();
  for (const [kind, tally] of Object.entries(result.kinds).sort(([one], [other]) => one.localeCompare(other)))
    console.log(
      `${kind.padEnd(22)} ${String(tally.count).padStart(3)} times, worst ${(tally.worstMs / 1000).toFixed(1).padStart(5)} s`,
    );
  if (failure) {
    const chosen = kinds ? ` --kinds ${kinds.join(',')}` : '';
    console.log(`\nFAILED at fault ${failure.index} of seed ${seed}:`);
    for (const problem of failure.problems) console.log(`  ${problem}`);
    console.log('The last steps:');
    for (const step of failure.steps) console.log(`  ${step}`);
    console.log(`Again: npm run chaos -- --seed ${seed} --faults ${failure.index}${chosen}`);
  }
  const verdict = failure ? '1 failed' : 'every one ended as predicted';
  console.log(
    `\nchaos: ${result.faults} faults of ${Object.keys(result.kinds).length} kinds, ${verdict}, ` +
      `${checks} invariant checks (seed ${seed}, ${(ms / 60_000).toFixed(1)} min)`,
  );
}
process.exitCode = failure ? 1 : 0;

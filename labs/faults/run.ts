/**
 * The fault lab: `npm run test:faults [-- name …]`, where `relay-*` is all that begin so. Produces every fault for real and
 * compares what a user is told with what should be told. Prints a table and fails on any difference. With `--write` the rows
 * that were played, and are as they should be, take their places in docs/faults.md; the others stay as they are.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { faultsDoc, type PlayedFault, playedTable } from './doc.ts';
import type { Fault, Played, Scene } from './fault.ts';
import { missing } from './missing.ts';
import { play } from './play.ts';
import { prepare, wake } from './scene-gateway.ts';
import { SCENES } from './scenes.ts';

const args = process.argv.slice(2);
const isWriting = args.includes('--write');
const only = args.filter((arg) => !arg.startsWith('--'));
/** `inside-*`: all that begin so. */
const means = (wanted: string, { name }: Fault): boolean =>
  wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
const isChosen = (fault: Fault): boolean => only.length === 0 || only.some((wanted) => means(wanted, fault));
const unknown = only.filter(
  (wanted) => !SCENES.some(({ faults }) => faults.some((fault) => means(wanted, fault))),
);

/** One fault; a gateway that would not start for it is a failure like any other. */
async function attempt(fault: Fault, gateway: Gateway | null, scene: Scene): Promise<Played> {
  try {
    if (gateway) await wake(gateway, scene, fault);
  } catch (error) {
    return { seen: null, problems: [String(error).split('\n')[0] ?? ''], ms: 0 };
  }
  return play(fault, gateway);
}

// What cannot be played here is not among the scenes, and the document would lose its rows.
if (isWriting && missing.length > 0)
  throw new Error('--write needs root, and every program: npm run setup -- --proxies');

let passed = 0;
let failed = unknown.length;
const all: PlayedFault[] = [];
for (const name of unknown) console.log(`there is no fault ${name}`);

const FILE = join(import.meta.dirname, '../../docs/faults.md');
const before = await readFile(FILE, 'utf8');

/** After every fault: a run that is cut short keeps what it has. */
async function keep(): Promise<void> {
  const order = SCENES.flatMap(({ faults }) => faults);
  const good = all.filter(({ played }) => played.problems.length === 0);
  await writeFile(FILE, faultsDoc(order, good, before));
}

/** Plays the chosen faults of a scene, one after the other. */
async function playScene(scene: Scene): Promise<void> {
  const faults = scene.faults.filter(isChosen);
  if (faults.length === 0) return;
  const gateway = await prepare(scene);
  try {
    for (const fault of faults) {
      const played = await attempt(fault, gateway, scene);
      const { problems, seen, ms } = played;
      if (problems.length === 0) passed += 1;
      else failed += 1;
      const said = seen ? `${seen.status} ${seen.inside || (seen.diagnosis ?? seen.relay ?? '')}` : '';
      const verdict = problems.length === 0 ? said : `FAILED ${problems.join('; ')}`;
      const name = `${scene.name.padEnd(24)} ${fault.name.padEnd(25)}`;
      console.log(`${name} ${(ms / 1000).toFixed(1).padStart(5)} s  ${verdict}`);
      all.push({ fault, played });
      if (isWriting) await keep();
    }
  } finally {
    await gateway?.remove();
  }
}

async function playAll(scenes: readonly Scene[]): Promise<void> {
  for (const scene of scenes) await playScene(scene);
}

// One gateway at a time; strange servers cost next to nothing, and most of their faults are waiting.
await Promise.all([
  playAll(SCENES.filter(({ gateway }) => gateway === null)),
  playAll(SCENES.filter(({ gateway }) => gateway !== null)),
]);
console.log(`\n${playedTable(all)}`);
console.log(`\n${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;

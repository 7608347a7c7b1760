/**
 * The fault lab: `npm run test:faults [-- --only name …]`. Produces every fault for real and compares what a user is
 * told with what should be told. Prints a table and fails on any difference. With `--write` the table of a whole and
 * successful run goes to docs/faults.md.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import type { Expected, Fault, Scene } from './fault.ts';
import { type Played, play } from './play.ts';
import { prepare, wake } from './scene-gateway.ts';
import { SCENES } from './scenes.ts';

const args = process.argv.slice(2);
const isWriting = args.includes('--write');
const only = args.filter((arg) => !arg.startsWith('--'));
const isChosen = ({ name }: Fault): boolean => only.length === 0 || only.includes(name);
const unknown = only.filter(
  (name) => !SCENES.some(({ faults }) => faults.some((fault) => fault.name === name)),
);

/** One fault; a gateway that would not start for it is a failure like any other. */
async function attempt(fault: Fault, gateway: Gateway | null, scene: Scene): Promise<Played> {
  try {
    if (gateway) await wake(gateway, scene);
  } catch (error) {
    return { seen: null, problems: [String(error).split('\n')[0] ?? ''], ms: 0 };
  }
  return play(fault, gateway);
}

const code = (text: string | null): string => (text === null ? '–' : `\`${text}\``);

/** The verdict, and what a look inside the gateway found. */
const found = ({ diagnosis, inside = '' }: Expected): string =>
  inside === '' ? code(diagnosis) : inside.split(' ').map(code).join(', ');

function row({ name, how }: Fault, { seen, problems }: Played): string {
  const shown = seen && [seen.status, ...(seen.relay ? [code(seen.relay)] : [])].join(', ');
  const cells = seen
    ? [shown, found(seen), seen.location ?? '–', code(seen.remedy), String(seen.spent)]
    : ['–', '–', '–', '–', '–'];
  const verdict = problems.length === 0 ? '' : ` **${problems.join('; ')}**`;
  return `| \`${name}\` | ${how}${verdict} | ${cells.join(' | ')} |`;
}

let passed = 0;
let failed = unknown.length;
for (const name of unknown) console.log(`there is no fault ${name}`);

/** Plays the chosen faults of a scene. Resolves to their rows of the table. */
async function playScene(scene: Scene): Promise<string[]> {
  const rows: string[] = [];
  const faults = scene.faults.filter(isChosen);
  if (faults.length === 0) return rows;
  const gateway = await prepare(scene);
  try {
    for (const fault of faults) {
      const played = await attempt(fault, gateway, scene);
      const { problems, seen, ms } = played;
      if (problems.length === 0) passed += 1;
      else failed += 1;
      const said = seen ? `${seen.status} ${seen.diagnosis ?? seen.relay ?? ''}` : '';
      const verdict = problems.length === 0 ? said : `FAILED ${problems.join('; ')}`;
      const name = `${scene.name.padEnd(24)} ${fault.name.padEnd(25)}`;
      console.log(`${name} ${(ms / 1000).toFixed(1).padStart(5)} s  ${verdict}`);
      rows.push(row(fault, played));
    }
  } finally {
    await gateway?.remove();
  }
  return rows;
}

async function playAll(scenes: readonly Scene[]): Promise<string[]> {
  const rows: string[] = [];
  for (const scene of scenes) rows.push(...(await playScene(scene)));
  return rows;
}

// One gateway at a time; strange servers cost next to nothing, and most of their faults are waiting.
const lanes = await Promise.all([
  playAll(SCENES.filter(({ gateway }) => gateway === null)),
  playAll(SCENES.filter(({ gateway }) => gateway !== null)),
]);
const rows = lanes.flat();
const HEAD =
  '| fault | produced by | popup | diagnosis | location | first remedy | credentials spent |\n|---|---|---|---|---|---|---|';
const table = `${HEAD}\n${rows.join('\n')}`;
console.log(`\n${table}`);
if (isWriting && failed === 0 && only.length === 0) {
  const heading =
    '# Faults, and what a user is told\n\nWritten by `npm run test:faults -- --write`: every fault produced for real, ' +
    'the real extension in a real Chromium\nbeside real gateways, or servers that are none.\n\n';
  await writeFile(join(import.meta.dirname, '../../docs/faults.md'), `${heading}${table}\n`);
}
console.log(`\n${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * What a new gateway release changes for us, from its wire to what a user sees: `npm run gateway:new [-- version]`,
 * npm's latest unless named. Captures its frames, compares them with those of the newest captured release, reads them
 * with our code, plays every scenario in a real browser, and checks every command that we show.
 *
 * Nothing is written but `test/fixtures/frames/<version>/`. Half an hour; needs a network and 650 MB.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode, ROOT, run, tool } from '../harness/process/project.mjs';
import { runCommand } from '../harness/process/run-command.ts';
import { differences } from './capture/compare.ts';
import { captureVersion } from './capture/version.ts';

const FRAMES = join(ROOT, 'test/fixtures/frames');
const VERSION = /^\d{4}\.\d{1,2}\.\d{1,2}$/;
const NPM_LIMIT_MS = 60_000;
/** Of what changed in one situation; the files have it all. */
const SHOWN = 6;

const order = (version: string): number =>
  version.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0);

async function latest(): Promise<string> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { stdout } = await runCommand(npm, ['view', 'openclaw', 'version'], {
    cwd: ROOT,
    env: process.env,
    timeout: NPM_LIMIT_MS,
  });
  return stdout.trim();
}

const newestBut = (version: string): string | undefined =>
  readdirSync(FRAMES)
    .filter((name) => VERSION.test(name) && name !== version)
    .sort((one, other) => order(one) - order(other))
    .at(-1);

/** Every situation of a version, without what differs between any two. */
function captures(version: string): Map<string, object> {
  const files = readdirSync(join(FRAMES, version)).filter((file) => file !== 'index.json');
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(FRAMES, version, file), 'utf8').replaceAll(version, '<version>');
      return [file.replace('.json', ''), JSON.parse(text)];
    }),
  );
}

function printComparison(before: string, after: string): void {
  const [old, fresh] = [captures(before), captures(after)];
  console.log(`\n== What ${after} says otherwise than ${before}`);
  let changed = 0;
  for (const situation of new Set([...old.keys(), ...fresh.keys()])) {
    const [was, is] = [old.get(situation), fresh.get(situation)];
    const lines = was && is ? differences(was, is) : [is ? 'new' : 'no longer there'];
    if (lines.length === 0) continue;
    changed += 1;
    console.log(`${situation}`);
    for (const line of lines.slice(0, SHOWN)) console.log(`  ${line}`);
    if (lines.length > SHOWN) console.log(`  and ${lines.length - SHOWN} more`);
  }
  console.log(`${changed} of ${fresh.size} situations differ`);
}

const version = process.argv[2] ?? (await latest());
if (!VERSION.test(version)) {
  console.error(`${version} is no release of OpenClaw; they look like 2026.9.6`);
  process.exit(1);
}
await captureVersion(version);
const before = newestBut(version);
if (before) printComparison(before, version);

const CHECKS = [
  {
    name: 'our code reads every frame as it should',
    command: tool('vitest/vitest.mjs', 'run', 'test/gateway/frames.test.ts', '-t', version),
    otherwise: 'test/fixtures/frames/expected.ts says what each situation means; see CONTRIBUTING.md',
  },
  {
    name: 'a user sees what the newest release has a user see',
    command: [projectNode(), join(ROOT, 'labs/matrix/run.ts'), version],
    otherwise: 'the card in question, or a row of its own in labs/matrix/versions.ts',
  },
  {
    name: 'every command that we show exists',
    command: [projectNode(), join(ROOT, 'labs/commands/run.ts'), version],
    otherwise: 'src/remedy/commands.ts',
  },
];
const failed: typeof CHECKS = [];
for (const check of CHECKS) {
  console.log(`\n== ${check.name}`);
  const { code } = await run(check.command);
  if (code !== 0) failed.push(check);
}
console.log('');
for (const { name, otherwise } of failed) console.log(`not so: ${name}. Look at: ${otherwise}`);
console.log(
  failed.length === 0
    ? `${version} is supported. Keep it: add it to scripts/capture/versions.ts and labs/matrix/versions.ts, then npm test.`
    : `${version} needs work: ${failed.length} of ${CHECKS.length} checks failed.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

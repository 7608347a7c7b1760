/**
 * Every gateway generation in the real browser: `npm run test:matrix [-- version …]`. Prints one table, version by
 * scenario, each cell the states a user sees, and fails if one is not as expected. With `--write` the table of a whole
 * and successful run goes to docs/generations.md.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOpenClaw } from '../../harness/gateway/openclaw.ts';
import { firstLine, play } from './play.ts';
import { EXPECTED, type Expected, SCENARIOS } from './versions.ts';

/** A release that has no row yet should look like the newest that has one. */
const expectedOf = (version: string): Expected =>
  EXPECTED.find((row) => row.version === version) ?? { ...(EXPECTED.at(-1) as Expected), version };

const args = process.argv.slice(2);
const wanted = args.filter((arg) => arg !== '--write');
const chosen = wanted.length === 0 ? EXPECTED : wanted.map(expectedOf);
const rows: string[] = [];
let failed = 0;
for (const expected of chosen) {
  const { version } = expected;
  const problem = await installOpenClaw(version, console.log).then(() => null, firstLine);
  const cells = problem === null ? await play(expected) : {};
  const shown = SCENARIOS.map((scenario) => {
    const cell = cells[scenario] ?? `not played${problem === null ? '' : `: ${problem}`}`;
    const isExpected = cell === expected.cells[scenario];
    if (!isExpected) failed += 1;
    return isExpected ? cell : `**${cell}** (expected ${expected.cells[scenario]})`;
  });
  rows.push(`| ${[version, ...shown].join(' | ')} |`);
}
const table = `| version | ${SCENARIOS.join(' | ')} |\n|${'---|'.repeat(SCENARIOS.length + 1)}\n${rows.join('\n')}`;
console.log(`\n${table}`);
if (args.includes('--write') && failed === 0 && chosen.length === EXPECTED.length) {
  const heading =
    '# What a user sees, version by version\n\nWritten by `npm run test:matrix -- --write`: the real extension in a real ' +
    'Chromium beside real gateways.\nEach cell holds the states that lasted, in order, with the diagnosis code where there ' +
    'is one; after `approval` and\n`needs-you` the user did what the card said.\n\n';
  await writeFile(join(import.meta.dirname, '../../docs/generations.md'), `${heading}${table}\n`);
}
const cellsInAll = chosen.length * SCENARIOS.length;
console.log(`\n${cellsInAll - failed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * Every gateway generation in the real browser: `npm run test:matrix [-- version …]`. Prints one table, version by
 * scenario, each cell the states a user sees, and fails if one is not as expected. With `--write` the table of a whole
 * and successful run goes to docs/generations.md.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchExtension } from '../../harness/browser/browser.ts';
import { createGateway, installOpenClaw } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { PLAY, withoutNote, wrongSecret } from './scenarios.ts';
import type { User } from './user.ts';
import { EXPECTED, type Expected, SCENARIOS, type Scenario } from './versions.ts';

type Cells = Partial<Record<Scenario, string>>;

const firstLine = (error: unknown): string => String((error as Error).message ?? error).split('\n')[0] ?? '';

/** Runs something with a fresh browser, and reports the browser's errors as a failure. */
async function withUser(
  gateway: User['gateway'],
  admission: Expected['admission'],
  act: (user: User) => Promise<void>,
): Promise<void> {
  const ext = await launchExtension({ extensionPath: BUILD });
  try {
    const page = await ext.openPopupInTab();
    await act({ ext, page, gateway, admission });
    if (ext.errors.length > 0) throw new Error(`the extension reported: ${ext.errors[0]}`);
  } finally {
    await ext.close();
  }
}

async function play({ version, admission }: Expected): Promise<Cells> {
  const cells: Cells = {};
  const note = async (scenario: Scenario, act: () => Promise<string>): Promise<void> => {
    const started = Date.now();
    cells[scenario] = await act().catch((error) => `failed: ${firstLine(error)}`);
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    console.log(`${version}  ${scenario.padEnd(15)} ${seconds.padStart(4)} s  ${cells[scenario]}`);
  };
  const gateway = await createGateway({ version });
  try {
    await gateway.start();
    await gateway.ready({ limitMs: 180_000 });
    await withUser(gateway, admission, async (user) => {
      for (const scenario of SCENARIOS) {
        if (scenario === 'wrong secret') continue;
        await withoutNote(user);
        await note(scenario, () => PLAY[scenario](user));
      }
    });
    await withUser(gateway, admission, (user) => note('wrong secret', () => wrongSecret(user)));
  } catch (error) {
    console.log(`${version}  ${firstLine(error)}`);
  } finally {
    await gateway.remove();
  }
  return cells;
}

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

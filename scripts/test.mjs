/**
 * `npm test`: everything that must hold, on a fresh clone and with nothing but Node 20: types, lint, unit
 * tests, build, end to end. `npm test -- unit e2e` runs some stages only. Runs before anything is installed.
 * The last line is the sum, `N passed, N failed, N skipped`; the exit code is 0 only if nothing failed.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npm, RESULTS, run, tool, wasInterrupted } from '../harness/process/project.mjs';
import { setupForTests } from './setup.mjs';

const MINUTE = 60_000;
const UNIT_RESULTS = join(RESULTS, 'unit.json');
const E2E_RESULTS = join(RESULTS, 'e2e.json');

/**
 * Each stage is one command with a limit, since a test run must never hang. `count` reads how many tests
 * passed; a stage without it is one check.
 */
const STAGES = [
  { name: 'types', command: () => tool('typescript/bin/tsc', '--noEmit'), limitMs: 3 * MINUTE },
  { name: 'lint', command: () => tool('@biomejs/biome/bin/biome', 'check'), limitMs: 2 * MINUTE },
  {
    name: 'unit',
    command: () =>
      tool(
        'vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${UNIT_RESULTS}`,
      ),
    limitMs: 5 * MINUTE,
    results: UNIT_RESULTS,
    count: countUnit,
  },
  { name: 'build', command: () => npm('run', 'build'), limitMs: 5 * MINUTE },
  {
    name: 'e2e',
    command: () => tool('@playwright/test/cli.js', 'test'),
    limitMs: 25 * MINUTE,
    results: E2E_RESULTS,
    count: countEndToEnd,
  },
];

function countUnit(report) {
  // A file that fails before its first test has no failed test of its own.
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countEndToEnd({ stats, suites }) {
  const { expected, unexpected: failed, flaky, skipped } = stats;
  const passed = expected + flaky;
  for (const title of titlesOf('flaky', suites)) console.log(`Needed a second try: ${title}`);
  // Not every machine has a Firefox, and not every Firefox keeps an add-on that Mozilla has not signed.
  const leftOut = titlesOf('skipped', suites).filter((title) => title.startsWith('firefox.spec.ts'));
  for (const title of leftOut) console.log(`LEFT OUT, this machine has no Firefox for it: ${title}`);
  // Without a real gateway the others skip themselves. A developer may be offline; in CI nothing would be shown.
  return process.env.CI
    ? { passed, failed: failed + skipped - leftOut.length, skipped: leftOut.length }
    : { passed, failed, skipped };
}

/** The tests of this status: `flaky` (failed once and passed then, in CI only) or `skipped`. */
function titlesOf(wanted, suites = []) {
  return suites.flatMap(({ file, specs, suites: inner }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === wanted))
      .map(({ title }) => `${file} › ${title}`),
    ...titlesOf(wanted, inner),
  ]);
}

/** What a finished stage counts for. */
function countsOf(stage, outcome) {
  const single = { passed: outcome.code === 0 ? 1 : 0, failed: outcome.code === 0 ? 0 : 1, skipped: 0 };
  if (!stage.count) return single;
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = stage.count(JSON.parse(readFileSync(stage.results, 'utf8')));
  } catch {
    console.log(`${stage.name} left no results.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  // An error outside of any test, or a run that was cut short.
  if (outcome.code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

async function runStage(stage) {
  console.log(`\n== ${stage.name}`);
  if (stage.results) {
    mkdirSync(RESULTS, { recursive: true });
    rmSync(stage.results, { force: true });
  }
  const outcome = await run(stage.command(), { limitMs: stage.limitMs });
  const counts = countsOf(stage, outcome);
  const verdict = outcome.timedOut
    ? `stopped after its limit of ${stage.limitMs / MINUTE} minutes`
    : `${counts.passed} passed, ${counts.failed} failed`;
  console.log(`== ${stage.name}: ${verdict} (${(outcome.ms / 1000).toFixed(1)} s)`);
  return counts;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
const total = { passed: 0, failed: 0, skipped: 0 };

if (unknown.length > 0) {
  console.error(
    `There is no stage ${unknown.join(', ')}. Stages: ${STAGES.map(({ name }) => name).join(', ')}`,
  );
  total.failed = 1;
} else {
  try {
    await setupForTests();
    for (const stage of STAGES) {
      if (wasInterrupted()) throw new Error('Interrupted.');
      if (wanted.length > 0 && !wanted.includes(stage.name)) continue;
      const counts = await runStage(stage);
      for (const kind of Object.keys(total)) total[kind] += counts[kind];
    }
  } catch (error) {
    console.error(error.message);
    total.failed += 1;
  }
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;

/**
 * `npm test`: everything that must hold, on a fresh clone and with nothing but Node 20: types, lint, unit
 * tests, build, end to end. `npm test -- unit e2e` runs some stages only; `npm run test:all` all of them, those too
 * that are slow and rarely tell of a change. Runs before anything is installed.
 * The last line is the sum, `N passed, N failed, N skipped`; the exit code is 0 only if nothing failed.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npm, RESULTS, run, tool, wasInterrupted } from '../harness/process/project.mjs';
import { setupForTests } from './setup.mjs';

/** A stage that hangs is ended by then. Far away: a machine may be slow, and each test has a limit of its own. */
const STAGE_LIMIT_MS = 3 * 3_600_000;
const SLOWEST_SHOWN = 10;

const resultsOf = (stage) => join(RESULTS, `${stage}.json`);

/** A Playwright project. */
const inBrowsers = (name) => ({
  name,
  command: () => tool('@playwright/test/cli.js', 'test', `--project=${name}`),
  env: { E2E_RESULTS: resultsOf(name) },
  count: countEndToEnd,
});

/**
 * Each stage is one command. `count` reads how many tests passed from the results that it leaves; a stage without it
 * is one check.
 */
const STAGES = [
  { name: 'types', command: () => tool('typescript/bin/tsc', '--noEmit') },
  { name: 'lint', command: () => tool('@biomejs/biome/bin/biome', 'check') },
  {
    name: 'unit',
    command: () =>
      tool(
        'vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${resultsOf('unit')}`,
      ),
    count: countUnit,
  },
  { name: 'build', command: () => npm('run', 'build') },
  inBrowsers('e2e'),
  { ...inBrowsers('long'), isOnlyInAll: true },
  { ...inBrowsers('lab'), isOnlyInAll: true },
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
  const tests = testsOf(suites);
  console.log('The slowest:');
  for (const { title, ms } of tests.sort((one, other) => other.ms - one.ms).slice(0, SLOWEST_SHOWN))
    console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${title}`);
  const titlesOf = (wanted) => tests.filter(({ status }) => status === wanted).map(({ title }) => title);
  for (const title of titlesOf('flaky')) console.log(`A DEFECT, it needed a second try: ${title}`);
  // Not every machine has a Firefox, and not every Firefox keeps an add-on that Mozilla has not signed.
  const leftOut = titlesOf('skipped').filter((title) => title.includes('firefox.spec.ts ›'));
  for (const title of leftOut) console.log(`LEFT OUT, this machine has no Firefox for it: ${title}`);
  // Without a real gateway the others skip themselves. A developer may be offline; in CI nothing would be shown.
  return process.env.CI
    ? { passed, failed: failed + skipped - leftOut.length, skipped: leftOut.length }
    : { passed, failed, skipped };
}

/** All tests. `status` is Playwright's: `expected`, `unexpected`, `skipped`, or `flaky`: failed once and passed then. */
function testsOf(suites = []) {
  return suites.flatMap(({ file, specs, suites: inner }) => [
    ...specs.flatMap(({ title, tests }) =>
      tests.map(({ status, results }) => ({
        title: `${file} › ${title}`,
        status,
        ms: results.reduce((sum, { duration }) => sum + duration, 0),
      })),
    ),
    ...testsOf(inner),
  ]);
}

/** What a finished stage counts for. */
function countsOf(stage, outcome) {
  const single = { passed: outcome.code === 0 ? 1 : 0, failed: outcome.code === 0 ? 0 : 1, skipped: 0 };
  if (!stage.count) return single;
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    counts = stage.count(JSON.parse(readFileSync(resultsOf(stage.name), 'utf8')));
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
  mkdirSync(RESULTS, { recursive: true });
  rmSync(resultsOf(stage.name), { force: true });
  const outcome = await run(stage.command(), { limitMs: STAGE_LIMIT_MS, env: stage.env });
  const counts = countsOf(stage, outcome);
  const verdict = outcome.timedOut ? 'stopped: it hung' : `${counts.passed} passed, ${counts.failed} failed`;
  console.log(`== ${stage.name}: ${verdict} (${(outcome.ms / 1000).toFixed(1)} s)`);
  return counts;
}

const isAll = process.argv.includes('--all');
const wanted = process.argv.slice(2).filter((name) => name !== '--all');
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
const isWanted = ({ name, isOnlyInAll }) =>
  wanted.length === 0 ? isAll || !isOnlyInAll : wanted.includes(name);
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
      if (!isWanted(stage)) continue;
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

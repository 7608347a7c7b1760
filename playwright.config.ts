import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/prepare.ts',
  outputDir: '.cache/results/e2e',
  // Two: a gateway and a browser each are what two cores carry. Files run in parallel, the tests of a file
  // one after the other, so that they can share a gateway.
  workers: 2,
  fullyParallel: false,
  // A test may boot a gateway (5 to 20 s) and call its command line (2 to 6 s) several times.
  timeout: 150_000,
  expect: { timeout: 15_000 },
  globalTimeout: 24 * 60_000,
  // A build machine that stalls for seconds may fail a test once; `npm test` names whatever needed a second try.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: !!process.env.CI,
  reporter: [['line'], ['json', { outputFile: '.cache/results/e2e.json' }]],
  use: { trace: 'retain-on-failure', actionTimeout: 15_000, navigationTimeout: 15_000 },
});

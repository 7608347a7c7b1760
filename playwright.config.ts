import { defineConfig } from '@playwright/test';

export default defineConfig({
  globalSetup: './test/e2e/prepare.ts',
  testDir: 'test/e2e',
  projects: [
    { name: 'e2e', grepInvert: /@long|@lab/ },
    // What is slow and rarely tells of a change alone: `npm run test:all`.
    { name: 'long', grep: /@long/ },
    { name: 'lab', grep: /@lab/ },
  ],
  outputDir: '.cache/results/e2e',
  // Two: a gateway and a browser each are what two cores carry. Each worker has a gateway, which its tests have one
  // after the other, whatever file they are in.
  workers: 2,
  fullyParallel: true,
  // Nothing usual comes near these: a test takes seconds, or a minute where it waits for what takes one. They end what
  // hangs, and not what a busy machine does slowly.
  timeout: 10 * 60_000,
  expect: { timeout: 60_000 },
  // A build machine that stalls may fail a test once. That is a defect of the test: `npm test` names it.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: !!process.env.CI,
  reporter: [['line'], ['json', { outputFile: process.env.E2E_RESULTS ?? '.cache/results/e2e.json' }]],
  use: { trace: 'retain-on-failure', actionTimeout: 60_000, navigationTimeout: 60_000 },
});

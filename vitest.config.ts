import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}', 'labs/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // A test takes two seconds at most. What it must not do is hang; a machine that does other things may be slow.
    testTimeout: 60_000,
  },
});

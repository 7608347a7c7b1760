import { defineConfig } from 'vitest/config';

/** Rooms whose tests put stand-ins in the place of modules: each file of them has a world of its own. */
export const APART = ['background', 'browser', 'pages', 'popup', 'remedy', 'ui', 'words'].map(
  (room) => `test/${room}/**/*.test.{ts,tsx}`,
);

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // A test takes two seconds at most. What it must not do is hang; a machine that does other things may be slow.
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'apart', include: APART } },
      {
        // Loading the modules anew for every file costs more than all tests of these rooms, which are pure.
        extends: true,
        test: {
          name: 'pure',
          include: ['test/**/*.test.{ts,tsx}', 'labs/**/*.test.ts'],
          exclude: APART,
          isolate: false,
        },
      },
    ],
  },
});

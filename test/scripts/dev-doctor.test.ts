import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const run = (env: NodeJS.ProcessEnv) =>
  spawnSync(process.execPath, ['scripts/dev-doctor.mjs'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });

describe('npm run doctor:dev', () => {
  it('names what is missing, says what to do, and fails', () => {
    const { status, stdout } = run({ CHROMIUM_PATH: '/nowhere/chromium' });
    expect(stdout).toMatch(/^NO {4}Chromium\n {6}CHROMIUM_PATH points to something that cannot be run/m);
    expect(stdout).toMatch(/^ok {4}Node \d+/m);
    expect(stdout).toContain('Not ready');
    expect(status).toBe(1);
  });
});

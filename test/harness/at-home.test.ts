/** What outlives the group that it was started in, as OpenClaw's spawn broker does, is found and ended by its home. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endAtHome } from '../../harness/process/at-home.mjs';

const HOME = '/nowhere/relay-health-home';

it.skipIf(process.platform !== 'linux')(
  'ends whoever has this home, in any group, and nobody else',
  async () => {
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], {
      env: { HOME },
      stdio: 'ignore',
      detached: true,
    });
    await once(child, 'spawn');
    const ended = once(child, 'exit');
    expect(endAtHome(`${HOME}-of-another`)).toBe(0);
    expect(endAtHome(`${HOME}-of-another`, HOME)).toBe(1);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(endAtHome(HOME)).toBe(0);
  },
);

import { spawn } from 'node:child_process';
import { keepGroup } from './sweeper.mjs';

export interface CommandOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Milliseconds after which the command is killed. */
  timeout: number;
  /** Kills the command when it is aborted. */
  signal?: AbortSignal;
}

/**
 * Runs a command to its end and returns what it printed. Rejects, with what it printed, if it fails or takes
 * too long. It has a process group of its own, so that its children end with it: OpenClaw's command line
 * starts itself a second time.
 */
export function runCommand(
  program: string,
  args: string[],
  { cwd, env, timeout, signal }: CommandOptions,
): Promise<{ stdout: string }> {
  return new Promise((done, failed) => {
    const isWindows = process.platform === 'win32';
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !isWindows,
      shell: isWindows && program.endsWith('.cmd'),
    });
    const forget = child.pid === undefined ? () => {} : keepGroup(child.pid);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const kill = (): void => {
      if (isWindows || child.pid === undefined) child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    };
    const limit = setTimeout(() => {
      stderr += `\nkilled after ${timeout / 1000} s`;
      kill();
    }, timeout);
    signal?.addEventListener('abort', kill, { once: true });
    const fail = (why: string): void =>
      failed(new Error(`${[program, ...args].join(' ')}: ${why}\n${stdout}${stderr}`.trim()));
    child.once('error', (error) => fail(error.message));
    child.once('close', (code, endedBy) => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', kill);
      forget();
      if (code === 0) done({ stdout });
      else fail(`ended with ${code ?? endedBy}`);
    });
  });
}

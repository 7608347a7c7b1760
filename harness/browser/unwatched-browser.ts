import { spawn } from 'node:child_process';
import { keepGroup } from '../process/sweeper.mjs';
import { type LaunchOptions, switches } from './browser.ts';
import { englishEnvironment } from './english.ts';
import { findChromium } from './find-browser.mjs';

interface UnwatchedOptions extends LaunchOptions {
  profileDir: string;
  /** Lets `targets.ts` see and open its tabs. That attaches no debugger to any. */
  isListed?: boolean;
}

/**
 * Starts a headless browser that nobody is connected to. A debugger keeps the service workers that it is
 * attached to alive for ever, and Playwright attaches to all: only here do they idle and die as they do for
 * users. There is nothing to ask such a browser; watch from the gateway what its extension does, or list its targets.
 */
export function launchUnwatched(options: UnwatchedOptions): {
  /** Of the browser's main process; `undefined` if it did not start. */
  readonly pid: number | undefined;
  close(): Promise<void>;
} {
  const executable = findChromium();
  if (!executable) throw new Error('There is no Chromium here yet. Run: npm run setup');
  const child = spawn(
    executable,
    [
      ...switches(options),
      ...(options.isListed ? ['--remote-debugging-port=0'] : []),
      '--headless=new',
      `--user-data-dir=${options.profileDir}`,
      'about:blank',
    ],
    { stdio: 'ignore', detached: process.platform !== 'win32', env: englishEnvironment() },
  );
  const forget = child.pid === undefined ? () => {} : keepGroup(child.pid);
  const gone = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  return {
    pid: child.pid,
    async close() {
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(impatient);
      forget();
    },
  };
}

import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { keepGroup } from '../../harness/process/sweeper.mjs';
import { median } from './stored-past.ts';

/** Requests that are under way at any moment. */
const AT_ONCE = 32;

/** How busy it was, as those who asked saw it. */
export interface Load {
  readonly requests: number;
  /** Milliseconds until an answer came. */
  readonly medianMs: number;
  readonly worstMs: number;
}

/** Asks an HTTP server without pause, on a computer whose every core has other things to do as well. */
export function keepBusy(url: string): { end(): Promise<Load> } {
  const burners = Array.from({ length: availableParallelism() }, () => {
    const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore', detached: true });
    const forget = child.pid === undefined ? () => {} : keepGroup(child.pid);
    child.once('exit', forget);
    return child;
  });
  const answers: number[] = [];
  let isOver = false;
  const askers = Array.from({ length: AT_ONCE }, async () => {
    while (!isOver) {
      const asked = performance.now();
      await fetch(url)
        .then((response) => response.arrayBuffer())
        .catch(() => {});
      answers.push(performance.now() - asked);
    }
  });
  return {
    async end() {
      isOver = true;
      for (const burner of burners) burner.kill('SIGKILL');
      await Promise.all(askers);
      return { requests: answers.length, medianMs: median(answers), worstMs: Math.max(...answers) };
    },
  };
}

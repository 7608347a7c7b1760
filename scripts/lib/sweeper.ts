/**
 * Nothing stays behind: processes and temporary folders that are kept here are ended and removed when this
 * process ends, also when it is killed, crashes or is interrupted. The orderly way stays the caller's own
 * `stop()` or `close()`, followed by the function that `keep…` returned.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

type Thing = { group: number } | { folder: string };

let sweeper: ChildProcess | null = null;

function tell(message: { keep: Thing } | { drop: Thing }): void {
  if (!sweeper) {
    const script = fileURLToPath(new URL('sweeper-process.mjs', import.meta.url));
    // A session of its own: a Ctrl-C in the terminal must not reach it before its work is done.
    sweeper = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    sweeper.stdin?.on('error', () => {});
    sweeper.unref();
    // The pipe alone must not keep this process alive, since its end is the signal.
    (sweeper.stdin as unknown as { unref?(): void } | null)?.unref?.();
  }
  sweeper.stdin?.write(`${JSON.stringify(message)}\n`);
}

function keep(thing: Thing): () => void {
  tell({ keep: thing });
  return () => tell({ drop: thing });
}

/** Ends the process group led by `pid` when this process ends. Call the result once the group is gone. */
export const keepGroup = (pid: number): (() => void) => keep({ group: pid });

/** Removes a folder when this process ends. Call the result once it has been removed. */
export const keepFolder = (path: string): (() => void) => keep({ folder: path });

/**
 * Nothing stays behind: processes and temporary folders that are kept here are ended and removed when this
 * process ends, also when it is killed, crashes or is interrupted. The orderly way stays the caller's own
 * `stop()` or `close()`, followed by the function that `keep…` returned. Runs on any Node.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let sweeper = null;

function tell(message) {
  if (!sweeper) {
    const script = fileURLToPath(new URL('sweeper-process.mjs', import.meta.url));
    // A session of its own: a Ctrl-C in the terminal must not reach it before its work is done.
    sweeper = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    sweeper.stdin.on('error', () => {});
    // Neither it nor the pipe must keep this process alive, since the end of that is the signal.
    sweeper.unref();
    sweeper.stdin.unref();
  }
  sweeper.stdin.write(`${JSON.stringify(message)}\n`);
}

function keep(thing) {
  tell({ keep: thing });
  return () => tell({ drop: thing });
}

/** Ends the process group led by `pid` when this process ends. Call the result once the group is gone. */
export const keepGroup = (pid) => keep({ group: pid });

/** Removes a folder when this process ends. Call the result once it has been removed. */
export const keepFolder = (path) => keep({ folder: path });

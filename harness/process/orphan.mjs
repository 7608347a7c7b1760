import { readFileSync } from 'node:fs';

const LOOK_MS = 500;

/** The parent of a process, where the system tells (Linux); otherwise always 0. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name, in brackets, and may hold anything.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function isShellOfNpm(pid) {
  try {
    return /^\S*sh\0-c\0/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * Calls `act` once when npm, which started this process, is gone. A signal that only npm gets ends npm and
 * the shell between it and us; nobody tells us. Does nothing for a process that npm did not start.
 */
export function onOrphaned(act) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  // Some shells stay in between, others become the command.
  const npm = isShellOfNpm(parent) ? parentOf(parent) : 0;
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === 0 || parentOf(parent) === npm)) return;
    clearInterval(timer);
    act();
  }, LOOK_MS);
  timer.unref();
}

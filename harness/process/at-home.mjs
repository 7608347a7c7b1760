/**
 * Processes known by the home that they were given: what was started in a group of its own outlives the group that it came
 * from, and writes its home anew. Only Linux tells; elsewhere none is found. Runs on any Node.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** `NAME=value` of what a process was started with; nothing where it has ended, or is not ours to ask. */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function processIds() {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Kills all whose home is one of these folders. Returns how many there were: none is left once there was none. */
export function endAtHome(...homes) {
  const wanted = new Set(homes.map((home) => `HOME=${home}`));
  const found = processIds().filter((pid) => environmentOf(pid).some((entry) => wanted.has(entry)));
  for (const pid of found) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  return found.length;
}

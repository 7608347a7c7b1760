/**
 * The sweeper: a small process that outlives the one that started it, by as long as it takes to tidy up.
 * It reads lines of JSON, `{"keep" | "drop": {"group": pid} | {"folder": path}}`. Its input ends when its
 * parent does, however that happened (kill -9 included); it then ends and removes all that is still listed.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endAtHome } from './at-home.mjs';

const PATIENCE_MS = 5000;

const groups = new Set();
const folders = new Set();

function note(line) {
  const { keep, drop } = JSON.parse(line);
  const thing = keep ?? drop;
  const [list, value] = 'group' in thing ? [groups, thing.group] : [folders, thing.folder];
  if (keep) list.add(value);
  else list.delete(value);
}

function endGroup(pid) {
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function isGone(pid) {
  try {
    process.kill(-pid, 0);
    return false;
  } catch {
    return true;
  }
}

async function sweep() {
  // The orderly end of the parent: nothing is left to do.
  if (groups.size + folders.size === 0) return;
  for (const pid of groups) endGroup(pid);
  // Processes that are about to die still write: folders go when nobody is left, and once more for good measure.
  const deadline = Date.now() + PATIENCE_MS;
  const isAnyLeft = () => endAtHome(...folders) > 0 || ![...groups].every(isGone);
  while (isAnyLeft() && Date.now() < deadline) await sleep(20);
  for (let pass = 0; pass < 2; pass += 1) {
    for (const folder of folders)
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    await sleep(200);
  }
}

// A Ctrl-C is meant for the parent; what it leaves behind is our work.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

const input = createInterface({ input: process.stdin });
input.on('line', note);
input.on('close', sweep);

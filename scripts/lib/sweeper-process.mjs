/**
 * The sweeper: a small process that outlives the one that started it, by as long as it takes to tidy up.
 * It reads lines of JSON, `{"keep" | "drop": {"group": pid} | {"folder": path}}`. Its input ends when its
 * parent does, however that happened (kill -9 included); it then ends and removes all that is still listed.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

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

// A Ctrl-C is meant for the parent; what it leaves behind is our work.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

const input = createInterface({ input: process.stdin });
input.on('line', note);
input.on('close', () => {
  for (const pid of groups) endGroup(pid);
  // Dying processes may still write: the retries wait up to a few seconds for them.
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** Where things are, and how to run the project's tools. Needs no dependency: it runs before `npm ci`. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onOrphaned } from './orphan.mjs';
import { keepGroup } from './sweeper.mjs';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const RESULTS = join(ROOT, '.cache/results');

/** A process that was asked to end gets this long before it is killed. */
const GRACE_MS = 15_000;

const isWindows = process.platform === 'win32';

/** The project's own Node (24), which runs TypeScript as it is, or this one if it is not installed here. */
export function projectNode() {
  const folder = join(ROOT, `node_modules/node-${isWindows ? 'win' : process.platform}-${process.arch}/bin`);
  const own = join(folder, isWindows ? 'node.exe' : 'node');
  return existsSync(own) ? own : process.execPath;
}

/** A tool of node_modules/.bin as a command that the project's Node runs. */
export const tool = (script, ...args) => [projectNode(), join(ROOT, 'node_modules', script), ...args];

/** `npm` with arguments. */
export const npm = (...args) => [isWindows ? 'npm.cmd' : 'npm', ...args];

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 1 when it was killed
 * @property {boolean} timedOut whether it was ended because of its limit
 * @property {number} ms how long it took
 */

const running = new Set();

function signalGroup(child, signal) {
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It ended a moment ago.
  }
}

/** Asks a process and its group to end, and kills them if they have not after a while. */
function end(child) {
  signalGroup(child, 'SIGINT');
  setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS).unref();
}

/**
 * Runs a command in a process group of its own, with its output going to ours, and resolves to its outcome;
 * never rejects. At `limitMs` the whole group is ended. An interrupt of this process ends it, too.
 * @param {string[]} command
 * @param {{ limitMs?: number, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Outcome>}
 */
export function run([program, ...args], { limitMs, env = {} } = {}) {
  const started = Date.now();
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: [dirname(projectNode()), process.env.PATH].join(delimiter), ...env },
      // The channel tells the child when this process dies without a word.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: !isWindows,
      shell: isWindows && program.endsWith('.cmd'),
    });
    running.add(child);
    const forget = child.pid === undefined ? () => {} : keepGroup(child.pid);
    let timedOut = false;
    const limit =
      limitMs &&
      setTimeout(() => {
        timedOut = true;
        end(child);
      }, limitMs);
    const finish = (code) => {
      clearTimeout(limit);
      running.delete(child);
      // Whatever the leader left behind in its group has nobody to wait for it.
      signalGroup(child, 'SIGKILL');
      forget();
      done({ code, timedOut, ms: Date.now() - started });
    };
    child.once('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      finish(127);
    });
    child.once('exit', (code) => finish(timedOut ? 1 : (code ?? 1)));
  });
}

let interrupted = false;

/** Whether somebody asked this process to stop. Then the commands end soon, and no other should be started. */
export const wasInterrupted = () => interrupted;

function interrupt() {
  interrupted = true;
  // With nothing running there is nobody to wait for.
  if (running.size === 0) process.exit(130);
  for (const child of running) end(child);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
onOrphaned(interrupt);

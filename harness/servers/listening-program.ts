/** A program that listens on a port of loopback: started in a folder of its own, and ended with all that it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { keepFolder, keepGroup } from '../process/sweeper.mjs';
import { until } from '../process/wait.ts';

/** Milliseconds. A first start on a busy machine. */
const START_LIMIT_MS = 60_000;

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  /** Where it runs, and its home. Removed when it ends. */
  readonly folder: string;
  /** Where it listens. */
  readonly port: number;
}

/** Starts it and resolves when it listens, to what ends it. Rejects with its last words if it never does. */
export async function startListening({ file, args, folder, port }: Program): Promise<() => Promise<void>> {
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const forgets = [keepFolder(folder), ...(child.pid === undefined ? [] : [keepGroup(child.pid)])];
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2_000);
    });
  }
  child.on('error', ({ message }) => {
    said += message;
  });
  const close = async (): Promise<void> => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
    for (const forget of forgets) forget();
  };
  const isGone = (): boolean => child.pid === undefined || child.exitCode !== null;
  try {
    await until(START_LIMIT_MS, `${file} to listen`, async () => isGone() || (await listens(port)), 50);
    if (isGone()) throw new Error(`${file} has ended`);
  } catch (error) {
    await close();
    throw new Error(`${(error as Error).message}: ${said}`);
  }
  return close;
}

const listens = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });

async function ended(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  process.kill(-pid, 'SIGTERM');
  const late = setTimeout(() => process.kill(-pid, 'SIGKILL'), 3_000);
  await gone;
  clearTimeout(late);
}

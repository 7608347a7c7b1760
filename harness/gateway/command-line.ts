/** OpenClaw's command line, mostly as on another computer than the gateway's: a home of its own, and the gateway's address in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepFolder, keepGroup } from '../process/sweeper.mjs';
import type { Gateway } from './gateway.ts';
import { compileCache, openclawEntry } from './openclaw-install.ts';

/** A command of OpenClaw takes 2 to 10 s, and several times that on a busy machine; one that would run for ever is ended by then. */
const COMMAND_LIMIT_MS = 120_000;

/** Where a command line finds its gateway, as `gateway.remote` of its configuration. */
export interface Remote {
  readonly url: string;
  readonly token?: string;
}

/** What came of a command. */
export interface Printed {
  /** All that it printed, in the order in which it did. */
  readonly text: string;
  /** `null`: it was ended. */
  readonly code: number | null;
}

/** A command that runs until it is stopped. */
export interface Running {
  /** What it has printed so far. */
  text(): string;
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly limitMs?: number;
  /** It wants a terminal: one is played by `script`. */
  readonly hasTerminal?: boolean;
}

export class CommandLine {
  readonly version: string;
  readonly home: string;
  readonly #forgetHome: () => void;
  readonly #running = new Set<Running>();

  private constructor(version: string, home: string, forgetHome: () => void) {
    this.version = version;
    this.home = home;
    this.#forgetHome = forgetHome;
  }

  /** At the gateway's own computer: what it prints in its terminal. The home is the gateway's, and stays. */
  static of({ version, home }: Gateway): Pick<CommandLine, 'run'> {
    return new CommandLine(version, home, () => {});
  }

  /** The version has to be installed. */
  static async create(version: string): Promise<CommandLine> {
    const home = await mkdtemp(join(tmpdir(), 'relay-health-client-'));
    await mkdir(join(home, 'state'));
    await mkdir(join(home, 'tmp'));
    // As for the gateway: plugins that versions before 2026.4 compile are kept.
    const compiled = join(compileCache(version), 'jiti');
    await mkdir(compiled, { recursive: true });
    await symlink(compiled, join(home, 'tmp/jiti'), 'junction');
    return new CommandLine(version, home, keepFolder(home));
  }

  /** Writes its configuration: where the gateway is, and with which secret. */
  async configure(remote: Remote): Promise<void> {
    const config = { gateway: { mode: 'remote', remote } };
    await writeFile(join(this.home, 'state/openclaw.json'), JSON.stringify(config));
  }

  /** Runs a command to its end, whatever that is. */
  run(args: readonly string[], options: RunOptions = {}): Promise<Printed> {
    const { child, text } = this.#spawn(args, options);
    return new Promise((done) => {
      const limit = setTimeout(() => kill(child), options.limitMs ?? COMMAND_LIMIT_MS);
      child.once('close', (code) => {
        clearTimeout(limit);
        done({ text: text(), code });
      });
    });
  }

  /** Starts a command that does not end. */
  start(args: readonly string[], options: RunOptions = {}): Running {
    const { child, text } = this.#spawn(args, options);
    const closed = new Promise<void>((done) => child.once('close', () => done()));
    const running: Running = {
      text,
      stop: () => {
        this.#running.delete(running);
        kill(child);
        return closed;
      },
    };
    this.#running.add(running);
    return running;
  }

  /** Stops what still runs, and removes all that it wrote. */
  async remove(): Promise<void> {
    await Promise.all([...this.#running].map((each) => each.stop()));
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
    this.#forgetHome();
  }

  #spawn(args: readonly string[], { env, hasTerminal }: RunOptions) {
    const words = [process.execPath, openclawEntry(this.version), ...args];
    const [program = '', ...rest] = hasTerminal
      ? ['script', '-qec', words.map((word) => `'${word}'`).join(' '), '/dev/null']
      : words;
    const child = spawn(program, rest, {
      cwd: this.home,
      env: {
        PATH: process.env.PATH,
        HOME: this.home,
        OPENCLAW_STATE_DIR: join(this.home, 'state'),
        TMPDIR: join(this.home, 'tmp'),
        OPENCLAW_DISABLE_BONJOUR: '1',
        OPENCLAW_OFFLINE: '1',
        OPENCLAW_NO_RESPAWN: '1',
        OPENCLAW_ALLOW_INSECURE_PRIVATE_WS: '1',
        NODE_COMPILE_CACHE: compileCache(this.version),
        NO_COLOR: '1',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const forget = child.pid === undefined ? () => {} : keepGroup(child.pid);
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        printed += chunk;
      });
    child.once('close', forget);
    return { child, text: () => printed };
  }
}

/** With all its children: OpenClaw starts itself a second time. */
function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself a moment ago.
  }
}

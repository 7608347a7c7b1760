/**
 * Real OpenClaw gateways for tests, benches and `npm start`: installed once per version into a cache
 * folder that git ignores, started on a free loopback port with a state directory of their own.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The gateway version that tests, benches and `npm start` run against unless they name another. */
export const OPENCLAW_VERSION = '2026.9.6';

const CACHE = resolve(dirname(fileURLToPath(import.meta.url)), '../../.cache/openclaw');
const run = promisify(execFile);

/** The folder of an installed version's `openclaw` package. It may not exist yet: see {@link installOpenClaw}. */
export const openclawPackage = (version = OPENCLAW_VERSION): string =>
  join(CACHE, version, 'node_modules/openclaw');

/**
 * Installs one OpenClaw version from npm unless the cache has it, and returns its package folder.
 * It is kept out of the project's own dependency tree: 650 MB that no build needs.
 */
export async function installOpenClaw(
  version = OPENCLAW_VERSION,
  log: (line: string) => void = () => {},
): Promise<string> {
  const done = openclawPackage(version);
  if (existsSync(join(done, 'openclaw.mjs'))) return done;
  log(`Installing openclaw@${version} into the cache (about 650 MB, once)`);
  // Installed beside the final place and renamed, so that an interrupted install never looks complete.
  await mkdir(CACHE, { recursive: true });
  const staging = await mkdtemp(join(CACHE, `${version}-incoming-`));
  try {
    // Both overrides: a git dependency and a package that npm no longer has, in versions before 2026.4.
    const overrides = { libsignal: '6.0.0', linkedom: '0.18.12' };
    await writeFile(join(staging, 'package.json'), JSON.stringify({ private: true, overrides }));
    await run(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['install', `openclaw@${version}`, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: staging, maxBuffer: 1 << 26, shell: process.platform === 'win32' },
    );
    await rm(join(CACHE, version), { recursive: true, force: true });
    await rename(staging, join(CACHE, version));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return done;
}

/** A TCP port on loopback that nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? done(address.port) : failed(new Error('no port')),
      );
    });
  });
}

/** One row of `openclaw devices list --json`. */
export interface PairedDevice {
  deviceId: string;
  clientId?: string;
  clientMode?: string;
  displayName?: string;
  tokens?: unknown;
}
export interface PendingRequest {
  requestId: string;
  deviceId: string;
  clientId?: string;
  scopes?: string[];
}

export interface GatewayOptions {
  version?: string;
  /** Replaces the `gateway.auth` block of the configuration. */
  auth?: Record<string, unknown>;
  port?: number;
}

/** Everything that is running, so that an interrupted script leaves no process behind. */
const running = new Set<Gateway>();
process.once('exit', () => {
  for (const gateway of running) gateway.signal('SIGKILL');
});

/** A throwaway gateway on loopback. Create it with {@link createGateway}. */
export class Gateway {
  readonly version: string;
  readonly port: number;
  readonly token: string;
  readonly home: string;
  readonly #entry: string;
  #child: ChildProcess | null = null;

  constructor(version: string, port: number, token: string, home: string, entry: string) {
    this.version = version;
    this.port = port;
    this.token = token;
    this.home = home;
    this.#entry = entry;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }
  get configFile(): string {
    return join(this.home, 'state/openclaw.json');
  }
  get logFile(): string {
    return join(this.home, 'gateway.log');
  }

  #env(): NodeJS.ProcessEnv {
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      HOME: this.home,
      USERPROFILE: this.home,
      OPENCLAW_STATE_DIR: join(this.home, 'state'),
      OPENCLAW_DISABLE_BONJOUR: '1',
      TMPDIR: join(this.home, 'tmp'),
      NO_COLOR: '1',
    };
    // A test runner's own variables change how a CLI behaves.
    for (const name of ['VITEST', 'NODE_ENV', 'NODE_OPTIONS', 'OPENCLAW_GATEWAY_TOKEN']) delete env[name];
    return env;
  }

  /** Starts the process and resolves when its port accepts connections (it may still answer `UNAVAILABLE`). */
  async start(): Promise<void> {
    this.launch();
    await this.#listening();
  }

  /** Starts the process without waiting for it. */
  launch(): void {
    if (this.#child) throw new Error('the gateway is already running');
    const child = spawn(process.execPath, [this.#entry, 'gateway', 'run', '--port', String(this.port)], {
      cwd: this.home,
      env: this.#env(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const note = (chunk: Buffer): void => appendFileSync(this.logFile, chunk);
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    child.once('exit', () => {
      if (this.#child === child) this.#child = null;
      running.delete(this);
    });
    this.#child = child;
    running.add(this);
  }

  async #listening(): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (this.#child && Date.now() < deadline) {
      // Any HTTP answer will do here; whether clients are admitted is what the caller finds out.
      const up = await fetch(`http://127.0.0.1:${this.port}/healthz`, {
        signal: AbortSignal.timeout(1000),
      }).then(
        () => true,
        () => false,
      );
      if (up) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`the gateway did not start:\n${this.log().slice(-2000)}`);
  }

  /** Sends a signal to the whole process group. Does nothing if it is not running. */
  signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch {
      // It ended by itself a moment ago.
    }
  }

  /** Ends the process with the signal given and resolves when it is gone. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((done) => child.once('exit', done));
    this.signal(signal);
    // A gateway that ignores SIGTERM for this long would keep its port from the next start.
    const impatient = setTimeout(() => this.signal('SIGKILL'), 30_000);
    await gone;
    clearTimeout(impatient);
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  /** Runs the gateway's own command line against this gateway and returns its standard output. */
  async cli(...args: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, [this.#entry, ...args], {
      cwd: this.home,
      env: this.#env(),
      maxBuffer: 1 << 26,
      timeout: 120_000,
    });
    return stdout;
  }

  async #json<T>(...args: string[]): Promise<T> {
    const out = await this.cli(...args, '--json');
    return JSON.parse(out.slice(out.indexOf('{'))) as T;
  }

  /** `openclaw devices list --json`. */
  devices(): Promise<{ pending: PendingRequest[]; paired: PairedDevice[] }> {
    return this.#json('devices', 'list');
  }

  async approve(requestId: string): Promise<void> {
    await this.cli('devices', 'approve', requestId);
  }

  /** A fresh setup code for this gateway, as the documentation tells users to make one. */
  async setupCode(): Promise<string> {
    return (await this.cli('qr', '--setup-code-only', '--url', this.url)).trim().split('\n').at(-1) ?? '';
  }

  /** Changes the configuration file. A running gateway notices by itself. */
  async configure(change: (config: Record<string, any>) => void): Promise<void> {
    const config = JSON.parse(await readFile(this.configFile, 'utf8'));
    change(config);
    await writeFile(this.configFile, JSON.stringify(config, null, 2));
  }

  /** All that the gateway printed since it was created. */
  log(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
  }

  /** Stops it and removes everything it wrote. */
  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Prepares a gateway with a home, a state directory and a secret of its own. Call `start()` next. */
export async function createGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const version = options.version ?? OPENCLAW_VERSION;
  const entry = join(await installOpenClaw(version, console.error), 'openclaw.mjs');
  const home = await mkdtemp(join(tmpdir(), 'relay-health-gateway-'));
  const port = options.port ?? (await freePort());
  const token = randomBytes(24).toString('hex');
  await mkdir(join(home, 'state'));
  await mkdir(join(home, 'tmp'));
  const config = {
    gateway: { mode: 'local', port, bind: 'loopback', auth: options.auth ?? { mode: 'token', token } },
  };
  await writeFile(join(home, 'state/openclaw.json'), JSON.stringify(config, null, 2));
  return new Gateway(version, port, token, home, entry);
}

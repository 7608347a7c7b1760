import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { endAtHome } from '../process/at-home.mjs';
import { runCommand } from '../process/run-command.ts';
import { keepFolder, keepGroup } from '../process/sweeper.mjs';
import { until } from '../process/wait.ts';
import { Admin } from './admin.ts';
import { type Credentials, untilAdmitted } from './admission.ts';
import type { PairedDevice, PendingRequest } from './devices.ts';
import { type Connect, isAnyUnjudged, readConnects } from './gateway-log.ts';
import { compileCache, openclawEntry, relayEntry } from './openclaw-install.ts';
import { passBy } from './pass-by.ts';

/** Command line calls take 2 s, and several times that on a busy machine. */
const CLI_LIMIT_MS = 120_000;

/** A process that is killed is gone within milliseconds, and later where it waits for a disk. */
const REMOVED_WITHIN_MS = 60_000;

/** How late a gateway may be that tells of its sockets, on a machine that does much else; and one that tells of none. */
const LOGGED_WITHIN_MS = 120_000;
const UNTOLD_AFTER_MS = 2_000;

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(true));
    socket.once('error', () => done(false)).once('connect', () => socket.destroy());
  });

/** A throwaway gateway on loopback. Create it with `createGateway`. */
export class Gateway {
  readonly version: string;
  readonly port: number;
  /** The gateway secret that was generated for it; unused when `auth` was given. */
  readonly token: string;
  readonly home: string;
  #child: ChildProcess | null = null;
  /** How long the log was when this process began. Sockets of a process that was killed are never told to be closed. */
  #toldBefore = 0;
  /** By a signal, until another one. */
  #isHalted = false;
  readonly #removal = new AbortController();
  readonly #commands = new Set<Promise<unknown>>();
  readonly #owner: Admin;
  #forgetHome: () => void;

  constructor(version: string, port: number, token: string, home: string) {
    this.version = version;
    this.port = port;
    this.token = token;
    this.home = home;
    this.#owner = new Admin(this.url);
    this.#forgetHome = keepFolder(home);
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
      OPENCLAW_OFFLINE: '1',
      // A configuration change restarts old versions; in a new process we would lose sight of them.
      OPENCLAW_NO_RESPAWN: '1',
      NODE_COMPILE_CACHE: compileCache(this.version),
      TMPDIR: join(this.home, 'tmp'),
      NO_COLOR: '1',
    };
    // A test runner's own variables change how a CLI behaves. Gateways before 2026.3 take that of npm for their own version.
    const foreign = /^(?:VITEST|NODE_ENV|NODE_OPTIONS|OPENCLAW_GATEWAY_TOKEN|FORCE_COLOR|npm_.*)$/;
    for (const name of Object.keys(env)) if (foreign.test(name)) delete env[name];
    return env;
  }

  /**
   * Starts the process and resolves when its port accepts connections (it may still answer `UNAVAILABLE`).
   * `env` is for this process alone; commands do not get it.
   */
  async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
    this.launch(env);
    await this.#listening();
  }

  /** Starts the process without waiting for it. */
  launch(env: NodeJS.ProcessEnv = {}): void {
    if (this.#child) throw new Error('the gateway is already running');
    this.#removal.signal.throwIfAborted();
    this.#toldBefore = this.log().length;
    this.#isHalted = false;
    const child = spawn(
      process.execPath,
      // Verbose, because only then the log tells of the connects that were accepted.
      [openclawEntry(this.version), 'gateway', 'run', '--port', String(this.port), '--verbose'],
      {
        cwd: this.home,
        env: { ...this.#env(), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
      },
    );
    const forget = child.pid === undefined ? () => {} : keepGroup(child.pid);
    const note = (chunk: Buffer): void => {
      // The folder may be gone when the last words of a removed gateway arrive.
      if (existsSync(this.home)) appendFileSync(this.logFile, chunk);
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    const ended = (): void => {
      if (this.#child === child) this.#child = null;
      forget();
    };
    child.once('exit', ended);
    child.once('error', ended);
    this.#child = child;
  }

  async #listening(): Promise<void> {
    const deadline = Date.now() + 120_000;
    while (this.#child && Date.now() < deadline) {
      // Any HTTP answer will do here; whether clients are admitted is what `ready()` finds out.
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

  /**
   * Resolves when the gateway admits clients, which is seconds after its port opens, to the `Date.now()` of
   * that moment (precise to `everyMs`). Call it after {@link start} or {@link launch}.
   */
  async ready(options: { everyMs?: number; limitMs?: number } = {}): Promise<number> {
    const auth = await this.#credentials();
    return untilAdmitted(this.url, auth, { ...options, isHopeless: () => !this.#child }).catch((error) => {
      throw new Error(`${error.message}\n${this.log().slice(-2000)}`);
    });
  }

  /** What this gateway wants of those who have no device: by its configuration as it is now. */
  async #credentials(): Promise<Credentials> {
    const { gateway } = JSON.parse(await readFile(this.configFile, 'utf8'));
    const { token, password }: Credentials = gateway?.auth ?? {};
    return token ? { token } : password ? { password } : {};
  }

  /** Sends a signal to the whole process group. Does nothing if it is not running. */
  signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    if (signal === 'SIGSTOP' || signal === 'SIGCONT') this.#isHalted = signal === 'SIGSTOP';
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

  /**
   * Starts a relay of its own on the usual port, as the native messaging host of 2026.9 does. Resolves when it takes
   * connections, to what ends it.
   */
  async startStandaloneRelay(): Promise<() => Promise<void>> {
    const port = this.port + 10;
    const child = spawn(process.execPath, [relayEntry(this.version), '--port', String(port)], {
      cwd: this.home,
      env: this.#env(),
      stdio: 'ignore',
      detached: process.platform !== 'win32',
    });
    const forget = child.pid === undefined ? () => {} : keepGroup(child.pid);
    const gone = new Promise<void>((done) => child.once('exit', () => done(forget())));
    await until(30_000, 'the relay to take connections', () => takesConnections(port), 100);
    return () => {
      child.kill('SIGTERM');
      return gone;
    };
  }

  /** Runs the gateway's own command line against this gateway and returns its standard output. */
  async cli(...args: string[]): Promise<string> {
    return this.#run(process.execPath, [openclawEntry(this.version), ...args], this.#env());
  }

  /** Runs a command that uses this gateway's home. It ends when the home is removed. */
  async #run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
    const { signal } = this.#removal;
    signal.throwIfAborted();
    const command = runCommand(program, args, { cwd: this.home, env, timeout: CLI_LIMIT_MS, signal });
    this.#commands.add(command);
    try {
      return (await command).stdout;
    } finally {
      this.#commands.delete(command);
    }
  }

  /**
   * Runs a whole command line as a user would type it: by the shell, with `openclaw` and `node` found on the path.
   * Not on Windows.
   */
  async shell(command: string): Promise<string> {
    const bin = join(this.home, 'bin');
    await mkdir(bin, { recursive: true });
    const script = `#!/bin/sh\nexec "${process.execPath}" "${openclawEntry(this.version)}" "$@"\n`;
    await writeFile(join(bin, 'openclaw'), script, { mode: 0o755 });
    const path = [bin, dirname(process.execPath), process.env.PATH].join(':');
    return this.#run('/bin/sh', ['-c', command], { ...this.#env(), PATH: path });
  }

  async #json<T>(...args: string[]): Promise<T> {
    const out = await this.cli(...args, '--json');
    return JSON.parse(out.slice(out.indexOf('{'))) as T;
  }

  /**
   * What the owner does at the gateway's own computer, by requests on a socket as the command line makes them: a
   * command takes a whole start of OpenClaw, 2 to 10 s. Rejects with the gateway's words if it refuses.
   */
  async asOwner<T>(act: (owner: Admin) => Promise<T>): Promise<T> {
    const { token, password } = await this.#credentials();
    const secret = token ?? password;
    await this.#owner.connect(
      secret === undefined
        ? undefined
        : { field: token ? 'token' : 'password', value: 'gateway secret', secret },
    );
    try {
      return await act(this.#owner);
    } finally {
      this.#owner.leave();
    }
  }

  /** What `openclaw devices list --json` prints. */
  devices(): Promise<{ pending: PendingRequest[]; paired: PairedDevice[] }> {
    return this.asOwner((owner) => owner.ask('device.pair.list'));
  }

  /** What `openclaw devices approve` does. */
  async approve(requestId: string): Promise<void> {
    await this.asOwner((owner) => owner.ask('device.pair.approve', { requestId }));
  }

  /** What `openclaw devices rotate` does: the device token that it holds is refused from now on. */
  async rotate(deviceId: string): Promise<void> {
    await this.asOwner((owner) => owner.ask('device.token.rotate', { deviceId, role: 'operator' }));
  }

  /** What `openclaw qr --setup-code-only` prints: a fresh setup code, by the clock of the command line. */
  async printedSetupCode(): Promise<string> {
    return (await this.cli('qr', '--setup-code-only', '--url', this.url)).trim().split('\n').at(-1) ?? '';
  }

  /** A fresh setup code, as this gateway's own pages have it made. */
  async setupCode(url = this.url): Promise<string> {
    const request = { includeQr: false, publicUrl: url };
    const made = await this.asOwner((owner) => owner.ask('device.pair.setupCode', request));
    return made.setupCode;
  }

  /** What the official Chrome extension takes to reach the relay behind this gateway. */
  async relayPairingString(): Promise<string> {
    return (await this.#json<{ pairingString: string }>('browser', 'extension', 'pair', '--local-gateway'))
      .pairingString;
  }

  /** Changes the configuration file. A running gateway notices by itself. */
  async configure(change: (config: Record<string, any>) => void | Promise<void>): Promise<void> {
    const config = JSON.parse(await readFile(this.configFile, 'utf8'));
    await change(config);
    await writeFile(this.configFile, JSON.stringify(config, null, 2));
  }

  /** All that the gateway printed since it was created. */
  log(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
  }

  /**
   * Resolves when the log tells of all that has happened: a busy gateway writes down late, so a socket that is opened and left
   * now is waited for, and so are those that were refused before. At once where the process is gone or halted, or does not
   * listen yet; after two seconds where the log tells of no sockets. Rejects if a gateway that listens takes no socket, or
   * does not tell what became of one.
   */
  async logIsWhole(): Promise<void> {
    const isMute = (): boolean => !this.isRunning || this.#isHalted;
    const from = await until(
      LOGGED_WITHIN_MS,
      'the gateway to take a socket',
      () => (isMute() ? 'nobody-listens' : passBy(this.port, LOGGED_WITHIN_MS)),
      250,
    );
    if (from === 'nobody-listens') return;
    const told = new RegExp(`→ close .*endpoint=127\\.0\\.0\\.1:${from}->`);
    const asked = Date.now();
    await until(LOGGED_WITHIN_MS, 'the gateway to tell what became of all sockets', () => {
      const log = this.log();
      const isSilent = Date.now() - asked > UNTOLD_AFTER_MS && !/\[ws\] ← open .*endpoint=/.test(log);
      return isMute() || isSilent || (told.test(log) && !isAnyUnjudged(log.slice(this.#toldBefore)));
    }).catch((error) => {
      throw new Error(`${error.message}\n${this.log().slice(-2000)}`);
    });
  }

  /** The connects that this gateway has seen since it was created, accepted and refused, in order. */
  connects(): Connect[] {
    return readConnects(this.log());
  }

  /** Stops it, with all its commands, and removes everything it wrote. It cannot be started again. */
  async remove(): Promise<void> {
    // A test that was cut short may be about to start it or to run a command, which would write anew.
    this.#removal.abort(new Error('the gateway was removed'));
    await Promise.allSettled(this.#commands);
    await this.stop('SIGKILL');
    // OpenClaw's spawn broker leads a group of its own, and so does what that started.
    const areGone = (): boolean => endAtHome(this.home) === 0;
    await until(REMOVED_WITHIN_MS, 'the last processes of a gateway to end', areGone);
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
    this.#forgetHome();
  }
}

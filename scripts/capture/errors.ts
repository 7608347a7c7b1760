/** One gateway, and clients that it refuses: what they print, and what its log says of them. */
import { readFileSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findChromium } from '../../harness/browser/find-browser.mjs';
import { connectOnce } from '../../harness/gateway/client.ts';
import { CommandLine } from '../../harness/gateway/command-line.ts';
import { newIdentity } from '../../harness/gateway/identity.ts';
import {
  createGateway,
  freePort,
  type Gateway,
  isAtLeast,
  openclawPackage,
} from '../../harness/gateway/openclaw.ts';
import { NEIGHBOUR } from '../../harness/process/private-network.ts';
import { until } from '../../harness/process/wait.ts';
import { type IdentityProxy, startIdentityProxy } from '../../harness/servers/identity-proxy.ts';
import { startHttpServer, startTlsServer } from '../../harness/servers/strange-server.ts';
import { assertClean, type Known, Placeholders } from './placeholders.ts';

/** The versions whose command lines are known to differ in what they print. */
export const ERROR_VERSIONS = ['2026.2.21', '2026.5.28', '2026.8.1', '2026.9.6'] as const;

/** Client ids and modes of programs that are no command line. */
const OTHERS = [
  ['openclaw-tui', 'ui'],
  ['openclaw-ios', 'ui'],
  ['openclaw-android', 'ui'],
  ['openclaw-macos', 'ui'],
  ['node-host', 'node'],
  ['gateway-client', 'backend'],
] as const;

const FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), '../../test/fixtures/errors');

/** Shaped like a real one. */
const WRONG = 'placeholder-of-a-secret-that-is-wrong';
const GONE = '00000000-0000-4000-8000-00000000dead';

const CUT_ID = /(requestId: )([\da-f]{8}-[\da-f-]{1,26})(?![\da-f-])/g;

/** Commands that run until somebody ends them, and when that is. */
const ENDLESS = ['tui', 'node'];
const ENDLESS_MS = 30_000;

/** Lines of the log that tell of a client; everything else in it is of no interest. */
const TELLING = /closed before connect|unauthorized|device access upgrade|device pairing|proxy|handshake/i;
/** What tells one kind of such a line from another. */
const KIND = /→ close|closed before connect|\b(?:cause|authReason|client|reason|code)"?[=:]"?[\w-]+/g;
const MOST_LOG_LINES = 16;

export class ErrorLab {
  readonly #gateway: Gateway;
  readonly #client: CommandLine;
  #proxy: IdentityProxy | null = null;

  private constructor(gateway: Gateway, client: CommandLine) {
    this.#gateway = gateway;
    this.#client = client;
  }

  static async create(version: string): Promise<ErrorLab> {
    return new ErrorLab(await createGateway({ version }), await CommandLine.create(version));
  }

  /** What is refused by a gateway, and what that says of it. */
  async captureRefusals(): Promise<void> {
    const gateway = this.#gateway;
    await gateway.configure((config) => {
      // They take nobody for a local client who comes from a trusted proxy, their owner included.
      if (isAtLeast(gateway.version, '2026.3.0')) config.gateway.trustedProxies = ['127.0.0.1'];
    });
    await gateway.start();
    await gateway.ready();
    this.#proxy = await startIdentityProxy(gateway.port, 'X-Forwarded-Proto', 'http', this.#host);
    const { url } = this.#proxy;
    await this.#remoteCommandLine(url);
    await this.#atTheGateway();
    await this.#node(url);
    await this.#dashboard();
    await this.#others(url);
    await this.#lockedOut(url);
    await this.#logs();
    await this.#untrustedProxy(url);
    await gateway.stop('SIGTERM');
    await this.#local('stopped', 'status');
    await this.#local('stopped-gateway-status', 'gateway', 'status');
  }

  async remove(): Promise<void> {
    await this.#proxy?.close();
    await this.#gateway.remove();
    await this.#client.remove();
  }

  /** What is said where no gateway is: none is started. */
  async captureOutages(): Promise<void> {
    const closed = `ws://127.0.0.1:${await freePort()}`;
    await this.#remote('closed-port', { url: closed, token: WRONG }, 'health');
    await this.#remote('closed-port-status', { url: closed, token: WRONG }, 'status');
    const web = await startHttpServer({ status: 200, body: 'hello' });
    await this.#remote('web-server', { url: web.url, token: WRONG }, 'health');
    await web.close();
    const forbidden = await startHttpServer({ status: 403 });
    await this.#remote('http-403', { url: forbidden.url, token: WRONG }, 'health');
    await forbidden.close();
    const tls = await startTlsServer();
    await this.#remote('self-signed', { url: tls.url, token: WRONG }, 'health');
    await tls.close();
    await this.#remote('plaintext', { url: 'ws://192.0.2.10:18789', token: WRONG }, 'health');
    await this.#remote('unknown-host', { url: 'wss://gateway.invalid', token: WRONG }, 'health');
  }

  /** Command lines before 2026.3 speak with no other computer without encryption. */
  get #host(): string {
    return isAtLeast(this.#gateway.version, '2026.3.0') ? NEIGHBOUR : '127.0.0.1';
  }

  async #remoteCommandLine(url: string): Promise<void> {
    const gateway = this.#gateway;
    const right = { url, token: gateway.token };
    await this.#remote('no-secret', { url }, 'health');
    await this.#remote('wrong-secret', { url, token: WRONG }, 'health');
    await this.#remote('wrong-secret-status', { url, token: WRONG }, 'status');
    await this.#remote('wrong-secret-gateway-status', { url, token: WRONG }, 'gateway', 'status');
    await this.#remote('wrong-secret-doctor', { url, token: WRONG }, 'doctor', '--non-interactive');
    await this.#remote('tls-on-plain', { url: url.replace('ws:', 'wss:'), token: WRONG }, 'health');
    await this.#remote('not-approved', right, 'health');
    await this.#remote('not-approved-status', right, 'status');
    await this.#remote('not-approved-logs', right, 'logs', '--limit', '5');
    await this.#remote('not-approved-tui', right, 'tui');
    await this.#approveAll();
    await this.#remote('more-scopes', right, 'devices', 'list');
    await this.#remote('missing-scope', right, 'gateway', 'call', 'config.get');
    await this.#approveAll();
    await this.#remote('approved', right, 'health');
    const { paired } = await gateway.devices();
    const ours = paired.filter(({ clientId }: any) => clientId !== undefined).map(({ deviceId }) => deviceId);
    await gateway.asOwner(async (owner) => {
      for (const deviceId of ours) {
        await owner.ask('device.token.rotate', { deviceId, role: 'operator' }).catch(() => {});
      }
    });
    await this.#remote('rotated', { url }, 'health');
    await gateway.asOwner(async (owner) => {
      for (const deviceId of ours) await owner.ask('device.pair.remove', { deviceId }).catch(() => {});
    });
    await this.#remote('removed', right, 'health');
  }

  async #approveAll(): Promise<void> {
    const { pending } = await this.#gateway.devices();
    for (const { requestId } of pending) await this.#gateway.approve(requestId);
  }

  async #atTheGateway(): Promise<void> {
    await this.#local('approve-gone', 'devices', 'approve', GONE);
    await this.#local('qr-loopback', 'qr', '--setup-code-only');
    await this.#local('url-override', 'gateway', 'call', 'health', '--url', this.#gateway.url);
    await this.#local('second-gateway', 'gateway', 'run', '--port', String(this.#gateway.port));
  }

  async #node(url: string): Promise<void> {
    const { hostname: host, port } = new URL(url);
    const run = ['node', 'run', '--host', host.replace(/[[\]]/g, ''), '--port', port];
    await this.#remote('node-wrong-secret', { url, token: WRONG }, ...run);
    await this.#remote('node-not-approved', { url, token: this.#gateway.token }, ...run);
  }

  /** A tab with a stale secret: what its page shows, and what its console says. */
  async #dashboard(): Promise<void> {
    const executablePath = findChromium();
    if (!executablePath) throw new Error('There is no Chromium here yet. Run: npm run setup');
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      const said: string[] = [];
      page.on('console', (message) => said.push(`${message.location().url}: ${message.text()}`));
      await page.goto(`${this.#gateway.url.replace('ws:', 'http:')}/#token=${WRONG}`);
      await page.waitForTimeout(8_000);
      // What the page folds away is what people copy.
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
      });
      const shown = await page.evaluate(() => document.body.innerText);
      await this.#write('dashboard-page', shown);
      await this.#write('dashboard-console', said.join('\n'));
    } finally {
      await browser.close();
    }
  }

  /** Clients that do not run here, by their first frame: what the gateway's log tells of each. */
  async #others(url: string): Promise<void> {
    const credential = { field: 'token', value: 'wrong gateway secret', secret: WRONG } as const;
    for (const [id, mode] of OTHERS) {
      const before = this.#logFile().length;
      const attempt = { profile: { id, mode, caps: [] }, identity: newIdentity(), origin: null, credential };
      await connectOnce(url, attempt);
      const told = (): string => this.#logFile().slice(before);
      await until(10_000, 'the log to tell of it', () => told().includes('closed before connect'));
      await this.#write(`log-of-${id}`, telling(told()));
    }
  }

  async #lockedOut(url: string): Promise<void> {
    const credential = { field: 'token', value: 'wrong gateway secret', secret: WRONG } as const;
    const profile = { id: 'cli', mode: 'cli', caps: [] };
    for (let count = 0; count < 14; count += 1)
      await connectOnce(url, { profile, identity: newIdentity(), origin: null, credential });
    await this.#remote('locked-out', { url, token: this.#gateway.token }, 'health');
  }

  /** The gateway's side, as its console and its file have it. */
  async #logs(): Promise<void> {
    await this.#write('gateway-console', telling(this.#gateway.log()));
    await this.#write('gateway-log-file', telling(this.#logFile()));
  }

  #logFile(): string {
    return readFileSync(join(this.#gateway.home, 'openclaw.log'), 'utf8');
  }

  async #untrustedProxy(url: string): Promise<void> {
    const gateway = this.#gateway;
    await gateway.stop();
    await gateway.configure((config) => {
      delete config.gateway.trustedProxies;
    });
    await gateway.start();
    await gateway.ready();
    await this.#remote('untrusted-proxy', { url, token: gateway.token }, 'health');
  }

  /** A command on another computer than the gateway's: a home of its own, and the gateway's address in it. */
  async #remote(
    situation: string,
    remote: { url: string; token?: string },
    ...args: string[]
  ): Promise<void> {
    await this.#client.configure(remote);
    const secret = args[0] === 'node' && remote.token ? { OPENCLAW_GATEWAY_TOKEN: remote.token } : {};
    const { text } = await this.#client.run(args, {
      env: secret,
      hasTerminal: args[0] === 'tui',
      ...(ENDLESS.includes(args[0] ?? '') && { limitMs: ENDLESS_MS }),
    });
    await this.#write(situation, `$ openclaw ${args.join(' ')}\n${text}`);
  }

  /** A command at the gateway's own computer. */
  async #local(situation: string, ...args: string[]): Promise<void> {
    const { text } = await CommandLine.of(this.#gateway).run(args);
    await this.#write(situation, `$ openclaw ${args.join(' ')}\n${text}`);
  }

  async #write(situation: string, text: string): Promise<void> {
    const { version, home, token, port } = this.#gateway;
    const known: Known = [
      [token, 'placeholder-gateway-secret'],
      [String(port), '18789'],
      [this.#client.home, '/home/user'],
      [home, '/home/user'],
      [realpathSync(openclawPackage(version)), '/usr/lib/node_modules/openclaw'],
      [realpathSync(dirname(openclawPackage(version))), '/usr/lib/node_modules'],
      [process.execPath, '/usr/bin/node'],
      [hostname(), 'gateway-host'],
    ];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's own
    const colours = /\u001b\[[\d;?]*[A-Za-z]|\u001b[()][A-Z0-9]|\r/g;
    const clean = new Placeholders(known)
      .text(text)
      .replace(colours, '')
      .replaceAll(NEIGHBOUR, '192.168.1.20')
      .replace(/(192\.168\.1\.20):\d+/g, '$1:18789')
      .replace(/(--port |port=)\d+/g, (_, name) => `${name}18789`)
      .replace(/conn=[\da-f]{8}…[\da-f]{4}/g, 'conn=00000000…0001')
      .replace(/\b[\dA-F]{16}(?=:error)/g, '0000000000000000')
      // A close reason is cut off at about 120 characters, also in the middle of an id.
      .replace(CUT_ID, (_, name: string, id: string) => `${name}${GONE.slice(0, id.length)}`)
      .replace(/^(node host PATH: ).*$/gm, '$1/usr/local/bin:/usr/bin:/bin')
      .replace(/\bpid[ =:]+\d+/gi, 'pid 4242')
      .replace(/\blinux \d+\.\d+\.\d+[\w.-]*/g, 'linux 6.8.0')
      .replace(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d/g, '2026-01-01T12:00:00')
      .replace(/[ \t]+$/gm, '')
      .trim();
    assertClean(clean, known.slice(0, 1));
    const folder = join(FOLDER, version);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${situation}.txt`), `${clean}\n`);
    console.log(`  ${situation}: ${clean.length} characters`);
  }
}

/** The lines that tell of a client, one of each kind: the same refusal is told once for each attempt. */
function telling(log: string): string {
  const kinds = new Map<string, string>();
  for (const line of log.split('\n'))
    if (TELLING.test(line) && !line.includes('startup-sidecars') && !line.includes('code=1005'))
      kinds.set((line.match(KIND) ?? []).join(' '), line);
  return [...kinds.values()].slice(-MOST_LOG_LINES).join('\n');
}

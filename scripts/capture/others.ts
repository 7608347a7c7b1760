/** One gateway, other clients, and somebody who reads of them with the right to read. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectLive, connectOnce } from '../../harness/gateway/client.ts';
import {
  type Attempt,
  COPILOT,
  type Credential,
  EXTENSION_ORIGIN,
  GATEWAY_CLIENT,
  type Identity,
  newIdentity,
} from '../../harness/gateway/identity.ts';
import { createGateway } from '../../harness/gateway/openclaw.ts';
import { Reader } from '../../harness/gateway/reader.ts';
import { startRemoteProxy } from '../../harness/servers/remote-proxy.ts';
import { assertClean, Placeholders } from './placeholders.ts';

const FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), '../../test/fixtures/others');

/** Shaped like a real one. */
const WRONG = 'placeholder-of-a-secret-that-is-wrong';

/** More than the ten that lock everybody out. */
const MOST_REFUSALS = 60;

/** Milliseconds. The log is written a moment after the socket is closed. */
const LOG_DELAY_MS = 700;

/** What a gateway says of frames where it was started with `--verbose`, as those of tests are. */
const VERBOSE = /"1":"(?:⇄|←|→) /;
const MOST_LINES = 12;

/** What one situation left. */
export interface Told {
  /** As `logs.tail` gave them, without what only a verbose gateway says; of very many the first and the last. */
  lines: string[];
  /** As `system-presence` gave it afterwards; absent where it was the same before. */
  presence?: unknown;
}

/** A file of `test/fixtures/others`. */
export interface OthersCapture {
  version: string;
  /** Each device by the name of its client; `reader` is the one that read. */
  devices: Record<string, string>;
  situations: Record<string, Told>;
}

interface Program {
  readonly id: string;
  readonly mode: string;
  readonly role?: string;
  readonly scopes?: readonly string[];
  readonly origin?: string | null;
}

const CLI: Program = { id: 'cli', mode: 'cli' };
const NODE: Program = { id: 'node-host', mode: 'node', role: 'node', scopes: [] };
const OTHERS: Readonly<Record<string, Program>> = {
  tui: { id: 'openclaw-tui', mode: 'ui' },
  ios: { id: 'openclaw-ios', mode: 'ui' },
  android: { id: 'openclaw-android', mode: 'ui' },
  macos: { id: 'openclaw-macos', mode: 'ui' },
  command: { id: 'gateway-client', mode: 'backend' },
};

/** What a list says without its times. */
let lastPresence = '';

/** What was written since the last time, and who is there now. */
async function toldTo(reader: Reader): Promise<Told> {
  const all = (await reader.tail()).filter((line) => !VERBOSE.test(line));
  const lines = all.length > MOST_LINES ? [...all.slice(0, 4), ...all.slice(-4)] : all;
  const presence = await reader.ask('system-presence');
  const text = JSON.stringify(presence).replace(/"(?:ts|onlineSince)":\d+/g, '');
  const isSame = text === lastPresence;
  lastPresence = text;
  return isSame ? { lines } : { lines, presence };
}

export async function captureOthers(version: string): Promise<void> {
  console.log(`== ${version}`);
  const gateway = await createGateway({ version });
  const identities: Record<string, Identity> = {};
  const situations: Record<string, Told> = {};
  try {
    await gateway.configure((config) => {
      // Gateways before 2026.3 take nobody for a local client who comes from a trusted proxy, their owner included.
      if (!version.startsWith('2026.2.')) config.gateway.trustedProxies = ['127.0.0.1'];
      config.gateway.auth.rateLimit = { maxAttempts: MOST_REFUSALS };
    });
    await gateway.start();
    await gateway.ready();
    const proxy = await startRemoteProxy(gateway.port);
    const right: Credential = { field: 'token', value: 'gateway secret', secret: gateway.token };
    const wrong: Credential = { field: 'token', value: 'wrong gateway secret', secret: WRONG };
    const dashboard = {
      id: 'openclaw-control-ui',
      mode: 'webchat',
      origin: gateway.url.replace('ws:', 'http:'),
    };
    const reader = await Reader.create(gateway, right);
    identities.reader = reader.identity;

    const attemptOf = (name: string, program: Program, credential?: Credential): Attempt => {
      identities[name] ??= newIdentity();
      const { id, mode, role, scopes, origin = null } = program;
      return {
        profile: { id, mode, caps: [] },
        identity: identities[name],
        credential,
        origin,
        ...(role && { role }),
        ...(scopes && { scopes }),
        extra: { client: { id, mode, displayName: 'box', version: '2026.1.1', platform: 'linux' } },
      };
    };
    const note = async (situation: string, happens: () => Promise<unknown>): Promise<void> => {
      await happens().catch((error) => console.log(`  ${situation}: ${error.message.split('\n')[0]}`));
      await new Promise((done) => setTimeout(done, LOG_DELAY_MS));
      situations[situation] = await toldTo(reader);
      console.log(`  ${situation}: ${situations[situation].lines.length} lines`);
    };
    const refused = (situation: string, attempt: Attempt, url = proxy.url): Promise<void> =>
      note(situation, () => connectOnce(url, attempt));
    const connected = async (situation: string, attempt: Attempt, url = proxy.url): Promise<any> => {
      const [socket, { hello, error }] = await connectLive(url, attempt);
      await note(situation, async () => {
        if (!hello) throw new Error(`refused: ${error?.message}`);
      });
      socket.leave();
      await note(`${situation}-left`, async () => {});
      return hello;
    };
    const tokenOf = (hello: any): Credential => ({
      field: version.startsWith('2026.2.') ? 'token' : 'deviceToken',
      value: 'device token',
      secret: hello?.auth?.deviceToken ?? WRONG,
    });

    lastPresence = '';
    await note('nothing', async () => {});
    const cli = attemptOf('cli', CLI, right);
    await refused('cli-not-paired', cli);
    await refused('cli-not-paired-again', cli);
    await note('cli-approved', () =>
      gateway.asOwner((owner) => owner.approve(identities.cli?.deviceId ?? '')),
    );
    const hello = await connected('cli-connected', cli);
    await refused('cli-more-scopes', { ...cli, scopes: ['operator.read', 'operator.write'] });
    await refused('cli-other-role', { ...cli, role: 'node', scopes: [] });
    await note('cli-rotated', async () => {
      await gateway.rotate(identities.cli?.deviceId ?? '');
      await connectOnce(proxy.url, { ...cli, credential: tokenOf(hello) });
    });
    await note('cli-removed', async () => {
      await gateway.asOwner((owner) =>
        owner.ask('device.pair.remove', { deviceId: identities.cli?.deviceId }),
      );
      await connectOnce(proxy.url, cli);
    });
    await refused('cli-wrong-secret', attemptOf('stale-cli', CLI, wrong));
    await refused('cli-no-credential', attemptOf('bare-cli', CLI));
    await refused('cli-bad-setup-code', {
      ...attemptOf('code-cli', CLI),
      credential: { field: 'bootstrapToken', value: 'wrong setup code', secret: WRONG },
    });
    await refused('cli-old-protocol', { ...attemptOf('old-cli', CLI, right), protocol: 2 });
    await refused('cli-bad-signature', { ...attemptOf('odd-cli', CLI, right), badSignature: true });
    await refused('dashboard-wrong-secret', attemptOf('dashboard', dashboard, wrong), gateway.url);
    await refused('dashboard-other-origin', {
      ...attemptOf('far-dashboard', dashboard, right),
      origin: 'https://gateway.example',
    });
    const page = await connected(
      'dashboard-connected',
      attemptOf('dashboard', dashboard, right),
      gateway.url,
    );
    await note('dashboard-rotated', async () => {
      await gateway.rotate(identities.dashboard?.deviceId ?? '');
      await connectOnce(gateway.url, { ...attemptOf('dashboard', dashboard), credential: tokenOf(page) });
    });
    const node = attemptOf('node', NODE, right);
    await refused('node-not-paired', node);
    await note('node-approved', () =>
      gateway.asOwner((owner) => owner.approve(identities.node?.deviceId ?? '')),
    );
    await connected('node-connected', node);
    for (const [name, program] of Object.entries(OTHERS))
      await refused(`${name}-wrong-secret`, attemptOf(name, program, wrong));
    await refused('extension-wrong-secret', {
      ...attemptOf('extension', { id: COPILOT.id, mode: COPILOT.mode }, wrong),
      profile: COPILOT,
      origin: EXTENSION_ORIGIN.replace(/.$/, 'p'),
    });
    await refused('own-wrong-secret', {
      profile: GATEWAY_CLIENT,
      identity: reader.identity,
      credential: wrong,
      origin: EXTENSION_ORIGIN,
    });
    await refused('own-not-paired', {
      profile: GATEWAY_CLIENT,
      identity: reader.identity,
      credential: right,
      origin: null,
      scopes: ['operator.read', 'operator.write'],
    });
    await note('locked-out', async () => {
      for (let count = 0; count < MOST_REFUSALS; count += 1) {
        const { error } = await connectOnce(proxy.url, attemptOf('stale-cli', CLI, wrong));
        if (/too many/i.test(error?.message ?? '')) break;
      }
      await connectOnce(proxy.url, attemptOf('cli', CLI, right));
    });
    reader.leave();
    await proxy.close();
  } finally {
    await gateway.remove();
  }
  const devices = Object.entries(identities);
  const capture: OthersCapture = {
    version,
    devices: Object.fromEntries(devices.map(([name, { deviceId }]) => [name, deviceId])),
    situations,
  };
  // A second for each situation.
  for (const [at, told] of Object.values(situations).entries()) {
    const second = `2026-01-01T12:00:${String(at).padStart(2, '0')}`;
    told.lines = told.lines.map((line) => line.replace(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d/g, second));
  }
  let text = JSON.stringify(capture, null, 1);
  for (const [name, { deviceId }] of devices) text = text.replaceAll(deviceId, `device-of-${name}-end`);
  const known = [
    [gateway.token, 'placeholder-gateway-secret'],
    [gateway.home, '/home/user'],
    [hostname(), 'gateway-host'],
  ] as const;
  text = new Placeholders(known).text(text);
  for (const [name] of devices) text = text.replaceAll(`device-of-${name}-end`, placeholderOf(name));
  for (const { address } of Object.values(networkInterfaces()).flatMap((each) => each ?? []))
    if (!/^127\.|^::1/.test(address)) text = text.replaceAll(address, '192.168.1.20');
  text = text
    .replace(/\b1[78]\d{11}\b/g, '1767268800000')
    .replace(/Port\\?":\d+/g, (port) => port.replace(/\d+/, '40000'))
    .replace(/(localPort\\":)40000/g, '$118789')
    .replace(/(?:\/[\w.-]+)+(\/node_modules\/openclaw\/)/g, '/usr/lib$1')
    .replace(/linux \d+\.\d+\.\d+[\w.-]*/g, 'linux 6.8.0')
    .replace(/\b[\da-f]{32}\b/g, '0'.repeat(32))
    .replace(/(spanId\\":\\")[\da-f]{16}/g, `$1${'0'.repeat(16)}`);
  assertClean(text, known.slice(0, 1));
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, `${version}.json`), `${text}\n`);
}

/** Shaped like a device id, the same in every run. */
const placeholderOf = (name: string): string => createHash('sha256').update(name).digest('hex');

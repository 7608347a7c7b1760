/**
 * Real OpenClaw gateways for tests, benches and `npm start`: started on a free loopback port with a home, a
 * state directory and a secret of their own, stopped by process group, removed without a trace.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gateway } from './gateway.ts';
import { compileCache, installOpenClaw, OPENCLAW_VERSION } from './openclaw-install.ts';

export type { PairedDevice, PendingRequest } from './devices.ts';
export * from './gateway.ts';
export type { Connect } from './gateway-log.ts';
export * from './openclaw-install.ts';

/** Where a gateway listens unless it is told otherwise. */
export const OPENCLAW_PORT = 18_789;

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

export interface GatewayOptions {
  version?: string;
  /** Replaces the `gateway.auth` block of the configuration. */
  auth?: Record<string, unknown>;
  port?: number;
}

/** Whether a version of OpenClaw is another one or newer. */
export const isAtLeast = (version: string, other: string): boolean =>
  version.localeCompare(other, 'en', { numeric: true }) >= 0;

/** Prepares a gateway with a home, a state directory and a secret of its own. Call `start()` next. */
export async function createGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const version = options.version ?? OPENCLAW_VERSION;
  await installOpenClaw(version, console.error);
  const home = await mkdtemp(join(tmpdir(), 'relay-health-gateway-'));
  const port = options.port ?? (await freePort());
  const token = randomBytes(24).toString('hex');
  const gateway = new Gateway(version, port, token, home);
  await mkdir(join(home, 'state'));
  await mkdir(join(home, 'tmp'));
  // Gateways before 2026.4 compile their plugins into the temporary folder: a minute, unless it was kept.
  const compiled = join(compileCache(version), 'jiti');
  await mkdir(compiled, { recursive: true });
  await symlink(compiled, join(home, 'tmp/jiti'), 'junction');
  const config = {
    gateway: { mode: 'local', port, bind: 'loopback', auth: options.auth ?? { mode: 'token', token } },
    // By default its log, pairing codes included, goes to one file of the machine that all gateways share.
    logging: { file: join(home, 'openclaw.log') },
    // Nothing leaves the machine.
    update: { checkOnStart: false },
    // Older ones refuse a setting that they do not know.
    ...(isAtLeast(version, '2026.8.1') && { models: { catalogRefresh: { enabled: false } } }),
  };
  await writeFile(gateway.configFile, JSON.stringify(config, null, 2));
  return gateway;
}

/** The proxies that people put before a gateway, as Debian has them: each with a configuration of its own, on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../gateway/openclaw.ts';
import { keepFolder, keepGroup } from '../process/sweeper.mjs';
import { selfSigned } from './self-signed.ts';

export const PROGRAMS = {
  nginx: '/usr/sbin/nginx',
  caddy: '/usr/bin/caddy',
  haproxy: '/usr/sbin/haproxy',
  apache: '/usr/sbin/apache2',
  stunnel: '/usr/bin/stunnel4',
} as const;
export type Program = keyof typeof PROGRAMS;

/** Debian's package of each. */
export const PACKAGES: Readonly<Record<Program, string>> = {
  nginx: 'nginx-light',
  caddy: 'caddy',
  haproxy: 'haproxy',
  apache: 'apache2',
  stunnel: 'stunnel4',
};

/** Those that are not installed here. */
export const missingPrograms = (): Program[] =>
  (Object.keys(PROGRAMS) as Program[]).filter((program) => !existsSync(PROGRAMS[program]));

/** What stands in a configuration for where the proxy listens, and for its folder, key and certificate. */
export interface Place {
  readonly port: number;
  readonly folder: string;
}

export interface RealProxy {
  readonly port: number;
  close(): Promise<void>;
}

const FRAMES: Readonly<Record<Program, (lines: string, place: Place) => string>> = {
  nginx: (lines, { folder }) => `pid ${folder}/pid; error_log ${folder}/error.log; daemon off;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c;
  uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
  ${lines}
}`,
  caddy: (lines) => `{
  admin off
  auto_https off
}
${lines}`,
  haproxy: (lines) => `global
  log stderr local0
defaults
  mode http
  timeout connect 3s
  timeout client 1m
  timeout server 1m
${lines}
`,
  apache: (lines, { folder, port }) => `ServerRoot ${folder}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
Listen 127.0.0.1:${port}
ServerName localhost
${[
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'auth_basic',
  'authn_file',
  'headers',
  'proxy',
  'proxy_http',
  'alias',
]
  .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
  .join('\n')}
${lines}`,
  stunnel: (lines, { folder }) => `foreground = yes
pid = ${folder}/pid
${lines}`,
};

const ARGUMENTS: Readonly<Record<Program, (file: string, folder: string) => string[]>> = {
  nginx: (file, folder) => ['-c', file, '-p', folder],
  caddy: (file) => ['run', '--config', file, '--adapter', 'caddyfile'],
  haproxy: (file) => ['-f', file, '-db'],
  apache: (file) => ['-f', file, '-DFOREGROUND'],
  stunnel: (file) => [file],
};

/** Starts one and resolves when it listens. In its folder are `key.pem`, `cert.pem` and `both.pem`, which nobody trusts. */
export async function startRealProxy(
  program: Program,
  configure: (place: Place) => string,
): Promise<RealProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-health-proxy-'));
  const forgetFolder = keepFolder(folder);
  const port = await freePort();
  const place = { port, folder };
  const file = join(folder, program === 'caddy' ? 'Caddyfile' : 'proxy.conf');
  const { key, cert } = selfSigned();
  await mkdir(join(folder, 'logs'));
  await writeFile(join(folder, 'key.pem'), key);
  await writeFile(join(folder, 'cert.pem'), cert);
  await writeFile(join(folder, 'both.pem'), cert + key, { mode: 0o600 });
  await writeFile(file, FRAMES[program](configure(place), place));
  const child = spawn(PROGRAMS[program], ARGUMENTS[program](file, folder), {
    cwd: folder,
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const forgetGroup = child.pid === undefined ? () => {} : keepGroup(child.pid);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2_000);
    });
  }
  const close = async (): Promise<void> => {
    await ended(child);
    forgetGroup();
    await rm(folder, { recursive: true, force: true });
    forgetFolder();
  };
  const deadline = Date.now() + 15_000;
  while (!(await listens(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await close();
      throw new Error(`${program} does not start: ${said}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return { port, close };
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

/** With all that it started. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const gone = new Promise((done) => child.once('exit', done));
  process.kill(-child.pid, 'SIGTERM');
  const late = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), 3_000);
  await gone;
  clearTimeout(late);
}

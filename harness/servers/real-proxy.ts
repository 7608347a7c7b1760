/** The proxies that people put before a gateway, as Debian has them: each with a configuration of its own, on loopback. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../gateway/openclaw.ts';
import { startListening } from './listening-program.ts';
import { type Certified, selfSigned } from './self-signed.ts';

export const PROGRAMS = {
  nginx: '/usr/sbin/nginx',
  caddy: '/usr/bin/caddy',
  haproxy: '/usr/sbin/haproxy',
  apache: '/usr/sbin/apache2',
  stunnel: '/usr/bin/stunnel4',
} as const;
export type Program = keyof typeof PROGRAMS;

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
  // Its workers would be nobody, and its folder is ours alone.
  nginx: (
    lines,
    { folder },
  ) => `${process.getuid?.() === 0 ? 'user root;' : ''} pid ${folder}/pid; error_log ${folder}/error.log; daemon off;
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
  'socache_shmcb',
  'ssl',
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

interface Options {
  /** Where it listens; unless given, any free port. */
  readonly port?: number;
  /** Its key and certificate; unless given, such as nobody vouches for. */
  readonly certified?: Certified;
}

/** Starts one and resolves when it listens. In its folder are `key.pem`, `cert.pem` and `both.pem`. */
export async function startRealProxy(
  program: Program,
  configure: (place: Place) => string,
  { port, certified = selfSigned() }: Options = {},
): Promise<RealProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-health-proxy-'));
  const place = { port: port ?? (await freePort()), folder };
  const file = join(folder, program === 'caddy' ? 'Caddyfile' : 'proxy.conf');
  const { key, cert } = certified;
  const files = { [file]: FRAMES[program](configure(place), place), 'key.pem': key, 'cert.pem': cert };
  await mkdir(join(folder, 'logs'));
  for (const [name, text] of Object.entries({ ...files, 'both.pem': cert + key }))
    await writeFile(resolve(folder, name), text, { mode: 0o600 });
  const args = ARGUMENTS[program](file, folder);
  const close = await startListening({ file: PROGRAMS[program], args, folder, port: place.port });
  return { port: place.port, close };
}

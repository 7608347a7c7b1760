/**
 * Faults of what stands between: real proxies before a real gateway, TLS, tunnels and wrong addresses. Each is looked at
 * twice, without any permission and with those that diagnostics ask for; and each configuration that we advise is applied
 * and connected through.
 */

import { freePort } from '../../harness/gateway/openclaw.ts';
import type { Program } from '../../harness/servers/real-proxy.ts';
import { missingPrograms, startRealProxy } from '../../harness/servers/real-proxy.ts';
import {
  type StrangeServer,
  startHttpServer,
  startTcpServer,
  startTlsServer,
} from '../../harness/servers/strange-server.ts';
import type { Cause } from '../../src/gateway/causes.ts';
import type { Product } from '../../src/road/evidence.ts';
import type { RoadFinding } from '../../src/road/judge.ts';
import { LINES } from '../../src/road/proxies.ts';
import { type Expected, type Fault, type Scene, told, WELL } from './fault.ts';
import { BAIT, LAN_NAME, type Stage } from './stage.ts';

/** What the popup says, and what the diagnostics prove once they may look. */
interface Road {
  readonly name: string;
  readonly how: string;
  readonly cause: Cause;
  /** Where the fault lies as long as nobody may look, and the first remedy then. */
  readonly blind: readonly [location: Expected['location'], remedy: string] | RoadFinding;
  readonly seen: RoadFinding | null;
  /** The first remedy with the permissions. */
  readonly remedy: string;
  readonly place?: Expected['location'];
  play(stage: Stage): Promise<void>;
}

const offer = (stage: Stage, url: string): Promise<void> => stage.paste(`${url}#${BAIT}`);

/** One fault for each of both columns. */
function twice({ name, how, cause, blind, seen, remedy, place = 'between', play }: Road): Fault[] {
  const proved = (finding: RoadFinding | null): Expected =>
    finding === null
      ? told('reconnecting', cause, place as NonNullable<Expected['location']>, remedy)
      : {
          ...told('reconnecting', cause, place as NonNullable<Expected['location']>, remedy),
          diagnosis: finding,
        };
  const unseen: Expected = Array.isArray(blind)
    ? told('reconnecting', cause, blind[0] as NonNullable<Expected['location']>, blind[1])
    : proved(blind as RoadFinding);
  return [
    { name, how, expected: unseen, play },
    {
      name: `${name}-seen`,
      how: 'the same, with the permissions',
      expected: proved(seen),
      mayLook: true,
      play,
    },
  ];
}

const HANDSHAKE = ['unknown', 'gateway-status'] as const;

const page = (status: number, body: string, headers: Record<string, string> = {}) =>
  startHttpServer({ status, body, ...headers } as any);

/** Answers whatever it is asked with these bytes. */
const says = (answer: string): Promise<StrangeServer> =>
  startTcpServer((socket) => {
    socket.on('data', () => socket.end(answer.replace(/\n/g, '\r\n')));
  });

const http = (name: string, how: string, answer: string, seen: RoadFinding, remedy: string): Road => ({
  name,
  how,
  cause: 'handshake-failed',
  blind: HANDSHAKE,
  seen,
  remedy,
  play: async (stage) => offer(stage, (await stage.meet(says(answer))).url),
});

const answer = (head: string, body: string, type = 'text/html'): string =>
  `HTTP/1.1 ${head}\nContent-Type: ${type}\nContent-Length: ${body.length}\nConnection: close\n\n${body}`;

const STRANGE: readonly Road[] = [
  http(
    'way-502',
    'HTTP 502 to everything',
    answer('502 Bad Gateway', 'x'),
    'proxy-no-gateway',
    'gateway-status',
  ),
  http('way-503', 'HTTP 503 to everything', answer('503 Away', 'x'), 'proxy-no-gateway', 'gateway-status'),
  http('way-504', 'HTTP 504 to everything', answer('504 Late', 'x'), 'proxy-no-gateway', 'gateway-status'),
  http(
    'way-521',
    'HTTP 521, as Cloudflare says',
    answer('521 Down', 'x'),
    'proxy-no-gateway',
    'gateway-status',
  ),
  http('way-403', 'HTTP 403 and a page', answer('403 Forbidden', 'x'), 'proxy-denies', 'open-page'),
  http('way-404', 'HTTP 404 and a page', answer('404 Not Found', 'x'), 'path-not-served', 'check-address'),
  http(
    'way-page',
    'somebody else’s page',
    answer('200 OK', '<title>Hi</title>'),
    'other-program',
    'check-address',
  ),
  http(
    'way-login',
    'a login page for everything',
    answer('200 OK', '<title>Sign in</title><input type=password>'),
    'login-page-in-front',
    'open-page',
  ),
  http('way-401', 'HTTP 401 and a page', answer('401 Unauthorized', 'x'), 'login-page-in-front', 'open-page'),
  http(
    'way-basic',
    'basic authentication',
    answer('401 Unauthorized\nWWW-Authenticate: Basic realm="x"', 'x'),
    'basic-auth-in-front',
    'open-page',
  ),
  {
    name: 'way-redirect',
    how: 'a redirect to a login on another host, which does not answer here',
    cause: 'gateway-unreachable',
    blind: ['gateway', 'gateway-status'],
    seen: 'login-page-in-front',
    remedy: 'open-page',
    play: async (stage) =>
      offer(stage, (await stage.meet(says(answer('302 Found\nLocation: http://login.example/', '')))).url),
  },
  http(
    'way-attribution',
    'the JSON of a gateway that does not trust its proxy',
    answer(
      '403 Forbidden',
      '{"error":{"message":"x","type":"proxy_attribution_required"}}',
      'application/json',
    ),
    'proxy-untrusted',
    'show-trusted-proxies',
  ),
  http(
    'way-control-ui',
    'the Control UI’s page, and no WebSocket',
    answer('200 OK', '<title>OpenClaw Control</title>'),
    'proxy-no-websocket',
    'pass-websockets',
  ),
  {
    name: 'way-slash',
    how: 'a path that is redirected to itself with a slash',
    cause: 'gateway-unreachable',
    blind: ['gateway', 'gateway-status'],
    seen: 'path-moves',
    remedy: 'check-address',
    play: async (stage) =>
      offer(stage, `${(await stage.meet(says(answer('301 Moved\nLocation: /claw/', '')))).url}/claw`),
  },
  {
    name: 'way-reset',
    how: 'a port that accepts and closes, as a tunnel without an end does',
    cause: 'gateway-unreachable',
    blind: ['gateway', 'gateway-status'],
    seen: 'tunnel-without-gateway',
    remedy: 'check-tunnel',
    play: async (stage) =>
      offer(stage, (await stage.meet(startTcpServer((socket) => void socket.resetAndDestroy()))).url),
  },
  {
    name: 'way-certificate',
    how: 'a certificate of its own making',
    cause: 'gateway-unreachable',
    blind: ['unknown', 'gateway-status'],
    seen: 'certificate-not-trusted',
    remedy: 'open-page',
    play: async (stage) => offer(stage, (await stage.meet(startTlsServer())).url),
  },
  {
    name: 'way-tls-to-plain',
    how: 'wss to a server that speaks plain HTTP',
    cause: 'gateway-unreachable',
    blind: ['unknown', 'gateway-status'],
    seen: 'scheme-wrong',
    remedy: 'use-this-address',
    play: async (stage) => offer(stage, (await stage.meet(page(200, ''))).url.replace('ws:', 'wss:')),
  },
  {
    name: 'way-plain-to-tls',
    how: 'ws to a server that speaks TLS, with a certificate of its own making',
    cause: 'gateway-unreachable',
    blind: ['gateway', 'gateway-status'],
    seen: 'scheme-wrong',
    remedy: 'use-this-address',
    play: async (stage) => offer(stage, (await stage.meet(startTlsServer())).url.replace('wss:', 'ws:')),
  },
  {
    name: 'way-name',
    how: 'a name that does not resolve',
    cause: 'gateway-unreachable',
    blind: ['unknown', 'gateway-status'],
    seen: 'name-unknown',
    remedy: 'check-address',
    play: (stage) => offer(stage, 'ws://no-such-box.lan:18789'),
  },
  {
    name: 'way-closed',
    how: 'a closed port of another computer',
    cause: 'gateway-unreachable',
    blind: ['unknown', 'gateway-status'],
    seen: 'port-closed',
    remedy: 'gateway-status',
    play: async (stage) => offer(stage, `ws://${LAN_NAME}:${await freePort()}`),
  },
  {
    name: 'way-unsafe',
    how: 'a port that browsers never connect to',
    cause: 'gateway-unreachable',
    blind: 'port-unsafe',
    seen: 'port-unsafe',
    remedy: 'use-usual-port',
    place: 'browser',
    play: (stage) => offer(stage, 'ws://127.0.0.1:6000'),
  },
  {
    name: 'way-control-port',
    how: 'the port of the control service, which nothing listens on',
    cause: 'gateway-unreachable',
    blind: 'wrong-port',
    seen: 'wrong-port',
    remedy: 'use-usual-port',
    play: (stage) => offer(stage, 'ws://127.0.0.1:18791'),
  },
];

/** The proxies see this browser at 127.0.0.1, which no client behind a real one is: it is given another address. */
const CLIENT = '192.0.2.7';

const aimed = (text: string, port: number): string =>
  text
    .replaceAll('127.0.0.1:18789', `127.0.0.1:${port}`)
    .replace('$remote_addr', CLIENT)
    .replace('"expr=%{REMOTE_ADDR}"', CLIENT)
    .replace('%[src]', CLIENT);

type Tried = Extract<Product, 'nginx' | 'caddy' | 'apache' | 'haproxy'>;

/** Our lines, put where they belong in the configuration of each. `more`: beside them, on the same level. */
const SITES: Readonly<Record<Tried, (lines: string, more: string, port: number) => string>> = {
  nginx: (lines, more, port) => `${more.split('\n\n')[0] ?? ''}
  server { listen 127.0.0.1:${port}; ${more.split('\n\n')[1] ?? ''} ${lines} }`,
  caddy: (lines, more, port) => `http://127.0.0.1:${port} {
${more}
${lines.replace(/^(reverse_proxy \S+)$/m, `$1 {\n  header_up X-Forwarded-For ${CLIENT}\n}`)}
}`,
  apache: (lines, more) => `${more}\n${lines}`,
  haproxy: (lines, more, port) => `${more.split('\n\n')[0] ?? ''}
listen site
  bind 127.0.0.1:${port}
  ${more.split('\n\n')[1] ?? ''}
${lines}`,
};

const linesOf = (product: Tried, port: number): string => aimed(LINES.forward[product]?.text ?? '', port);

/** A hash of "pass" for Caddy, whose login nobody here passes. */
const HASH = '$2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG';

/** A login before the gateway that lets WebSockets through, with our lines. */
const EXEMPT: Readonly<Record<Tried, (folder: string) => string>> = {
  nginx: (folder) =>
    (LINES.exempt.nginx?.text ?? '').replace(
      /# in the server.*\n/,
      `\nauth_basic_user_file ${folder}/cert.pem;\n`,
    ),
  caddy: () => (LINES.exempt.caddy?.text ?? '').replace('<hash>', HASH),
  apache: (folder) => `<Location "/">
AuthType Basic
AuthName login
AuthUserFile ${folder}/cert.pem
${LINES.exempt.apache?.text ?? ''}
</Location>`,
  haproxy: () => `userlist users
  user somebody insecure-password pass

${LINES.exempt.haproxy?.text ?? ''}`,
};

async function through(stage: Stage, program: Program, configure: (port: number, folder: string) => string) {
  const proxy = await startRealProxy(program, ({ port, folder }) => configure(port, folder));
  stage.atEnd(() => proxy.close());
  return `ws://127.0.0.1:${proxy.port}`;
}

const TRIED: readonly Tried[] = ['nginx', 'caddy', 'apache', 'haproxy'];

const real = (
  name: string,
  how: string,
  program: Program,
  seen: RoadFinding,
  remedy: string,
  configure: (gateway: number, port: number, folder: string) => string,
): Road => ({
  name,
  how,
  cause: 'handshake-failed',
  blind: HANDSHAKE,
  seen,
  remedy,
  play: async (stage) =>
    offer(
      stage,
      await through(stage, program, (port, folder) => configure(stage.gateway.port, port, folder)),
    ),
});

/** Before a gateway that trusts no proxy. */
const UNTRUSTED: readonly Road[] = TRIED.map((product) =>
  real(
    `way-untrusted-${product}`,
    `${product} as we advise it, before a gateway that does not trust it`,
    product,
    'proxy-untrusted',
    'show-trusted-proxies',
    (gateway, port) => SITES[product](linesOf(product, gateway), '', port),
  ),
);

/** Without what passes WebSockets on. */
const DEAF: readonly Road[] = [
  real(
    'way-deaf-nginx',
    'nginx without the headers of an upgrade',
    'nginx',
    'proxy-no-websocket',
    'pass-websockets',
    (gateway, port) =>
      `server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${gateway}; proxy_set_header X-Forwarded-For ${CLIENT}; } }`,
  ),
  real(
    'way-deaf-apache',
    'Apache without upgrade=websocket',
    'apache',
    'proxy-no-websocket',
    'pass-websockets',
    (gateway) => linesOf('apache', gateway).replace(' upgrade=websocket', ''),
  ),
];

/** Something of the proxy's own. */
const OWN: readonly Road[] = [
  real(
    'way-away-nginx',
    'nginx before a port that is closed',
    'nginx',
    'proxy-no-gateway',
    'gateway-status',
    (_, port) => SITES.nginx(linesOf('nginx', 1), '', port),
  ),
  real(
    'way-away-haproxy',
    'HAProxy before a port that is closed',
    'haproxy',
    'proxy-no-gateway',
    'gateway-status',
    (_, port) => SITES.haproxy(linesOf('haproxy', 1), '', port),
  ),
  real(
    'way-deny-nginx',
    'nginx that denies',
    'nginx',
    'proxy-denies',
    'open-page',
    (_, port) => `server { listen 127.0.0.1:${port}; location / { deny all; } }`,
  ),
  real(
    'way-path-nginx',
    'nginx with the gateway below another path',
    'nginx',
    'path-not-served',
    'check-address',
    (gateway, port) =>
      `server { listen 127.0.0.1:${port}; location /claw/ { proxy_pass http://127.0.0.1:${gateway}/; } }`,
  ),
  real(
    'way-login-nginx',
    'nginx with a login',
    'nginx',
    'basic-auth-in-front',
    'open-page',
    (gateway, port, folder) =>
      SITES.nginx(
        linesOf('nginx', gateway),
        `\n\nauth_basic "x"; auth_basic_user_file ${folder}/cert.pem;`,
        port,
      ),
  ),
];

/** With the configuration that we advise: an approval is all it takes. */
const cured = (
  name: string,
  how: string,
  program: Tried,
  configure: (gateway: number, port: number, folder: string) => string,
): Fault => ({
  name,
  how,
  expected: WELL,
  async play(stage) {
    const url = await through(stage, program, (port, folder) => configure(stage.gateway.port, port, folder));
    await stage.paired({ url });
  },
});

const CURED: readonly Fault[] = [
  ...TRIED.map((product) =>
    cured(`cured-${product}`, `${product} as we advise it`, product, (gateway, port) =>
      SITES[product](linesOf(product, gateway), '', port),
    ),
  ),
  ...TRIED.map((product) =>
    cured(
      `cured-login-${product}`,
      `${product} with a login that WebSockets pass, as we advise it`,
      product,
      (gateway, port, folder) => SITES[product](linesOf(product, gateway), EXEMPT[product](folder), port),
    ),
  ),
];

const missing = missingPrograms();
if (missing.length > 0)
  console.log(`not installed, and not played: ${missing.join(', ')} (npm run setup -- --proxies)`);
/** What needs a proxy that is not here is left out. */
const here = <F extends { name: string }>(faults: readonly F[]): F[] =>
  faults.filter(({ name }) => !missing.some((program) => name.includes(program)));

export const ROAD: readonly Scene[] = [
  { name: 'the way, no gateway', gateway: null, faults: STRANGE.flatMap(twice) },
  {
    name: 'the way, an untrusting gateway',
    gateway: {},
    faults: here([...UNTRUSTED, ...OWN]).flatMap(twice),
  },
  {
    name: 'the way, a trusting gateway',
    gateway: {},
    configure: (config) => {
      config.gateway.trustedProxies = ['127.0.0.1'];
    },
    faults: [...here(DEAF).flatMap(twice), ...here(CURED)],
  },
];

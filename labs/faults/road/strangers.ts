/** What stands at an address and is no gateway: servers of a few bytes, and ports that say something by their number. */
import { freePort } from '../../../harness/gateway/openclaw.ts';
import { createAuthority } from '../../../harness/servers/self-signed.ts';
import {
  type StrangeServer,
  startHttpServer,
  startTcpServer,
  startTlsServer,
} from '../../../harness/servers/strange-server.ts';
import type { RoadFinding } from '../../../src/road/judge.ts';
import { LAN_NAME, type Stage } from '../stage.ts';
import { type Blind, CLOSED, HANDSHAKE, seenBlind, UNREACHABLE, type Way } from './way.ts';

/** Answers whatever it is asked with these bytes. */
const saying = (answer: string): Promise<StrangeServer> =>
  startTcpServer((socket) => {
    socket.on('data', () => socket.end(answer.replace(/\n/g, '\r\n')));
  });

const answer = (head: string, body = '', type = 'text/html'): string =>
  `HTTP/1.1 ${head}\nContent-Type: ${type}\nContent-Length: ${body.length}\nConnection: close\n\n${body}`;

const UNATTRIBUTED = '{"error":{"message":"x","type":"proxy_attribution_required"}}';

/** Answers of HTTP, as whole responses. `path`: below which the gateway is said to be. */
const ANSWERS: readonly (readonly [
  name: string,
  how: string,
  response: string,
  seen: RoadFinding,
  blind?: Blind,
  path?: string,
])[] = [
  ['502', 'HTTP 502 to everything', answer('502 Bad Gateway', 'x'), 'proxy-no-gateway'],
  ['503', 'HTTP 503 to everything', answer('503 Away', 'x'), 'proxy-no-gateway'],
  ['504', 'HTTP 504 to everything', answer('504 Late', 'x'), 'proxy-no-gateway'],
  ['521', 'HTTP 521, as Cloudflare says', answer('521 Down', 'x'), 'proxy-no-gateway'],
  ['403', 'HTTP 403 and a page', answer('403 Forbidden', 'x'), 'proxy-denies'],
  ['404', 'HTTP 404 and a page', answer('404 Not Found', 'x'), 'path-not-served'],
  ['401', 'HTTP 401 and a page', answer('401 Unauthorized', 'x'), 'login-page-in-front'],
  ['page', 'somebody else’s page', answer('200 OK', '<title>Hi</title>'), 'other-program'],
  [
    'login',
    'a login page for everything',
    answer('200 OK', '<title>Sign in</title><input type=password>'),
    'login-page-in-front',
  ],
  [
    'basic',
    'basic authentication',
    answer('401 Unauthorized\nWWW-Authenticate: Basic realm="x"', 'x'),
    'basic-auth-in-front',
  ],
  [
    'redirect',
    'a redirect to a login on another host, which does not answer here',
    answer('302 Found\nLocation: http://login.example/'),
    'login-page-in-front',
    CLOSED,
  ],
  [
    'attribution',
    'the JSON of a gateway that does not trust its proxy',
    answer('403 Forbidden', UNATTRIBUTED, 'application/json'),
    'proxy-untrusted',
  ],
  [
    'control-ui',
    'the Control UI’s page, and no WebSocket',
    answer('200 OK', '<title>OpenClaw Control</title>'),
    'proxy-no-websocket',
  ],
  [
    'slash',
    'a path that is redirected to itself with a slash',
    answer('301 Moved\nLocation: /claw/'),
    'path-moves',
    CLOSED,
    '/claw',
  ],
];

const meeting =
  (start: () => Promise<StrangeServer>, urlOf: (url: string) => string = (url) => url) =>
  async (stage: Stage) => ({ url: urlOf((await stage.meet(start())).url) });

const OWN_NAME = '127.0.0.1';
const PUBLIC_NAME = 'gateway.example.com:443';
const DAY_MS = 86_400_000;

/** A server with a certificate of an authority that the user has installed. */
function certified(wanted: { name: string; until?: number }): Pick<Way, 'trusts' | 'stand'> {
  const authority = createAuthority();
  const from = Date.now() - 10 * DAY_MS;
  return {
    trusts: authority.cert,
    stand: meeting(() => startTlsServer(authority.issue({ ...wanted, from }))),
  };
}

const PORTS: readonly Way[] = [
  {
    name: 'way-reset',
    how: 'a port that accepts and closes, as a tunnel without an end does',
    blind: CLOSED,
    seen: 'tunnel-without-gateway',
    stand: meeting(() => startTcpServer((socket) => void socket.resetAndDestroy())),
  },
  {
    name: 'way-certificate',
    how: 'a certificate of its own making',
    blind: UNREACHABLE,
    seen: 'certificate-not-trusted',
    stand: meeting(() => startTlsServer()),
  },
  {
    name: 'way-expired',
    how: 'a certificate of a known authority that is out of date',
    blind: UNREACHABLE,
    seen: 'certificate-expired',
    ...certified({ name: OWN_NAME, until: Date.now() - DAY_MS }),
  },
  {
    name: 'way-other-name',
    how: 'a certificate of a known authority for another name',
    blind: UNREACHABLE,
    seen: 'certificate-name',
    ...certified({ name: 'other.example' }),
  },
  {
    name: 'way-tls-to-plain',
    how: 'wss to a server that speaks plain HTTP',
    blind: UNREACHABLE,
    seen: 'scheme-wrong',
    stand: meeting(
      () => startHttpServer({ status: 200 }),
      (url) => url.replace('ws:', 'wss:'),
    ),
  },
  {
    name: 'way-public-to-plain',
    how: 'wss to a public name whose server speaks plain HTTP',
    blind: UNREACHABLE,
    seen: 'tls-missing',
    maps: [PUBLIC_NAME],
    stand: async (stage) => {
      await stage.meet(startHttpServer({ status: 200, port: stage.portOf(PUBLIC_NAME) }));
      return { url: `wss://${PUBLIC_NAME}` };
    },
  },
  {
    name: 'way-plain-to-tls',
    how: 'ws to a server that speaks TLS, with a certificate of its own making',
    blind: CLOSED,
    seen: 'scheme-wrong',
    stand: meeting(
      () => startTlsServer(),
      (url) => url.replace('wss:', 'ws:'),
    ),
  },
  {
    name: 'way-name',
    how: 'a name that does not resolve',
    blind: UNREACHABLE,
    seen: 'name-unknown',
    stand: async () => ({ url: 'ws://no-such-box.lan:18789' }),
  },
  {
    name: 'way-closed',
    how: 'a closed port of another computer',
    blind: UNREACHABLE,
    seen: 'port-closed',
    stand: async () => ({ url: `ws://${LAN_NAME}:${await freePort()}` }),
  },
  {
    name: 'way-unsafe',
    how: 'a port that browsers never connect to',
    blind: seenBlind('port-unsafe'),
    seen: 'port-unsafe',
    stand: async () => ({ url: 'ws://127.0.0.1:6000' }),
  },
  {
    name: 'way-control-port',
    how: 'the port of the control service, which nothing listens on',
    blind: seenBlind('wrong-port'),
    seen: 'wrong-port',
    stand: async () => ({ url: 'ws://127.0.0.1:18791' }),
  },
];

/** Those that are reported most, and those of which Firefox has names of its own. */
const IN_FIREFOX: ReadonlySet<string> = new Set(
  'attribution control-ui 502 basic login redirect reset certificate tls-to-plain plain-to-tls name closed'.split(
    ' ',
  ),
);

const ALL: readonly Way[] = [
  ...ANSWERS.map(
    ([name, how, response, seen, blind = HANDSHAKE, path = '']): Way => ({
      name: `way-${name}`,
      how,
      blind,
      seen,
      stand: meeting(
        () => saying(response),
        (url) => url + path,
      ),
    }),
  ),
  ...PORTS,
];

/** Of all these no gateway is needed. */
export const STRANGERS: readonly Way[] = ALL.map((way) =>
  IN_FIREFOX.has(way.name.replace('way-', '')) ? { ...way, inFirefox: true } : way,
);

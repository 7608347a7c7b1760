/** Faults of ports and networks: what answers at an address that is no gateway, or does not answer. */
import { freePort } from '../../harness/gateway/openclaw.ts';
import {
  startHttpServer,
  startTcpServer,
  startTlsServer,
  startWebSocketServer,
} from '../../harness/servers/strange-server.ts';
import { type Fault, told } from './fault.ts';
import { BAIT, LAN_NAME, type Stage } from './stage.ts';

/** Pastes the address of a server with a secret that it must not get. */
const offer = (stage: Stage, url: string): Promise<void> => stage.paste(`${url}#${BAIT}`);

const CHALLENGE = JSON.stringify({
  type: 'event',
  event: 'connect.challenge',
  payload: { nonce: 'n', ts: 1_790_000_000_000 },
});

export const NETWORK: readonly Fault[] = [
  {
    name: 'nothing-listens',
    how: 'a loopback port that nothing listens on',
    expected: told('reconnecting', 'gateway-unreachable', 'gateway', 'gateway-status'),
    play: async (stage) => offer(stage, `ws://127.0.0.1:${await freePort()}`),
  },
  {
    name: 'port-silent',
    how: 'a TCP server that accepts and says nothing',
    expected: told('reconnecting', 'address-silent', 'unknown', 'gateway-status'),
    play: async (stage) => offer(stage, (await stage.meet(startTcpServer(() => {}))).url),
  },
  {
    name: 'port-resets',
    how: 'a TCP server that accepts and resets',
    expected: told('reconnecting', 'gateway-unreachable', 'gateway', 'gateway-status'),
    play: async (stage) =>
      offer(stage, (await stage.meet(startTcpServer((socket) => void socket.resetAndDestroy()))).url),
  },
  {
    name: 'web-server-404',
    how: 'a web server that answers 404 to everything',
    expected: told('reconnecting', 'handshake-failed', 'unknown', 'gateway-status'),
    play: async (stage) => offer(stage, (await stage.meet(startHttpServer({ status: 404 }))).url),
  },
  {
    name: 'web-server-200',
    how: 'a web server that answers 200 and a page to everything',
    expected: told('reconnecting', 'handshake-failed', 'unknown', 'gateway-status'),
    play: async (stage) =>
      offer(stage, (await stage.meet(startHttpServer({ status: 200, body: '<title>Hello</title>' }))).url),
  },
  {
    name: 'proxy-403',
    how: 'a proxy that answers pages and refuses WebSockets with 403',
    expected: told('reconnecting', 'handshake-failed', 'unknown', 'gateway-status'),
    play: async (stage) =>
      offer(stage, (await stage.meet(startHttpServer({ status: 200, upgradeStatus: 403 }))).url),
  },
  {
    name: 'proxy-503',
    how: 'a proxy whose gateway is away: 503 to everything',
    expected: told('reconnecting', 'handshake-failed', 'unknown', 'gateway-status'),
    play: async (stage) => offer(stage, (await stage.meet(startHttpServer({ status: 503 }))).url),
  },
  {
    name: 'socket-mute',
    how: 'a WebSocket server that says nothing',
    expected: told('reconnecting', 'gateway-mute', 'gateway', 'gateway-status'),
    play: async (stage) => offer(stage, (await stage.meet(startWebSocketServer(() => {}))).url),
  },
  {
    name: 'socket-other',
    how: 'a WebSocket server that speaks another language first',
    expected: told('reconnecting', 'not-a-gateway', 'unknown', 'gateway-status'),
    play: async (stage) =>
      offer(
        stage,
        (await stage.meet(startWebSocketServer((socket) => socket.send('{"hello":"world"}')))).url,
      ),
  },
  {
    name: 'socket-echo',
    how: 'a WebSocket server that echoes',
    expected: told('reconnecting', 'gateway-mute', 'gateway', 'gateway-status'),
    play: async (stage) =>
      offer(
        stage,
        (
          await stage.meet(
            startWebSocketServer((socket) => socket.on('message', (data) => socket.send(String(data)))),
          )
        ).url,
      ),
  },
  {
    name: 'challenge-then-silence',
    how: 'a server that sends a challenge and never answers the connect',
    expected: told('needs-you', 'credential-unanswered', 'unknown', 'gateway-status', 2),
    play: async (stage) =>
      offer(stage, (await stage.meet(startWebSocketServer((socket) => socket.send(CHALLENGE)))).url),
  },
  {
    name: 'tls-untrusted',
    how: 'wss to a server with a certificate of its own making',
    expected: told('reconnecting', 'gateway-unreachable', 'unknown', 'gateway-status'),
    play: async (stage) => offer(stage, (await stage.meet(startTlsServer())).url),
  },
  {
    name: 'tls-to-plain',
    how: 'wss to a server that speaks plain HTTP',
    expected: told('reconnecting', 'gateway-unreachable', 'unknown', 'gateway-status'),
    play: async (stage) =>
      offer(stage, (await stage.meet(startHttpServer({ status: 200 }))).url.replace('ws:', 'wss:')),
  },
  {
    name: 'plain-to-tls',
    how: 'ws to a server that speaks TLS',
    expected: told('reconnecting', 'gateway-unreachable', 'gateway', 'gateway-status'),
    play: async (stage) => offer(stage, (await stage.meet(startTlsServer())).url.replace('wss:', 'ws:')),
  },
  {
    name: 'name-unknown',
    how: 'a name that does not resolve',
    expected: told('reconnecting', 'gateway-unreachable', 'unknown', 'gateway-status'),
    play: (stage) => offer(stage, 'ws://no-such-box.lan:18789'),
  },
  {
    name: 'lan-nothing-listens',
    how: 'a name of the home network that resolves, and nothing listens there',
    expected: told('reconnecting', 'gateway-unreachable', 'unknown', 'gateway-status'),
    play: async (stage) => offer(stage, `ws://${LAN_NAME}:${await freePort()}`),
  },
];

/**
 * Does a gateway admit clients? A listening port is not enough: a starting gateway accepts sockets and
 * answers `UNAVAILABLE` to every connect for several seconds. Only a whole handshake tells.
 */

/** What a gateway answered to one handshake. `at` is `Date.now()` of that answer. */
export type Handshake =
  | { admitted: true; at: number }
  | { admitted: false; at: number; code: string; why: string };

/** The credentials of a handshake as the protocol names them. */
export interface Credentials {
  token?: string;
  password?: string;
}

/** Less than the gateway's own 15 s for a handshake, more than its longest pause while it boots. */
const HANDSHAKE_LIMIT_MS = 10_000;

/** Node's own, without an Origin header, also where a bench puts a browser's in its place later. */
const { WebSocket } = globalThis;

/**
 * One full handshake as OpenClaw's own command line would do it (`cli`/`cli`, no Origin header, no device),
 * closed at once. Such clients need no pairing on loopback and leave no entry among the devices.
 */
export function tryHandshake(url: string, auth: Credentials): Promise<Handshake> {
  return new Promise((done) => {
    const socket = new WebSocket(url);
    const limit = setTimeout(() => finish('TIMEOUT', 'no answer'), HANDSHAKE_LIMIT_MS);
    const settle = (answer: Handshake): void => {
      clearTimeout(limit);
      done(answer);
      socket.close();
    };
    const finish = (code: string, why: string): void =>
      settle({ admitted: false, at: Date.now(), code, why });
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(String(data));
      if (frame.event === 'connect.challenge') socket.send(JSON.stringify(connectFrame(auth)));
      else if (frame.type === 'res' && frame.ok) settle({ admitted: true, at: Date.now() });
      else if (frame.type === 'res') finish(frame.error?.code ?? 'UNKNOWN', frame.error?.message ?? '');
    };
    socket.onclose = ({ code, reason }) => finish('CLOSED', `${code} ${reason}`.trim());
    socket.onerror = () => {}; // A close event follows, and says as little.
  });
}

const connectFrame = (auth: Credentials): unknown => ({
  type: 'req',
  id: '1',
  method: 'connect',
  params: {
    // 3 for the gateways before 2026.5.12, 4 for the others.
    minProtocol: 3,
    maxProtocol: 4,
    client: { id: 'cli', version: '0', platform: process.platform, mode: 'cli' },
    role: 'operator',
    scopes: ['operator.read'],
    auth,
  },
});

/**
 * Tries handshakes every `everyMs`, one at a time, until one is admitted; resolves to its `Date.now()`.
 * One at a time, because a gateway refuses everybody while 32 unauthenticated sockets are open.
 * Rejects after `limitMs`, or as soon as `isHopeless` says so, with the gateway's last answer.
 */
export async function untilAdmitted(
  url: string,
  auth: Credentials,
  options: { everyMs?: number; limitMs?: number; isHopeless?: () => boolean } = {},
): Promise<number> {
  const { everyMs = 100, limitMs = 120_000, isHopeless = () => false } = options;
  const deadline = Date.now() + limitMs;
  let last = 'nothing yet';
  while (Date.now() < deadline && !isHopeless()) {
    const started = Date.now();
    const answer = await tryHandshake(url, auth);
    if (answer.admitted) return answer.at;
    last = `${answer.code} ${answer.why}`.trim();
    await new Promise((next) => setTimeout(next, Math.max(0, started + everyMs - Date.now())));
  }
  throw new Error(`the gateway at ${url} did not admit a client; its last answer: ${last}`);
}

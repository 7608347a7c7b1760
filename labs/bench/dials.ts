/** The WebSocket handshakes that this process begins with one gateway, whoever begins them. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

/** One that the gateway answered. `at` is `Date.now()` at its beginning. */
export interface Dial {
  readonly at: number;
  /** HTTP status: 101, or 503 where too many sockets of one address are open that have not said who they are. */
  readonly status: number;
}

/** Notes every answered dial until `end` is called. */
export function noteDials(port: number): { dials: Dial[]; end(): void } {
  const dials: Dial[] = [];
  const onStart = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader('host') !== `127.0.0.1:${port}` || !request.hasHeader('upgrade')) return;
    const at = Date.now();
    const note = ({ statusCode = 0 }: IncomingMessage): void => void dials.push({ at, status: statusCode });
    request.once('upgrade', note).once('response', note);
  };
  subscribe('http.client.request.start', onStart);
  return { dials, end: () => void unsubscribe('http.client.request.start', onStart) };
}

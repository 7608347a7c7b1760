/** A server that took a gateway's port and talks like one. It writes down everything that it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Visit {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is said to whoever connects: nothing, or a challenge and then a refusal of every credential. */
export type Manner = 'mute' | 'refusing';

export interface LookAlike {
  readonly port: number;
  /** Plain requests, in order. */
  readonly visits: Visit[];
  /** WebSocket handshakes, in order. */
  readonly upgrades: Visit[];
  /** The `params` of every `connect`, in order. */
  readonly connects: any[];
  /** Frames that were no `connect`. */
  readonly others: string[];
  manner: Manner;
  /** The words of the next refusals, made of the `connect` that they refuse; `null` for those of a real gateway. */
  words: ((params: any) => string) | null;
  close(): Promise<void>;
}

const challenge = (): string =>
  JSON.stringify({
    type: 'event',
    event: 'connect.challenge',
    payload: { nonce: crypto.randomUUID(), ts: Date.now() },
  });

/** Refuses in the words of a real gateway (docs/gateway.md), or in others under a code that nobody knows. */
function refuse(socket: WebSocket, id: string, auth: object | undefined, words: string | null): void {
  const isToken = auth !== undefined && 'deviceToken' in auth;
  const known = isToken ? 'unauthorized: device token mismatch' : 'unauthorized: gateway token mismatch';
  const code = isToken ? 'AUTH_DEVICE_TOKEN_MISMATCH' : 'AUTH_TOKEN_MISMATCH';
  const details = { code: words === null ? code : 'HOSTILE' };
  const error = { code: 'INVALID_REQUEST', message: words ?? known, details, retryable: false };
  socket.send(JSON.stringify({ type: 'res', id, ok: false, error }));
  socket.close(1008);
}

/**
 * @param port 0: any
 * @param sendsOnTo where plain requests are redirected to
 */
export async function startLookAlike(port: number, sendsOnTo: string | null = null): Promise<LookAlike> {
  const told = {
    visits: [] as Visit[],
    upgrades: [] as Visit[],
    connects: [] as any[],
    others: [] as string[],
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      told.visits.push({ method, path, headers, body });
      // A cookie that would tell the next visit from others, if anybody kept it.
      response.setHeader('set-cookie', 'seen=before; Path=/');
      response.writeHead(sendsOnTo === null ? 200 : 307, sendsOnTo === null ? {} : { location: sendsOnTo });
      response.end('hello');
    });
  });
  const lookAlike: LookAlike = {
    ...told,
    port,
    manner: 'mute',
    words: null,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, { method = '', url: path = '', headers }) => {
    told.upgrades.push({ method, path, headers, body: '' });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      if (frame.method !== 'connect') told.others.push(String(data));
      else {
        told.connects.push(frame.params);
        refuse(socket, frame.id, frame.params.auth, lookAlike.words?.(frame.params) ?? null);
      }
    });
    if (lookAlike.manner !== 'mute') socket.send(challenge());
  });
  const address = server.address();
  return Object.assign(lookAlike, { port: typeof address === 'object' ? (address?.port ?? port) : port });
}

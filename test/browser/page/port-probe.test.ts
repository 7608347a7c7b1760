import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { firstFrame, httpAnswer } from '../../../src/browser/page/port-probe.ts';

const access = vi.hoisted(() => ({ hasHostAccess: vi.fn(async () => true) }));
vi.mock('../../../src/browser/permissions.ts', () => access);

const servers: Server[] = [];

/** A server on loopback, and its address as a gateway's. */
async function serve(answer: RequestListener, onSocket?: (socket: WebSocket) => void): Promise<string> {
  const server = createServer(answer);
  if (onSocket) new WebSocketServer({ server }).on('connection', onSocket);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `ws://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const json =
  (bodies: Readonly<Record<string, object>>, status = 200): RequestListener =>
  ({ url = '' }, response) => {
    const body = bodies[url];
    response.writeHead(body ? status : 404, {
      'content-type': body ? 'application/json; charset=utf-8' : 'text/html',
    });
    response.end(JSON.stringify(body ?? '<html>'));
  };
const never: RequestListener = () => {};

/** In a browser an error that nobody listens to is none. */
class BrowserSocket extends WebSocket {
  constructor(address: string) {
    super(address);
    this.on('error', () => {});
  }
}

beforeEach(() => vi.stubGlobal('WebSocket', BrowserSocket));
afterEach(() => {
  vi.unstubAllGlobals();
  access.hasHostAccess.mockResolvedValue(true);
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('what a port says over HTTP', () => {
  const LIVE = { ok: true, status: 'live' };

  it('is read below the gateway’s own path: beside it there may be another gateway', async () => {
    const address = await serve(
      json({
        '/a/startupz': { ok: true, status: 'started', version: '2026.9.6' },
        '/startupz': { ok: true, status: 'draining', version: '2026.8.1' },
      }),
    );
    expect(await httpAnswer(`${address}/a`, 1_000)).toMatchObject({ phase: 'started', version: '2026.9.6' });
    expect(await httpAnswer(`${address}/b`, 1_000)).toMatchObject({ kind: 'other', status: 404 });
  });

  it.each([
    [
      'a gateway since 2026.8.1',
      {
        '/startupz': { ok: true, status: 'started', version: '2026.9.6', uptimeMs: 5 },
        '/readyz': { ready: true, failing: [] },
        '/healthz': LIVE,
      },
      { kind: 'gateway', phase: 'started', version: '2026.9.6', failing: [] },
    ],
    [
      'one that starts',
      { '/startupz': { ok: false, status: 'starting', version: '2026.9.6' } },
      { kind: 'gateway', phase: 'starting', version: '2026.9.6', failing: null },
    ],
    [
      'one that drains',
      {
        '/startupz': { status: 'started', version: '2026.9.6' },
        '/readyz': { ready: false, failing: ['gateway-draining'] },
      },
      { kind: 'gateway', phase: 'draining', version: '2026.9.6', failing: ['gateway-draining'] },
    ],
    [
      'a gateway from 2026.3.1 on',
      { '/readyz': { ready: false, failing: ['channels', 7] }, '/healthz': LIVE },
      { kind: 'gateway', phase: 'live', version: null, failing: ['channels'] },
    ],
    [
      'JSON of something else',
      { '/healthz': { status: 'UP' } },
      { kind: 'other', status: 200, contentType: 'application/json' },
    ],
  ])('%s', async (_, bodies, expected) => {
    expect(await httpAnswer(await serve(json(bodies)), 2_000)).toEqual(expected);
  });

  it('a page is no proof, whatever its status: gateways up to 2026.2.26 answer everything with one', async () => {
    const page = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(JSON.stringify(LIVE));
    });
    expect(await httpAnswer(page, 2_000)).toEqual({ kind: 'other', status: 200, contentType: 'text/html' });
  });

  it('broken JSON, an endless answer and silence prove nothing either', async () => {
    const broken = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"status":');
    });
    expect(await httpAnswer(broken, 2_000)).toMatchObject({ kind: 'other' });
    expect(await httpAnswer(await serve(never), 50)).toEqual({ kind: 'silent' });
    expect(await httpAnswer('ws://127.0.0.1:1', 2_000)).toEqual({ kind: 'silent' });
  });

  it('is not asked without permission', async () => {
    access.hasHostAccess.mockResolvedValue(false);
    const answer = vi.fn<RequestListener>((_, response) => void response.end());
    expect(await httpAnswer(await serve(answer), 2_000)).toEqual({ kind: 'not-allowed' });
    expect(answer).not.toHaveBeenCalled();
  });
});

describe('the first word on a WebSocket', () => {
  const challenge = JSON.stringify({
    type: 'event',
    event: 'connect.challenge',
    payload: { nonce: 'n', ts: 1 },
  });

  it.each([
    ['a gateway speaks first', (socket: WebSocket) => socket.send(challenge), 'challenge'],
    ['another server says hello', (socket: WebSocket) => socket.send('hello'), 'other'],
    ['one sends bytes', (socket: WebSocket) => socket.send(Buffer.from([1])), 'other'],
    ['one hangs up at once', (socket: WebSocket) => socket.close(1008, 'no'), 'silent'],
    ['one says nothing', () => {}, 'silent'],
  ] as const)('%s', async (_, onSocket, expected) => {
    expect(await firstFrame(await serve(never, onSocket), 300)).toBe(expected);
  });

  it('never comes from a server without WebSockets, a port that is shut, or an address that is none', async () => {
    const plain = await serve((_, response) => void response.end('OK'));
    expect(await firstFrame(plain, 2_000)).toBe('refused');
    expect(await firstFrame('ws://127.0.0.1:1', 2_000)).toBe('refused');
    expect(await firstFrame('http no address', 2_000)).toBe('refused');
  });

  it('leaves no socket behind, and says nothing itself', async () => {
    const closed = Promise.withResolvers<number>();
    const heard = vi.fn();
    const address = await serve(never, (socket) => {
      socket.on('message', heard);
      socket.on('close', (code) => closed.resolve(code));
      socket.send(challenge);
    });
    await firstFrame(address, 2_000);
    expect(await closed.promise).toBe(1000);
    expect(heard).not.toHaveBeenCalled();
  });
});

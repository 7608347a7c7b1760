/** A visit at a relay, against servers of every kind, genuine, hostile and mute. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { openRelayKey } from '../../../src/browser/worker/relay-key.ts';
import { visitRelay } from '../../../src/browser/worker/relay-socket.ts';
import { RELAY_SUBPROTOCOL } from '../../../src/relay/protocol.ts';
import { Secret } from '../../../src/secret.ts';
import { challengeFor, INSTANCE, KEY, KEY_ID } from '../../fixtures/relay.ts';

type Hello = { type: string; v: number; keyId: string; clientNonce: string };

interface Visitor {
  /** Everything that the visitor said. */
  readonly said: string[];
  /** The code with which the visitor left. */
  left: number | null;
}

let server: WebSocketServer | null = null;

/** Starts a server that does `act` on every frame, or on every connection. */
async function serve(
  act: { onOpen?: (socket: WebSocket) => void; onHello?: (socket: WebSocket, hello: Hello) => void },
  options: { verifyClient?: () => boolean } = {},
): Promise<{ address: string; visitors: Visitor[]; gone: () => Promise<void> }> {
  const visitors: Visitor[] = [];
  const started = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
  server = started;
  started.on('connection', (socket) => {
    const visitor: Visitor = { said: [], left: null };
    visitors.push(visitor);
    act.onOpen?.(socket);
    socket.on('message', (data) => {
      visitor.said.push(String(data));
      act.onHello?.(socket, JSON.parse(String(data)) as Hello);
    });
    socket.on('close', (code) => {
      visitor.left = code;
    });
  });
  await new Promise((done) => started.once('listening', done));
  const { port } = started.address() as { port: number };
  const gone = (): Promise<void> => vi.waitFor(() => expect(visitors.every(({ left }) => left)).toBe(true));
  return { address: `ws://127.0.0.1:${port}/browser/extension`, visitors, gone };
}

const send = (socket: WebSocket, frame: unknown): void => socket.send(JSON.stringify(frame));
const key = () => openRelayKey(new Secret(KEY));

/** As in browsers: nobody has to listen for errors. */
class BrowserSocket extends WebSocket {
  constructor(address: string, protocol: string) {
    super(address, protocol);
    this.on('error', () => {});
  }
}

beforeEach(() => vi.stubGlobal('WebSocket', BrowserSocket));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  for (const client of server?.clients ?? []) client.terminate();
  server?.close();
  server = null;
});

describe('[L11] a visit with the key', () => {
  it('proves the relay, says nothing but hello, and leaves with 1000 before it could be taken for the extension', async () => {
    const { address, visitors, gone } = await serve({
      onHello: (socket, hello) => send(socket, challengeFor(hello)),
    });
    expect(await visitRelay(address, await key())).toEqual({
      sight: 'proved',
      words: null,
      instance: INSTANCE,
    });
    await gone();
    expect(visitors).toHaveLength(1);
    expect(visitors[0]?.left).toBe(1000);
    expect(visitors[0]?.said.map((text) => JSON.parse(text))).toEqual([
      { type: 'auth.hello', v: 2, keyId: KEY_ID, clientNonce: expect.stringMatching(/^[\w-]{43}$/) },
    ]);
    expect(visitors[0]?.said.join()).not.toContain(KEY);
  });

  it('asks something new every time', async () => {
    const { address, visitors } = await serve({
      onHello: (socket, hello) => send(socket, challengeFor(hello)),
    });
    await visitRelay(address, await key());
    await visitRelay(address, await key());
    const nonces = visitors.map(({ said }) => (JSON.parse(said[0] ?? '') as Hello).clientNonce);
    expect(new Set(nonces).size).toBe(2);
  });

  it.each<[string, (socket: WebSocket, hello: Hello) => void]>([
    ['another key', (socket, hello) => send(socket, challengeFor(hello, {}, 'ab'.repeat(32)))],
    ['no proof', (socket, hello) => send(socket, challengeFor(hello, { serverProof: 'A'.repeat(43) }))],
    [
      'a proof for somebody else',
      (socket, hello) => send(socket, challengeFor({ ...hello, clientNonce: 'B'.repeat(43) })),
    ],
    [
      'a proof for another address',
      (socket, hello) => send(socket, challengeFor(hello, { resource: '/browser/extension?profile=other' })),
    ],
    ['a proof for another purpose', (socket, hello) => send(socket, challengeFor(hello, { role: 'cdp' }))],
    [
      'a challenge of a shape that we do not know',
      (socket) => send(socket, { type: 'auth.challenge', v: 3 }),
    ],
  ])('is not convinced by %s', async (_, onHello) => {
    const { address } = await serve({ onHello });
    expect((await visitRelay(address, await key())).sight).toBe('unproved');
  });

  it('hears that the key is refused, in the relay’s words', async () => {
    const { address } = await serve({
      onHello: (socket) => socket.close(4003, 'browser relay auth rejected'),
    });
    expect(await visitRelay(address, await key())).toEqual({
      sight: 'key-refused',
      words: '4003 browser relay auth rejected',
      instance: null,
    });
  });
});

describe('a visit', () => {
  it('without a key shows a made-up name, and learns that a relay is there', async () => {
    const { address, visitors } = await serve({
      onHello: (socket) => socket.close(4003, 'browser relay auth rejected'),
    });
    expect(await visitRelay(address, null)).toEqual({ sight: 'relay', words: null, instance: null });
    expect(visitors[0]?.said.join()).not.toContain(KEY_ID);
  });

  it.each<[string, Parameters<typeof serve>[0], string]>([
    [
      'a busy relay',
      { onOpen: (socket) => socket.close(4013, 'browser relay auth capacity reached') },
      'busy',
    ],
    [
      'a plain gateway',
      { onOpen: (socket) => send(socket, { type: 'event', event: 'connect.challenge', payload: {} }) },
      'gateway',
    ],
    ['something else that talks', { onOpen: (socket) => socket.send('ready') }, 'foreign'],
    ['something else that hangs up', { onOpen: (socket) => socket.close(1011, 'no') }, 'foreign'],
  ])('tells %s', async (_, act, sight) => {
    const { address } = await serve(act);
    expect((await visitRelay(address, await key())).sight).toBe(sight);
  });

  it('tells somebody who would not open the socket', async () => {
    const { address } = await serve({}, { verifyClient: () => false });
    expect(await visitRelay(address, await key())).toEqual({
      sight: 'not-upgraded',
      words: null,
      instance: null,
    });
  });

  it('does not wait for ever, and hangs up', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { address, visitors } = await serve({ onHello: () => vi.advanceTimersByTimeAsync(4_000) });
    expect((await visitRelay(address, await key())).sight).toBe('silent');
    vi.useRealTimers();
    await vi.waitFor(() => expect(visitors[0]?.left).toBe(1000));
  });

  it('offers the one sub-protocol that carries no key', async () => {
    const offered: string[] = [];
    vi.stubGlobal(
      'WebSocket',
      class extends BrowserSocket {
        constructor(address: string, protocol: string) {
          super(address, protocol);
          offered.push(protocol);
        }
      },
    );
    const { address } = await serve({ onHello: (socket, hello) => send(socket, challengeFor(hello)) });
    await visitRelay(address, await key());
    expect(offered).toEqual([RELAY_SUBPROTOCOL]);
  });
});

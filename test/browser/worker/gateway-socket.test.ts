/** A gateway's socket waits for its turn to dial, and may be given up before. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const AT_ONCE = 4;
const dialled: FakeSocket[] = [];

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  readyState = 0;
  isClosed = false;
  constructor() {
    super();
    dialled.push(this);
  }
  send(): void {}
  close(): void {
    this.isClosed = true;
    this.dispatchEvent(new Event('close'));
  }
}

let openSocket: typeof import('../../../src/browser/worker/gateway-socket.ts').openSocket;
const silent = { onOpen() {}, onFrame() {}, onFlood() {}, onClose() {} };

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  vi.stubGlobal('WebSocket', FakeSocket);
  dialled.length = 0;
  ({ openSocket } = await import('../../../src/browser/worker/gateway-socket.ts'));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a socket that is closed before its turn is never dialled', () => {
  const sockets = Array.from({ length: AT_ONCE + 2 }, () => openSocket('ws://127.0.0.1:1', silent));
  sockets[AT_ONCE]?.send('said too early');
  sockets[AT_ONCE]?.close();
  for (const socket of dialled.slice(0, AT_ONCE)) socket.dispatchEvent(new Event('open'));
  expect(dialled).toHaveLength(AT_ONCE + 1);
  sockets[AT_ONCE + 1]?.close();
  expect(dialled.at(-1)?.isClosed).toBe(true);
});

it('[B2] of a gateway that sends more than it may nothing is read any more', () => {
  const [onFrame, onFlood] = [vi.fn(), vi.fn()];
  openSocket('ws://127.0.0.1:1', { ...silent, onFrame, onFlood });
  const [socket] = dialled as unknown as [{ onmessage: ((event: { data: string }) => void) | null }];
  for (let i = 0; i < 20_000; i += 1) socket.onmessage?.({ data: '{"type":"event","event":"tick"}' });
  expect(onFrame).toHaveBeenCalledTimes(10_000);
  expect(onFlood).toHaveBeenCalledOnce();
});

it('an address that the browser refuses to dial is reported as a close, and takes no turn', async () => {
  vi.stubGlobal('WebSocket', function refuse() {
    throw new SyntaxError('bad address');
  });
  const onClose = vi.fn();
  for (let i = 0; i < AT_ONCE + 1; i += 1) openSocket('no address', { ...silent, onClose });
  await vi.advanceTimersByTimeAsync(0);
  expect(onClose).toHaveBeenCalledTimes(AT_ONCE + 1);
  expect(onClose).toHaveBeenLastCalledWith(1006, '');
});

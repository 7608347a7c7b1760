/** Handshakes take turns, because Chromium makes an extension pay for those that are under way at once. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const AT_ONCE = 4;
const LONGEST_TURN_MS = 1_000;

/** A WebSocket of which the test decides what becomes. */
class Handshake extends EventTarget {
  become(state: 'open' | 'close'): void {
    this.dispatchEvent(new Event(state));
  }
}

let inTurn: (dial: () => WebSocket | null) => void;
let dialled: Handshake[];

const dial = (): WebSocket => {
  const socket = new Handshake();
  dialled.push(socket);
  return socket as unknown as WebSocket;
};

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  ({ inTurn } = await import('../../../src/browser/worker/dial.ts'));
  dialled = [];
});
afterEach(() => {
  vi.useRealTimers();
});

describe('handshakes', () => {
  it('begin at once while few are under way', () => {
    for (let i = 0; i < AT_ONCE; i += 1) inTurn(dial);
    expect(dialled).toHaveLength(AT_ONCE);
  });

  it.each(['open', 'close'] as const)('a few at a time: each %s lets the next one begin', (end) => {
    for (let i = 0; i < 50; i += 1) inTurn(dial);
    for (let over = 0; over < 50; over += 1) {
      expect(dialled).toHaveLength(Math.min(AT_ONCE + over, 50));
      dialled[over]?.become(end);
    }
  });

  it('give way after a second on a port that says nothing, once', () => {
    for (let i = 0; i < AT_ONCE * 2; i += 1) inTurn(dial);
    vi.advanceTimersByTime(LONGEST_TURN_MS);
    expect(dialled).toHaveLength(AT_ONCE * 2);
    inTurn(dial);
    for (const mute of dialled.slice(0, AT_ONCE)) mute.become('close');
    expect(dialled).toHaveLength(AT_ONCE * 2);
    dialled.at(-1)?.become('open');
    expect(dialled).toHaveLength(AT_ONCE * 2 + 1);
  });

  it('that nobody wants any more cost no turn', () => {
    for (let i = 0; i < AT_ONCE; i += 1) inTurn(dial);
    for (let i = 0; i < 10; i += 1) inTurn(() => null);
    inTurn(dial);
    dialled[0]?.become('close');
    expect(dialled).toHaveLength(AT_ONCE + 1);
  });

  it('end their turn once, though an open socket closes later', () => {
    for (let i = 0; i < AT_ONCE * 3; i += 1) inTurn(dial);
    dialled[0]?.become('open');
    dialled[0]?.become('close');
    expect(dialled).toHaveLength(AT_ONCE + 1);
  });
});

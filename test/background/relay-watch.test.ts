/** The watch with a probe that answers when the test says so. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type HandshakeBudget, RelayWatch } from '../../src/background/relay-watch.ts';
import type { RelayLook } from '../../src/browser/worker/relay-probe.ts';
import { type ConnectionState, initialState } from '../../src/gateway/state.ts';
import type { Sight } from '../../src/relay/look.ts';
import type { RelayState } from '../../src/relay/state.ts';
import { INITIAL_RELAY } from '../../src/relay/status.ts';
import { withKey } from '../../src/relay/watch.ts';

const probe = vi.hoisted(() => ({ lookAtRelay: vi.fn(), openCredential: vi.fn() }));
vi.mock('../../src/browser/worker/relay-probe.ts', () => ({ lookAtRelay: probe.lookAtRelay }));
vi.mock('../../src/browser/worker/vault.ts', () => ({ openCredential: probe.openCredential }));

const GATEWAY = {
  id: 'g',
  address: 'ws://127.0.0.1:18789',
  reach: 'loopback',
  addedAt: 1,
  name: null,
} as const;
const KEY = {
  serial: 's',
  address: 'ws://127.0.0.1:18799/extension',
  profile: null,
  addedAt: 1,
  provenAt: null,
};

/** The answers that the probe still owes, oldest first. */
let owed: ((look: RelayLook) => void)[] = [];
let connection: ConnectionState;
let isWatched: boolean;
let saved: RelayState[];
let budget: HandshakeBudget;

const EXPECTED: RelayState = { ...INITIAL_RELAY, isExpected: true };

const looksStarted = (): number => probe.lookAtRelay.mock.calls.length;

async function answer(sight: Sight = 'relay', failedHandshakes = 0): Promise<void> {
  const route = { address: `${GATEWAY.address}/browser/extension`, place: 'gateway' } as const;
  owed.shift()?.({
    observations: [{ ...route, sight, words: null, attached: 'unseen', instance: null }],
    failedHandshakes,
  });
  await vi.advanceTimersByTimeAsync(0);
}

function create(state = EXPECTED): RelayWatch {
  return new RelayWatch(GATEWAY, state, {
    budget,
    connection: () => connection,
    isWatched: () => isWatched,
    save: async (next) => void saved.push(next),
    show: () => {},
  });
}

function connect(watch: RelayWatch): void {
  const since = Date.now();
  connection = {
    ...initialState(),
    phase: { name: 'connected', since, askAt: since + 16_000, answerBy: null },
    server: { version: '2026.9.6', protocol: 4, bootId: null },
  };
  watch.connectionChanged();
}

function disconnect(watch: RelayWatch): void {
  connection = initialState();
  watch.connectionChanged();
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  vi.stubGlobal('self', { location: { protocol: 'chrome-extension:' } });
  owed = [];
  saved = [];
  budget = { failures: [], turn: Promise.resolve() };
  isWatched = false;
  connection = initialState();
  probe.openCredential.mockReset().mockResolvedValue(null);
  probe.lookAtRelay.mockReset().mockImplementation(() => new Promise((done) => owed.push(done)));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the watch', () => {
  it('looks when the gateway connects, and never while it is away', async () => {
    const watch = create();
    watch.request('user');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(looksStarted()).toBe(0);
    connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    await answer();
    expect(watch.state.reading?.cause).toBe('relay-answers');
    expect(saved.at(-1)).toEqual(watch.state);
    disconnect(watch);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(looksStarted()).toBe(1);
  });

  it('looks seldom, more often while a page is open, and at once at a click', async () => {
    const watch = create();
    connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    await answer();
    await vi.advanceTimersByTimeAsync(179_000);
    expect(looksStarted()).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(looksStarted()).toBe(2);
    await answer();
    isWatched = true;
    watch.request('page');
    await vi.advanceTimersByTimeAsync(9_000);
    expect(looksStarted()).toBe(2);
    watch.request('user');
    await vi.advanceTimersByTimeAsync(0);
    expect(looksStarted()).toBe(3);
  });

  it('has one look at a time, and another one after it if somebody clicked meanwhile', async () => {
    const watch = create();
    connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    for (let i = 0; i < 10; i += 1) watch.request('user');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(looksStarted()).toBe(1);
    await answer();
    expect(looksStarted()).toBe(2);
    await answer();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(looksStarted()).toBe(2);
  });

  it('drops what it saw of a connection that has ended', async () => {
    const watch = create();
    connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    disconnect(watch);
    await answer('gateway');
    expect(watch.state.reading).toBeNull();
    await vi.advanceTimersByTimeAsync(10);
    connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    await answer();
    expect(watch.state.reading?.cause).toBe('relay-answers');
  });

  it('drops what it saw with a key that was replaced, and looks with the new one', async () => {
    const watch = create(withKey(INITIAL_RELAY, KEY));
    connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    await watch.replace(withKey(watch.state, { ...KEY, serial: 'new' }));
    await answer('key-refused');
    expect(watch.state.reading).toBeNull();
    expect(probe.openCredential).toHaveBeenLastCalledWith('g', 'relay-key', 'new');
    await answer();
    expect(watch.state.reading?.cause).toBe('relay-answers');
  });

  it('[L9] does not hurry after refused handshakes, not even at clicks', async () => {
    const watch = create();
    connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    for (let i = 0; i < 60; i += 1) {
      await answer('not-upgraded', 1);
      watch.request('user');
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(looksStarted()).toBeLessThanOrEqual(5);
    await vi.advanceTimersByTimeAsync(180_000);
    expect(looksStarted()).toBeGreaterThan(5);
  });

  it('[L9] gateways without a relay share what may fail, and look one after the other', async () => {
    const watches = Array.from({ length: 12 }, () => create(INITIAL_RELAY));
    for (const watch of watches) connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    expect(looksStarted()).toBe(1);
    const lookFor = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 1_000) {
        await answer('not-upgraded', 1);
        await vi.advanceTimersByTimeAsync(1_000);
      }
    };
    await lookFor(179_000);
    expect(looksStarted()).toBe(5);
    // Everybody's turn comes.
    await lookFor(15 * 60_000);
    expect(watches.every(({ state }) => state.reading !== null)).toBe(true);
  });

  it('[L9] an expected relay does not wait for gateways without one', async () => {
    const poor = create(INITIAL_RELAY);
    connect(poor);
    await vi.advanceTimersByTimeAsync(0);
    for (let i = 0; i < 5; i += 1) {
      await answer('not-upgraded', 1);
      poor.request('user');
      await vi.advanceTimersByTimeAsync(1_000);
    }
    const since = looksStarted();
    const rich = create(EXPECTED);
    connect(rich);
    await vi.advanceTimersByTimeAsync(0);
    expect(looksStarted()).toBe(since + 1);
  });

  it('does not hurry because the clock was set back under a connection', async () => {
    const watch = create();
    connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    await answer();
    vi.setSystemTime(Date.now() - 3_600_000);
    watch.request('user');
    await vi.advanceTimersByTimeAsync(0);
    await answer();
    for (let i = 0; i < 20; i += 1) {
      watch.arm();
      await vi.advanceTimersByTimeAsync(10_000);
      await answer();
    }
    expect(looksStarted()).toBeLessThanOrEqual(4);
    expect(watch.state.reading?.cause).toBe('relay-answers');
  });

  it('rests where storage cannot be reached, and keeps what it knows', async () => {
    const watch = create(withKey(INITIAL_RELAY, KEY));
    probe.openCredential.mockRejectedValue(new Error('storage'));
    connect(watch);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(probe.openCredential.mock.calls.length).toBeLessThanOrEqual(7);
    expect(watch.state.key).toEqual(KEY);
    probe.openCredential.mockResolvedValue(null);
    await vi.advanceTimersByTimeAsync(10_000);
    await answer();
    expect(watch.state.reading?.cause).toBe('relay-answers');
  });

  it('does nothing any more once its gateway is forgotten', async () => {
    const watch = create();
    connect(watch);
    await vi.advanceTimersByTimeAsync(0);
    watch.stop();
    await answer();
    watch.request('user');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(looksStarted()).toBe(1);
    expect(saved).toEqual([]);
  });
});

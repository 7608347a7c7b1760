import { describe, expect, it } from 'vitest';
import type { RelayCause } from '../../src/relay/causes.ts';
import type { RelayFinding } from '../../src/relay/diagnosis.ts';
import type { RelayState } from '../../src/relay/state.ts';
import { INITIAL_RELAY, toRelayStatus } from '../../src/relay/status.ts';
import {
  afterLook,
  nextLookAt,
  notBefore,
  type WatchScene,
  withKey,
  withoutKey,
} from '../../src/relay/watch.ts';

const NOW = 1_800_000_000_000;
const KEY = {
  serial: 's',
  address: 'ws://127.0.0.1:18799/extension',
  profile: null,
  addedAt: 1,
  provenAt: null,
};

const finding = (cause: RelayCause, changes: Partial<RelayFinding> = {}): RelayFinding => ({
  cause,
  generation: 'v2',
  address: null,
  attached: 'unseen',
  process: null,
  words: null,
  isKeyProven: false,
  ...changes,
});
const EXPECTED: RelayState = { ...INITIAL_RELAY, isExpected: true };
const looked = (cause: RelayCause, at: number, before: RelayState = EXPECTED): RelayState =>
  afterLook(before, finding(cause), at, 5);
const scene = (changes: Partial<WatchScene> = {}): WatchScene => ({
  now: NOW,
  connectedSince: NOW - 600_000,
  isWatched: false,
  failures: [],
  ...changes,
});

describe('[L8] when to look', () => {
  it('never while the gateway is away', () => {
    expect(nextLookAt(INITIAL_RELAY, scene({ connectedSince: null }))).toBeNull();
    expect(nextLookAt(looked('relay-answers', NOW - 5), scene({ connectedSince: null }))).toBeNull();
  });

  it('at once when the gateway has come back, whatever was known before', () => {
    expect(nextLookAt(INITIAL_RELAY, scene())).toBe(NOW);
    expect(nextLookAt(looked('relay-attached', NOW - 5_000), scene({ connectedSince: NOW - 10 }))).toBe(NOW);
  });

  it('seldom while nobody watches, every ten seconds while a page is open', () => {
    const state = looked('relay-key-proved', NOW - 1_000);
    expect(nextLookAt(state, scene())).toBe(NOW - 1_000 + 180_000);
    expect(nextLookAt(state, scene({ isWatched: true }))).toBe(NOW - 1_000 + 10_000);
  });

  it('every half hour where no relay is expected, and as often as any while a page is open', () => {
    const state = looked('relay-never-paired', NOW, INITIAL_RELAY);
    expect(nextLookAt(state, scene())).toBe(NOW + 1_800_000);
    expect(nextLookAt(state, scene({ isWatched: true }))).toBe(NOW + 10_000);
  });

  it('not hours later because a clock was set back', () => {
    const state = looked('relay-key-proved', NOW + 3_600_000);
    expect(nextLookAt(state, scene())).toBe(NOW + 180_000);
  });

  it('again soon at a new fault, then as usual', () => {
    const fresh = looked('relay-plugin-missing', NOW - 1_000);
    expect(nextLookAt(fresh, scene())).toBe(NOW - 1_000 + 1_500);
    const confirmed = looked('relay-plugin-missing', NOW, fresh);
    expect(nextLookAt(confirmed, scene())).toBe(NOW + 180_000);
  });

  it('closely at a fault in the first half minute, since the relay comes after its gateway', () => {
    const connectedSince = NOW - 20_000;
    const fault = looked('relay-unreachable', NOW, looked('relay-unreachable', NOW - 4_000));
    expect(nextLookAt(fault, scene({ connectedSince }))).toBe(NOW + 4_000);
    expect(nextLookAt(fault, scene({ connectedSince: NOW - 31_000 }))).toBe(NOW + 180_000);
    const fine = looked('relay-asleep', NOW, looked('relay-asleep', NOW - 4_000));
    expect(nextLookAt(fine, scene({ connectedSince }))).toBe(NOW + 180_000);
  });
});

describe('[L9] failed handshakes', () => {
  it('stay below what makes the browser slow down the gateway’s own', () => {
    let failures: number[] = [];
    let state = INITIAL_RELAY;
    // An hour with an open page, a refusal at every look, and clicks as fast as looks end.
    for (let now = NOW; now < NOW + 3_600_000; ) {
      const at = Math.max(notBefore({ failures, now }), now);
      state = looked('relay-never-paired', at, state);
      failures = [...failures, at];
      const recent = failures.filter((each) => at - each < 180_000);
      expect(recent.length).toBeLessThanOrEqual(5);
      now = at + 200;
    }
    expect(failures.length).toBeGreaterThan(90);
  });

  it('hold up the timer as well as a click', () => {
    const failures = [5, 4, 3, 2, 1].map((seconds) => NOW - seconds * 1_000);
    expect(notBefore({ failures, now: NOW })).toBe(NOW - 5_000 + 180_000);
    expect(nextLookAt(INITIAL_RELAY, scene({ failures }))).toBe(NOW - 5_000 + 180_000);
    expect(notBefore({ failures: failures.slice(1), now: NOW })).toBe(0);
  });
});

describe('[L10] what a look leaves behind', () => {
  it('how long it has been like this', () => {
    const first = looked('relay-answers', NOW);
    const second = looked('relay-answers', NOW + 10, first);
    const third = looked('relay-unreachable', NOW + 20, second);
    expect([first.since, second.since, third.since]).toEqual([NOW, NOW, NOW + 20]);
  });

  it('when the key was last proved', () => {
    const held = withKey(INITIAL_RELAY, KEY);
    const proved = afterLook(held, finding('relay-asleep', { isKeyProven: true }), NOW, 5);
    expect(proved.key?.provenAt).toBe(NOW);
    expect(looked('relay-key-rotated', NOW + 9, proved).key?.provenAt).toBe(NOW);
  });

  it('whether its absence would be worth telling', () => {
    expect(looked('relay-answers', NOW, INITIAL_RELAY).isExpected).toBe(false);
    expect(looked('relay-never-paired', NOW, INITIAL_RELAY).isExpected).toBe(false);
    expect(withKey(INITIAL_RELAY, KEY).isExpected).toBe(true);
    const attached = afterLook(INITIAL_RELAY, finding('relay-attached', { attached: 'yes' }), NOW, 5);
    expect(looked('relay-not-attached', NOW + 9, attached).isExpected).toBe(true);
    expect(withoutKey()).toEqual(INITIAL_RELAY);
  });

  it('nothing known, where another key is looked with', () => {
    const state = withKey(looked('relay-key-rejected', NOW), { ...KEY, serial: 't' });
    expect(state).toMatchObject({ reading: null, since: null });
  });
});

describe('[L7] what is shown', () => {
  it('is about this connection alone', () => {
    const state = looked('relay-key-proved', NOW);
    expect(toRelayStatus(state, NOW - 1)).toMatchObject({ cause: 'relay-key-proved', bearing: 'proved' });
    expect(toRelayStatus(state, NOW + 1)).toMatchObject({ cause: 'relay-unchecked', bearing: 'unknown' });
    expect(toRelayStatus(state, null)).toMatchObject({
      cause: 'relay-unchecked',
      address: null,
      words: null,
    });
  });
});

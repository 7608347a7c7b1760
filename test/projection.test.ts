import { describe, expect, it } from 'vitest';
import { toGatewayStatus } from '../src/projection.ts';
import type { RelayReading, RelayState } from '../src/relay/state.ts';
import { INITIAL_RELAY } from '../src/relay/status.ts';
import { connectedPlay } from './fixtures/play.ts';

const GATEWAY = {
  id: 'g',
  address: 'ws://127.0.0.1:18789',
  reach: 'loopback',
  addedAt: 1,
  name: null,
} as const;

function healthWith(changes: Partial<RelayState>, reading: Partial<RelayReading> = {}) {
  const { state } = connectedPlay({ remembers: true });
  if (state.phase.name !== 'connected') throw new Error('not connected');
  const at = state.phase.since + 2_000;
  const relay: RelayState = {
    ...INITIAL_RELAY,
    isExpected: true,
    since: at - 1_500,
    reading: {
      at,
      cause: 'relay-plugin-missing',
      generation: 'v2',
      address: null,
      attached: 'unseen',
      process: null,
      words: null,
      tookMs: 5,
      ...reading,
    },
    ...changes,
  };
  return toGatewayStatus(GATEWAY, state, relay, at + 10).code;
}

describe('[L12] a relay that is down is the gateway’s trouble', () => {
  it('when two looks agree that it is', () => expect(healthWith({})).toBe('relay'));

  it('not at the first look', () => {
    expect(healthWith({ since: null })).not.toBe('relay');
    expect(healthWith({}, { at: 0 })).not.toBe('relay');
  });

  it('an official extension that is away only after the time that it takes to come back', () => {
    const cause = 'relay-not-attached';
    expect(healthWith({}, { cause })).not.toBe('relay');
    const { state } = connectedPlay({ remembers: true });
    const since = state.phase.name === 'connected' ? state.phase.since : 0;
    expect(healthWith({ since }, { cause, at: since + 45_001 })).toBe('relay');
  });

  it('not where nobody expects a relay', () => expect(healthWith({ isExpected: false })).not.toBe('relay'));

  it.each([
    'relay-asleep',
    'relay-answers',
    'relay-never-paired',
    'relay-listens',
    'relay-key-proved',
  ] as const)('not for %s', (cause) => expect(healthWith({}, { cause })).not.toBe('relay'));
});

import { describe, expect, it, vi } from 'vitest';
import { bearingOf, isRelayFault, RELAY_CAUSES, type RelayCause } from '../../src/relay/causes.ts';
import type { RelayStatus } from '../../src/relay/status.ts';
import { relayExplanation, relayLine } from '../../src/words/explanation.ts';
import { MESSAGES } from '../fakes/browser-api.ts';
import { NOW, statusOf } from '../fixtures/statuses.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const relayOf = (cause: RelayCause, changes: Partial<RelayStatus> = {}): RelayStatus => ({
  ...statusOf().relay,
  cause,
  bearing: bearingOf(cause),
  generation: 'v2',
  ...changes,
});

const FAULTS = RELAY_CAUSES.filter(isRelayFault);
const keyOf = (cause: RelayCause, part: string) => `${cause.replaceAll('-', '_')}_${part}`;

describe('the words for a relay', () => {
  it.each(RELAY_CAUSES)('say %s in one line', (cause) => {
    expect(relayLine(relayOf(cause), NOW)).toMatch(/^[A-Z][^_]*$/);
  });

  it.each(FAULTS)('tell what happened, what we did and what to do about %s', (cause) => {
    const account = relayExplanation(relayOf(cause));
    for (const line of [account?.title, account?.happened, account?.did, account?.todo]) {
      expect(line).toMatch(/^[A-Z][^_]* [^_]*$/);
    }
    expect(account?.diagnosis).toBe(cause);
    // It stands in the middle of the tooltip.
    expect(account?.title).not.toMatch(/\.$/);
  });

  it('have no text for what no relay can be', () => {
    const parts = ['row', 'title', 'happened', 'todo'];
    const keys = RELAY_CAUSES.flatMap((cause) => parts.map((part) => keyOf(cause, part)));
    const expected = [
      ...RELAY_CAUSES.map((cause) => keyOf(cause, 'row')),
      ...FAULTS.flatMap((cause) => parts.slice(1).map((part) => keyOf(cause, part))),
    ];
    expect(keys.filter((key) => MESSAGES[key]).sort()).toEqual(expected.sort());
  });

  it('never call a relay fine of which no more is known than that it answers', () => {
    for (const cause of RELAY_CAUSES) {
      const isProved = bearingOf(cause) === 'proved';
      const line = relayLine(relayOf(cause), NOW).toLowerCase();
      if (!isProved)
        expect(line, cause).not.toMatch(/\b(works|ready|ok|fine|healthy|connected)\b(?!, but|$)/);
      if (cause !== 'relay-attached' && cause !== 'relay-not-attached') {
        expect(line, cause).not.toMatch(/is (not )?attached$/);
      }
    }
  });

  it('add when the key was proved, where that is not said already', () => {
    const keyProvenAt = NOW - 60_000;
    expect(relayLine(relayOf('relay-asleep', { keyProvenAt }), NOW)).toContain('Key verified at 14:02');
    expect(relayLine(relayOf('relay-key-proved', { keyProvenAt }), NOW)).not.toContain('14:02');
    expect(relayLine(relayOf('relay-key-rotated', { keyProvenAt }), NOW)).not.toContain('14:02');
  });

  it('promise no command to a relay of old that has none', () => {
    const account = relayExplanation(relayOf('relay-not-attached', { generation: 'legacy' }));
    expect(account?.todo).not.toContain('pairing string');
  });
});

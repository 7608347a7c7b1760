import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/gateway/causes.ts';
import { STATUS_CODES } from '../../src/gateway/status.ts';
import type { GatewayStatus } from '../../src/gateway-status.ts';
import { record } from '../../src/history/record.ts';
import { type History, historySchema, NO_HISTORY } from '../../src/history/state.ts';
import { statusOf } from '../fixtures/statuses.ts';

const T0 = 1_700_000_000_000;
const SECOND = 1_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Plays `[after ms, what is shown]` and returns what was kept. */
function play(
  steps: readonly (readonly [after: number, changes: Partial<GatewayStatus>])[],
  keepDays = 30,
): History {
  let [history, now]: [History, number] = [NO_HISTORY, T0];
  for (const [after, changes] of steps) {
    now += after;
    history = record(history, statusOf({ since: now, helloMs: 30, ...changes }), now, keepDays);
  }
  return history;
}

const healthy = { code: 'healthy' } as const;
const lost = { code: 'reconnecting', cause: 'connection-lost', closeCode: 1006 } as const;

describe('incidents', () => {
  it('[H1] an outage is one incident, from its beginning to hello-ok', () => {
    const history = play([
      [0, healthy],
      [MINUTE, lost],
      [SECOND, { ...lost, cause: 'gateway-unreachable' }],
      [30 * SECOND, { code: 'down', cause: 'gateway-unreachable', closeCode: 1006 }],
      [MINUTE, healthy],
    ]);
    expect(history.incidents).toEqual([
      {
        startedAt: T0 + MINUTE,
        endedAt: T0 + 2 * MINUTE + 31 * SECOND,
        cause: 'gateway-unreachable',
        worst: 'down',
        closeCode: 1006,
        cure: 'by-itself',
      },
    ]);
  });

  it('[H2] the close code is that of the cause, not that of the live socket before it', () => {
    const history = play([
      [0, healthy],
      [MINUTE, { ...lost, closeCode: 4001 }],
      [SECOND, { code: 'needs-you', cause: 'device-token-mismatch', closeCode: 1008 }],
      [SECOND, { ...lost, closeCode: 1006 }],
    ]);
    expect(history.incidents[0]).toMatchObject({ cause: 'device-token-mismatch', closeCode: 1008 });
  });

  it('[H1] waiting for the first approval is no incident', () => {
    const history = play([
      [0, { code: 'approval', cause: 'not-paired' }],
      [MINUTE, healthy],
    ]);
    expect(history.incidents).toEqual([]);
    expect(history.startedAt).toBe(T0 + MINUTE);
  });

  it('[H1] a worker that starts anew neither ends nor splits an incident', () => {
    const history = play([
      [0, healthy],
      [MINUTE, lost],
      [SECOND, { code: 'unknown', cause: null }],
      [SECOND, lost],
      [SECOND, healthy],
    ]);
    expect(history.incidents).toHaveLength(1);
    expect(history.incidents[0]?.endedAt).toBe(T0 + MINUTE + 3 * SECOND);
  });

  it('[H2] the cause that a person had to act on stays, whatever comes on the way back', () => {
    const history = play([
      [0, healthy],
      [MINUTE, { code: 'needs-you', cause: 'gateway-secret-mismatch' }],
      [MINUTE, { code: 'reconnecting', cause: 'handshake-failed' }],
      [SECOND, healthy],
    ]);
    expect(history.incidents[0]).toMatchObject({ cause: 'gateway-secret-mismatch', cure: 'by-user' });
  });

  it.each([
    [
      'by us',
      {
        code: 'healed',
        notice: { kind: 'repaired', at: T0 + DAY, cause: 'device-token-mismatch', tookMs: 9 },
      },
      'repaired',
    ],
    ['by a pause', { code: 'paused' }, 'paused'],
    ['by itself', healthy, 'by-itself'],
  ] as const)('ended %s', (_, changes, cure) => {
    expect(
      play([
        [0, healthy],
        [MINUTE, lost],
        [SECOND, changes],
      ]).incidents[0]?.cure,
    ).toBe(cure);
  });

  it.each(['approval', 'needs-you'] as const)(
    'is a person’s who was needed (%s), also where we repaired',
    (code) => {
      const notice = { kind: 'repaired', at: T0 + DAY, cause: 'device-token-mismatch', tookMs: 9 } as const;
      const { incidents } = play([
        [0, healthy],
        [MINUTE, { code, cause: code === 'approval' ? 'not-paired' : 'device-token-mismatch' }],
        [MINUTE, { code: 'healed', notice }],
      ]);
      expect(incidents[0]?.cure).toBe('by-user');
    },
  );

  it('a relay that fails beside a connected gateway is an incident of its own cause', () => {
    const relay = { ...statusOf().relay, cause: 'relay-key-rejected', bearing: 'fault', since: T0 } as const;
    const history = play([
      [0, healthy],
      [MINUTE, { code: 'relay', relay }],
      [MINUTE, healthy],
    ]);
    expect(history.incidents[0]).toMatchObject({
      cause: 'relay-key-rejected',
      worst: 'relay',
      startedAt: T0,
    });
  });
});

describe('watching', () => {
  const lasting = { ...healthy, since: T0 };

  it('[H3] hours between two looks were not watched', () => {
    const history = play([
      [0, healthy],
      [MINUTE, healthy],
      [8 * 60 * MINUTE, healthy],
      [MINUTE, healthy],
    ]);
    expect(history.watched).toEqual([
      { from: T0, to: T0 + MINUTE },
      { from: T0 + 481 * MINUTE, to: T0 + 482 * MINUTE },
    ]);
  });

  it('[H3] an alarm that comes some milliseconds early or late is a watch all the same', () => {
    const looks = Array.from({ length: 60 }, (_, at) => [at % 2 === 0 ? 59_997 : 60_003, lasting] as const);
    const history = play([[0, lasting], ...looks]);
    expect(history.watched).toEqual([{ from: T0, to: T0 + 60 * MINUTE }]);
  });

  it.each([1, 20, 54.999, 55, 59])('[H3] a look %d s after one that was written loses no time', (after) => {
    const history = play([
      [0, lasting],
      [after * SECOND, lasting],
      [MINUTE + 10 * SECOND, lasting],
    ]);
    expect(history.watched).toHaveLength(1);
  });

  it('[H3] nothing is written for a look that tells nothing new', () => {
    const history = play([[0, healthy]]);
    expect(record(history, statusOf({ since: T0 }), T0 + 20 * SECOND, 30)).toBe(history);
  });

  it('a connection is recorded once, with its handshake', () => {
    const history = play([
      [0, { ...healthy, since: T0 }],
      [MINUTE, { ...healthy, since: T0 }],
      [MINUTE, { ...healthy, since: T0 + 2 * MINUTE, helloMs: 44 }],
    ]);
    expect(history.connects).toEqual([
      { at: T0, helloMs: 30 },
      { at: T0 + 2 * MINUTE, helloMs: 44 },
    ]);
  });
});

describe('[H8] a clock that was ahead and is set right', () => {
  const HOUR = 60 * MINUTE;
  const ahead = play([
    [0, healthy],
    [HOUR, lost],
    [MINUTE, healthy],
    [MINUTE, lost],
    [MINUTE, healthy],
  ]);

  it('takes back what it recorded of the future, loses none of it, and goes on recording at once', () => {
    const now = T0 + 2 * MINUTE;
    const next = record(ahead, statusOf({ ...healthy, since: now }), now, 30);
    expect(next.incidents).toHaveLength(2);
    expect(next.incidents.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [now - 3 * MINUTE, now - 2 * MINUTE].map((at) => Math.max(at, T0)),
      [now - MINUTE, now],
    ]);
    const later = record(next, statusOf({ ...lost, since: now + MINUTE }), now + MINUTE, 30);
    expect(later.incidents).toHaveLength(3);
    expect(later.watched.at(-1)?.to).toBe(now + MINUTE);
  });

  it('by a fraction of a second changes nothing', () => {
    const newest = ahead.incidents.at(-1)?.endedAt ?? 0;
    expect(record(ahead, statusOf({ ...healthy, since: newest }), newest - 900, 30)).toBe(ahead);
  });

  it('leaves everything in order, whatever was recorded', () => {
    const step = fc.tuple(fc.integer({ min: -2 * HOUR, max: 2 * HOUR }), fc.constantFrom(healthy, lost));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let [history, now, begun]: [History, number, number] = [NO_HISTORY, T0, 0];
        for (const [after, shown] of steps) {
          now += after;
          const wasOpen = history.incidents.at(-1)?.endedAt === null;
          history = record(history, statusOf({ since: now, ...shown }), now, 10_000);
          if (!wasOpen && history.incidents.at(-1)?.endedAt === null) begun += 1;
          const moments = (each: readonly (number | null)[]) => each.filter((at) => at !== null);
          for (const list of [
            history.watched.flatMap(({ from, to }) => [from, to]),
            moments(history.incidents.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt])),
            history.connects.map(({ at }) => at),
          ]) {
            expect(list).toEqual([...moments(list)].sort((one, other) => (one ?? 0) - (other ?? 0)));
            expect(Math.max(...moments(list).map(Number), 0)).toBeLessThanOrEqual(now + SECOND);
          }
        }
        expect(history.incidents).toHaveLength(begun);
      }),
      { numRuns: 500 },
    );
  });
});

describe('any sequence of states', () => {
  const shown = fc.record({
    after: fc.oneof(fc.nat(5 * MINUTE), fc.nat(2 * DAY)),
    code: fc.constantFrom(...STATUS_CODES),
    cause: fc.constantFrom(...CAUSES),
  });

  it('[H1] [H4] leaves incidents in order, one open at most, none lost, everything bounded and storable', () => {
    fc.assert(
      fc.property(fc.array(shown, { maxLength: 120 }), (sequence) => {
        let [history, now, begun]: [History, number, number] = [NO_HISTORY, T0, 0];
        for (const { after, code, cause } of sequence) {
          now += after;
          const wasOpen = history.incidents.at(-1)?.endedAt === null;
          const status = statusOf({ code, cause, since: now, relay: { ...statusOf().relay, since: now } });
          const next = record(history, status, now, 10_000);
          if (!wasOpen && next.incidents.at(-1)?.endedAt === null) begun += 1;
          expect(record(next, status, now, 10_000)).toBe(next);
          history = next;
        }
        expect(history.incidents).toHaveLength(begun);
        expect(history.incidents.slice(0, -1).every(({ endedAt }) => endedAt !== null)).toBe(true);
        history.incidents.forEach(({ startedAt, endedAt }, index) => {
          expect(endedAt ?? now).toBeGreaterThanOrEqual(startedAt);
          expect(startedAt).toBeGreaterThanOrEqual(history.incidents[index - 1]?.endedAt ?? 0);
        });
        history.watched.forEach(({ from, to }, index) => {
          expect(to).toBeGreaterThanOrEqual(from);
          expect(from).toBeGreaterThan(history.watched[index - 1]?.to ?? 0);
        });
        expect(historySchema.parse(JSON.parse(JSON.stringify(history)))).toEqual(history);
      }),
      { numRuns: 500 },
    );
  });

  it('[H4] keeps the newest 500 incidents and nothing older than asked', () => {
    const steps = Array.from(
      { length: 700 },
      () =>
        [
          [MINUTE, lost],
          [MINUTE, healthy],
        ] as const,
    ).flat();
    const history = play([[0, healthy], ...steps]);
    expect(history.incidents).toHaveLength(500);
    expect(history.incidents.at(-1)?.endedAt).toBe(T0 + 1_400 * MINUTE);
    const later = record(history, statusOf({ since: T0 + 40 * DAY }), T0 + 40 * DAY, 30);
    expect(later.incidents).toEqual([]);
    expect(later.watched).toEqual([{ from: T0 + 40 * DAY, to: T0 + 40 * DAY }]);
  });
});

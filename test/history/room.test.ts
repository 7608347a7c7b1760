import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_BYTES, isWorthGivingUp, mostFor, newerHalf } from '../../src/history/room.ts';
import type { History } from '../../src/history/state.ts';

const T0 = 1_790_000_000_000;
const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(T0 + index * 60_000));

/** As long as it may get, with the longest words. */
const fullest = (gateways: number): History => {
  const { spans, incidents, connects } = mostFor(gateways);
  return {
    startedAt: T0,
    watched: many(spans, (from) => ({ from, to: from + 1 })),
    incidents: many(incidents, (startedAt) => ({
      startedAt,
      endedAt: startedAt + 1,
      cause: 'gateway-password-mismatch',
      worst: 'reconnecting',
      closeCode: 1008,
      cure: 'by-itself',
    })),
    connects: many(connects, (at) => ({ at, helloMs: 10_000 })),
  };
};

describe('[H4] the past of all gateways', () => {
  it.each([1, 2, 28, 29, 56, 100, 500])('of %d takes no more than its share of the disk', (gateways) => {
    expect(gateways * JSON.stringify(fullest(gateways)).length).toBeLessThanOrEqual(ALL_BYTES * 1.01);
  });

  it('is not shortened for the few gateways that most people have', () => {
    expect(mostFor(10)).toEqual(mostFor(1));
    expect(mostFor(56).incidents).toBeGreaterThan(200);
  });

  it('never grows with the number of gateways', () => {
    fc.assert(
      fc.property(fc.nat(2_000), (gateways) => {
        const [few, more] = [mostFor(gateways), mostFor(gateways + 1)];
        for (const key of ['spans', 'incidents', 'connects'] as const) {
          expect(more[key]).toBeLessThanOrEqual(few[key]);
          expect(more[key]).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('gives way by its older half, and not where that makes no room', () => {
    const full = fullest(1);
    const half = newerHalf(full);
    expect(half.watched.at(-1)).toEqual(full.watched.at(-1));
    expect(half.incidents).toHaveLength(250);
    expect(half.startedAt).toBe(full.startedAt);
    expect(isWorthGivingUp([full])).toBe(true);
    let [rest, rounds] = [full, 0];
    for (; isWorthGivingUp([rest]); rounds += 1) rest = newerHalf(rest);
    expect(rounds).toBe(1);
    expect(isWorthGivingUp([])).toBe(false);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FAULT_KINDS, goesWith, KINDS, plan } from './plan.ts';

const seeds = fc.nat(2 ** 31);
const told = (seed: number, count: number): string[] =>
  plan(seed, count).flatMap(({ faults }) => faults.map(({ kind, index }) => `${index} ${kind}`));

it('plays every kind within one deck, and as many faults as were asked for', () => {
  const deck = Object.values(KINDS).reduce((sum, { weight }) => sum + weight, 0);
  fc.assert(
    fc.property(seeds, (seed) => {
      const played = plan(seed, deck).flatMap(({ faults }) => faults);
      expect(played).toHaveLength(deck);
      expect(new Set(played.map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS));
    }),
    { numRuns: 50 },
  );
});

it('a shorter run of the same seed is the beginning of a longer one, dice included', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 120 }), (seed, count) => {
      expect(told(seed, 150).slice(0, count)).toEqual(told(seed, count));
      const dice = (length: number) => plan(seed, length)[0]?.faults[0].dice();
      expect(dice(150)).toBe(dice(count));
    }),
    { numRuns: 50 },
  );
});

it('pairs only what goes together', () => {
  const bursts = plan(1, 3_000).filter(({ faults }) => faults.length === 2);
  expect(bursts.length).toBeGreaterThan(100);
  for (const { faults } of bursts) expect(goesWith(faults[0].kind, faults[1]!.kind)).toBe(true);
  expect(goesWith('gateway-killed', 'token-rotated')).toBe(false);
  expect(goesWith('socket-cut', 'worker-killed')).toBe(true);
});

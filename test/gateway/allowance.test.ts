import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Allowance, fullAllowance, spend } from '../../src/gateway/allowance.ts';

const LARGEST_FRAME = 25 * 1_024 * 1_024;

/** Seconds until a gateway that sends so steadily is stopped; `null` if it is not within `limit`. */
function lasts(perSecond: number, size: number, limit: number): number | null {
  let left: Allowance | null = fullAllowance(0);
  for (let index = 1; index / perSecond <= limit; index += 1) {
    left = spend(left, size, (index / perSecond) * 1_000);
    if (left === null) return index / perSecond;
  }
  return null;
}

describe('[B2] what a connection may send', () => {
  it.each([
    [500, 200],
    [999, 200],
    [20, 200_000],
    [0.1, LARGEST_FRAME],
  ])('%d frames a second of %d characters go on for ever', (perSecond, size) => {
    expect(lasts(perSecond, size, 600)).toBeNull();
  });

  it.each([
    [2_000, 200, 10.5],
    [10_000, 200, 1.5],
    [100_000, 200, 0.2],
    [20, 1_000_000, 4.5],
    [2, LARGEST_FRAME, 2],
  ])('%d frames a second of %d characters are stopped within %d s', (perSecond, size, seconds) => {
    expect(lasts(perSecond, size, seconds)).not.toBeNull();
  });

  it('a burst is taken at once: ten thousand frames, or two of the largest', () => {
    const burst = (frames: number, size: number): Allowance | null =>
      Array.from({ length: frames }).reduce<Allowance | null>(
        (left) => left && spend(left, size, 0),
        fullAllowance(0),
      );
    expect(burst(10_000, 100)).not.toBeNull();
    expect(burst(10_001, 100)).toBeNull();
    expect(burst(2, LARGEST_FRAME)).not.toBeNull();
    expect(burst(3, LARGEST_FRAME)).toBeNull();
  });

  it('whatever the clock does, waiting gives no more than a burst back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100_000), fc.nat(1_000))), (story) => {
        let left = fullAllowance(0);
        let now = 0;
        for (const [later, size] of story) {
          now += later;
          left = spend(left, size, now) ?? left;
          expect(left.frames).toBeLessThan(fullAllowance(0).frames);
          expect(left.characters).toBeLessThanOrEqual(fullAllowance(0).characters);
          expect(Math.min(left.frames, left.characters)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { CHAIN_PLACES, chain, stepsOf, tally } from '../../src/doctor/chain.ts';
import { examine } from '../../src/doctor/checks.ts';
import { CHECKS } from '../../src/doctor/types.ts';
import { seenOf } from '../fixtures/observed.ts';

const took = (found: string) => ({ found, tookMs: 5 }) as never;
const down = examine(
  seenOf({ code: 'down', cause: 'gateway-unreachable' }, { knock: took('refused'), http: null }),
);

describe('the chain', () => {
  it('has every step at one place', () => {
    const all = CHAIN_PLACES.flatMap((place) => stepsOf(place, down)).map(({ id }) => id);
    expect(all).toEqual(CHECKS);
  });

  it('is whole where all is well', () => {
    const results = chain(examine(seenOf())).map(({ result }) => result);
    expect(results.slice(0, 3)).toEqual(['pass', 'pass', 'pass']);
  });

  it('breaks where the run ended, and what lies behind was not reached', () => {
    expect(
      chain(down).map(({ place, result, telling }) => [place, result, telling?.because ?? null]),
    ).toEqual([
      ['browser', 'pass', null],
      ['network', 'fail', 'gateway-unreachable'],
      ['gateway', 'skip', null],
      ['relay', 'skip', null],
    ]);
  });
});

describe('the tally', () => {
  it('counts every step once, and says why the rest was not taken', () => {
    const { pass, warn, fail, skip, unreached } = tally(down);
    expect(pass + warn + fail + skip).toBe(CHECKS.length);
    expect([fail, unreached]).toEqual([1, skip]);
    expect(tally(examine(seenOf())).unreached).toBe(0);
  });
});

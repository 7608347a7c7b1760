/** The four places on the way to the relay, and how far a run came. Pure. */
import type { Outcome } from './types.ts';

export const CHAIN_PLACES = ['browser', 'network', 'gateway', 'relay'] as const;
export type Place = (typeof CHAIN_PLACES)[number];

const PREFIX_OF: Readonly<Record<Place, string>> = {
  browser: 'EXT-',
  network: 'NET-',
  gateway: 'GW-',
  relay: 'RL-',
};

/** The steps of one place, in order. */
export const stepsOf = (place: Place, outcomes: readonly Outcome[]): readonly Outcome[] =>
  outcomes.filter(({ id }) => id.startsWith(PREFIX_OF[place]));

export interface ChainLink {
  readonly place: Place;
  /** The worst of its steps; `skip`: none of them was taken. */
  readonly result: Outcome['result'];
  /** The step that says so; `null` where all that were taken passed. */
  readonly telling: Outcome | null;
  readonly passed: number;
}

/** How each place came out. */
export function chain(outcomes: readonly Outcome[]): readonly ChainLink[] {
  return CHAIN_PLACES.map((place) => {
    const steps = stepsOf(place, outcomes);
    const passed = steps.filter(({ result }) => result === 'pass').length;
    const telling =
      steps.find(({ result }) => result === 'fail') ?? steps.find(({ result }) => result === 'warn') ?? null;
    return { place, result: telling?.result ?? (passed > 0 ? 'pass' : 'skip'), telling, passed };
  });
}

/** How many steps came out in which way, and how many were not taken because the gateway was not reached. */
export interface Tally {
  readonly pass: number;
  readonly warn: number;
  readonly fail: number;
  readonly skip: number;
  readonly unreached: number;
}

export function tally(outcomes: readonly Outcome[]): Tally {
  const count = (result: Outcome['result']): number =>
    outcomes.filter((outcome) => outcome.result === result).length;
  const isBlocked = outcomes.some(
    ({ id, result }) => result === 'fail' && (id.startsWith('NET-') || id === 'GW-SPEAKS'),
  );
  const skip = count('skip');
  return {
    pass: count('pass'),
    warn: count('warn'),
    fail: count('fail'),
    skip,
    unreached: isBlocked ? skip : 0,
  };
}

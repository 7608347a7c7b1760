/** When to look at a relay again, and what a look leaves behind. Pure; `background/relay-watch.ts` keeps the clock. */
import { bearingOf } from './causes.ts';
import type { RelayFinding } from './diagnosis.ts';
import type { RelayState } from './state.ts';
import { INITIAL_RELAY, isCurrent } from './status.ts';

/** Milliseconds between looks while nobody watches. A look costs the gateway one socket of a few frames. */
const SLOW_MS = 3 * 60_000;
/** The same where no relay is expected: nobody is told of what is found, and a gateway without one fails a handshake. */
const RARE_MS = 30 * 60_000;
/** While a page is open. */
const WATCHED_MS = 10_000;
/** A new fault is looked at again soon: one look is no news. */
const CONFIRM_MS = 1_500;
/** After a restart the relay comes later than its gateway: a fault is followed closely for this long. */
const SETTLING_MS = 30_000;
const SETTLING_STEP_MS = 4_000;

/**
 * After about ten failed handshakes Chromium delays every further one of the whole extension, the gateway's
 * included, and it forgets them after three minutes.
 */
const FAILURES_ALLOWED = 5;
const FAILURES_REMEMBERED_MS = 3 * 60_000;

/** What decides over the next look. */
export interface WatchScene {
  readonly now: number;
  /** Since when the gateway is connected; `null` while it is not. */
  readonly connectedSince: number | null;
  /** A page of ours is open. */
  readonly isWatched: boolean;
  /** When handshakes with this relay failed, oldest first. Times in milliseconds since the epoch. */
  readonly failures: readonly number[];
}

/** [L8] When the next look is due; `null` while the gateway is away. Milliseconds since the epoch. */
export function nextLookAt({ reading, since, isExpected }: RelayState, scene: WatchScene): number | null {
  const { connectedSince, isWatched, now } = scene;
  if (connectedSince === null) return null;
  const usual = isExpected ? SLOW_MS : RARE_MS;
  const due = reading && isCurrent(reading, connectedSince) ? reading.at + pause() : now;
  // A clock that was set back must not put it off for hours.
  return Math.max(Math.min(due, now + usual), notBefore(scene));

  function pause(): number {
    const pauses = [isWatched ? WATCHED_MS : usual];
    if (reading && bearingOf(reading.cause) === 'fault') {
      if (since === reading.at) pauses.push(CONFIRM_MS);
      if (reading.at - (connectedSince ?? 0) < SETTLING_MS) pauses.push(SETTLING_STEP_MS);
    }
    return Math.min(...pauses);
  }
}

/** [L9] Until when no look may begin, since its handshakes could fail too. Holds for clicks as well. */
export function notBefore({ failures, now }: Pick<WatchScene, 'failures' | 'now'>): number {
  const recent = failures.filter((at) => now - at < FAILURES_REMEMBERED_MS);
  const eldest = recent.at(-FAILURES_ALLOWED);
  return eldest === undefined ? 0 : eldest + FAILURES_REMEMBERED_MS;
}

/** [L10] The state after a look that began at `at` (milliseconds since the epoch). Pure. */
export function afterLook(state: RelayState, finding: RelayFinding, at: number, tookMs: number): RelayState {
  const { isKeyProven, ...facts } = finding;
  const { key, reading, since } = state;
  const isSeenAtWork = bearingOf(facts.cause) === 'proved' || facts.attached === 'yes';
  return {
    key: key && isKeyProven ? { ...key, provenAt: at } : key,
    reading: { ...facts, at, tookMs },
    // A clock that was set back must not let it begin in the future.
    since: reading?.cause === facts.cause && since !== null ? Math.min(since, at) : at,
    isExpected: state.isExpected || isSeenAtWork,
  };
}

/** The user gave us the relay's key: from now on its absence is worth telling. */
export const withKey = (state: RelayState, key: NonNullable<RelayState['key']>): RelayState => ({
  ...state,
  key,
  reading: null,
  since: null,
  isExpected: true,
});

/** The user took the key back: nothing is expected of this relay any more, and nothing known of it. */
export const withoutKey = (): RelayState => INITIAL_RELAY;

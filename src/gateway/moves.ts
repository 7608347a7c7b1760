/** The small moves that every decision is made of: wait, block, knock, open. Pure. */

import { hasAside, hasHope, nextRetrial } from './aside.ts';
import { type Cause, causeOf } from './causes.ts';
import { chooseCredential, hasGoneUnanswered, isHeldBack } from './credentials.ts';
import * as recovery from './recovery.ts';
import type { ConnectionState, Effect, Moment, Step, Trouble } from './state.ts';

export const ownsSocket = (state: ConnectionState): boolean =>
  state.phase.name === 'handshaking' || state.phase.name === 'connected';

/** [C2] Leaving a phase that owns a socket closes that socket. */
export const closing = (state: ConnectionState): Effect[] =>
  ownsSocket(state) ? [{ type: 'close-socket', generation: state.generation }] : [];

/** A new incident. */
export const begin = (cause: Cause, moment: Moment): Trouble => ({
  cause,
  since: moment.now,
  closeCode: null,
  words: null,
  requestId: null,
});

/** What a gateway says when it goes. */
const GOING: readonly Cause[] = ['gateway-stopping', 'gateway-restarting'];

/**
 * [D4] The gateway's own word hides what follows from it, whichever symptom comes: a dying gateway still answers a
 * knock, refuses WebSockets, cuts them or says nothing, and then its port is closed. A socket that
 * opened proves that the port is taken again, and hides no longer than the grace lasts; what no gateway says (D8) not at all.
 */
function hides(said: Trouble, cause: Cause, { phase }: ConnectionState, { now }: Moment): boolean {
  const isSymptom =
    (causeOf(cause).bearing === 'transient' && cause !== 'not-a-gateway') ||
    // All that 1012 says is "service restart", also where the gateway stops.
    (cause === 'gateway-restarting' && said.cause === 'gateway-stopping');
  if (!isSymptom || causeOf(said.cause).bearing !== 'restart') return false;
  if (now - said.since < recovery.RESTART_GRACE_MS) return true;
  const hasOpened = phase.name === 'handshaking' && phase.openedAt !== null;
  return GOING.includes(said.cause) && !hasOpened;
}

/**
 * The same incident under a clearer name, or a new one where the other side of "who must act" begins. [D4] A symptom of
 * what the gateway said is no news.
 */
export function trouble(
  state: ConnectionState,
  cause: Cause,
  moment: Moment,
  facts: Partial<Trouble> = {},
): Trouble {
  const before = state.trouble;
  if (before !== null && hides(before, cause, state, moment)) return before;
  const isSame = before !== null && isOurs(before.cause) === isOurs(cause);
  return { ...(isSame ? before : begin(cause, moment)), ...facts, cause };
}

/** An outage that we end by ourselves, as opposed to a refusal that calls for a person. */
const isOurs = (cause: Cause): boolean => {
  const { bearing } = causeOf(cause);
  return bearing === 'transient' || bearing === 'restart' || bearing === 'offline';
};

export function wait(
  state: ConnectionState,
  why: (ConnectionState['phase'] & { name: 'waiting' })['why'],
  retryAt: number,
): Step {
  return { state: { ...state, phase: { name: 'waiting', why, retryAt } }, effects: closing(state) };
}

/**
 * [R12] The owner may change the gateway's list at any moment, and old gateways restart for that: until the next connect
 * one on this computer is knocked at, because such a restart is all that tells from outside that something was changed.
 */
export function awaitAdmission(state: ConnectionState, connectAt: number, moment: Moment): Step {
  if (!moment.isLocal) return wait(state, 'approval', connectAt);
  const age = moment.now - (state.trouble?.since ?? moment.now);
  const retryAt = Math.min(connectAt, moment.now + recovery.admissionKnockDelay(age));
  const phase = { name: 'waiting', why: 'approval', retryAt, connectAt } as const;
  return { state: { ...state, phase }, effects: closing(state) };
}

/** [R12] The moment of the next connect, if it is still to come; [C9] one that is further ahead than any is none. */
export function connectDueAt({ phase }: ConnectionState, { now }: Moment): number | null {
  const connectAt = 'connectAt' in phase ? phase.connectAt : undefined;
  const isAhead = connectAt !== undefined && now < connectAt && connectAt - now <= recovery.FURTHEST_AHEAD_MS;
  return isAhead ? connectAt : null;
}

/** What a gateway said at the end, and the code of its close. */
export type Ending = Pick<Trouble, 'words' | 'closeCode'>;

/**
 * [R1] Only the user goes on from here, or [R20] another run of a gateway than the one that refused. Without an `ending`
 * the last close is all there is to tell.
 */
export function block(
  state: ConnectionState,
  cause: Cause,
  moment: Moment,
  ending: Ending | null = null,
): Step {
  const { words, closeCode } = ending ?? { words: null, closeCode: state.trouble?.closeCode ?? null };
  const next = { ...state, trouble: { ...begin(cause, moment), words, closeCode } };
  if (causeOf(cause).isOurs ? hasAside(next) : hasHope(next)) return watch(next, moment);
  return { state: { ...next, phase: { name: 'blocked' }, lookout: null }, effects: closing(state) };
}

/**
 * [R20] Looks at the port calmly until another run may answer there.
 *
 * @param met when somebody answered or refused there last; `null`: now
 */
export function watch(state: ConnectionState, moment: Moment, met: ConnectionState['lookout'] = null): Step {
  const { now } = moment;
  const delay = recovery.watchDelay(now - (state.trouble?.since ?? now), moment);
  const retryAt = Math.max(now, Math.min(now + delay, nextRetrial(state, now)));
  return wait({ ...state, lookout: met ?? { lookedAt: now } }, 'another-run', retryAt);
}

/**
 * [R2] Every connect is preceded by a knock: refused knocks are cheap, failed handshakes are not. [R12] Before `connectAt`
 * a knock is all.
 */
export function knock(state: ConnectionState, moment: Moment, connectAt: number | null = null): Step {
  // [R9] Whatever woke us, a lock-out is sat out.
  if (state.lockedUntil !== null && moment.now < state.lockedUntil) {
    const limited = state.trouble?.cause === 'rate-limited' ? state.trouble : begin('rate-limited', moment);
    // [C9] One that has not begun yet is moved back with the clock, and sat out from its beginning.
    const since = Math.min(limited.since, moment.now);
    const lockedUntil = Math.min(
      state.lockedUntil - (limited.since - since),
      moment.now + recovery.LONGEST_COOL_DOWN_MS,
    );
    return wait({ ...state, lockedUntil, trouble: { ...limited, since } }, 'limited', lockedUntil);
  }
  const giveUpAt = moment.now + recovery.KNOCK_TIMEOUT_MS + 1_000;
  return {
    // One that is over does not come back with a clock that is set back.
    state: {
      ...state,
      lockedUntil: null,
      phase: { name: 'knocking', giveUpAt, ...(connectAt !== null && { connectAt }) },
    },
    effects: [...closing(state), { type: 'knock' }],
  };
}

/** There is nothing to send: because nothing is held, or [R19] because it is held back. */
export const blockWithout = (state: ConnectionState, moment: Moment): Step =>
  block(state, isHeldBack(state) ? 'maybe-another-gateway' : 'no-credential', moment);

/** [C2] The one place that opens a socket. */
export function open(state: ConnectionState, moment: Moment): Step {
  const credential = chooseCredential(state);
  if (credential === null) return blockWithout(state, moment);
  if (hasGoneUnanswered(state, credential)) return block(state, 'credential-unanswered', moment);
  const generation = state.generation + 1;
  const giveUpAt = moment.now + recovery.HANDSHAKE_TIMEOUT_MS;
  return {
    state: {
      ...state,
      lookout: null,
      generation,
      phase: { name: 'handshaking', sent: null, startedAt: moment.now, openedAt: null, giveUpAt },
    },
    effects: [...closing(state), { type: 'open-socket', generation }],
  };
}

/** Decisions about a gateway that is not there, or not any more: transient, and ours to end. Pure. */

import { bringBack, endRun } from './aside.ts';
import type { Cause } from './causes.ts';
import { chooseCredential, countUnanswered, unanswered } from './credentials.ts';
import { hasMetGateway } from './evidence.ts';
import { knock, trouble, wait, watch } from './moves.ts';
import * as recovery from './recovery.ts';
import type { ConnectionState, Moment, Step, Trouble } from './state.ts';
import { followedBy, stay } from './step.ts';

/** A knock failed. */
export function unreachable(state: ConnectionState, reason: 'refused' | 'timeout', moment: Moment): Step {
  const next = explain(state, reason, moment);
  const delay = recovery.knockDelay(moment.now - next.since, moment);
  // [R18] A closed port is the end of a run. So is silence from elsewhere, where a computer may be switched off.
  const isEnd = reason === 'refused' || !moment.isLocal;
  return followedBy(isEnd ? bringBack(endRun(state, moment), moment) : stay(state), (rest) =>
    // [R20] As long as there is nothing to send, who comes next is only looked at.
    rest.lookout !== null && chooseCredential(rest) === null
      ? watch(rest, moment)
      : wait({ ...rest, lookout: null, trouble: next }, 'unreachable', moment.now + delay),
  );
}

function explain(state: ConnectionState, reason: 'refused' | 'timeout', moment: Moment): Trouble {
  if (!moment.isOnline && !moment.isLocal) return trouble(state, 'offline', moment);
  if (reason === 'refused') return trouble(state, 'gateway-unreachable', moment);
  // [D7] Silence is not blamed on a gateway that we never met.
  return trouble(state, hasMetGateway(state) ? 'gateway-not-answering' : 'address-silent', moment);
}

/** Handshakes that failed before anything was proved to be a gateway. */
const STRANGE: readonly Cause[] = ['handshake-failed', 'gateway-mute', 'not-a-gateway'];

/** Why a handshake failed, what else is known of it, and from when the pause counts, milliseconds since the epoch. */
interface Failure {
  readonly cause: Cause;
  readonly facts?: Partial<Trouble>;
  readonly from?: number;
}

/** [R7] A handshake failed although the port answered: each further one comes later. */
export function backOff(
  state: ConnectionState,
  moment: Moment,
  { cause, facts = {}, from = moment.now }: Failure,
): Step {
  const attempt = state.attempt + 1;
  const sent = state.phase.name === 'handshaking' ? state.phase.sent : null;
  const next = trouble(state, cause, moment, facts);
  const delay = Math.max(
    recovery.handshakeDelay(attempt, moment.isLocal, moment.random),
    sent ? recovery.unansweredDelay(unanswered(state, sent)) : 0,
    STRANGE.includes(cause) ? recovery.strangeDelay(moment.now - next.since, moment.random) : 0,
  );
  return wait({ ...state, attempt, trouble: next }, 'backoff', from + delay);
}

/**
 * [D8] Something that is no gateway spoke. [R15] Its quick answer saves no time: we are back when we would be back had
 * it kept silent.
 */
export function metStranger(
  state: ConnectionState,
  cause: 'not-a-gateway' | 'handshake-failed',
  moment: Moment,
  facts: Partial<Trouble> = {},
): Step {
  if (state.phase.name !== 'handshaking' || state.phase.sent !== null) return stay(state);
  return backOff(state, moment, { cause, facts, from: Math.max(moment.now, state.phase.giveUpAt) });
}

/** [B2] A gateway that sends more than it may is hung up on, and left alone for a while. */
export function overrun(
  state: ConnectionState,
  cause: 'gateway-flooding' | 'answer-too-large',
  moment: Moment,
): Step {
  const next = { ...state, attempt: state.attempt + 1, trouble: trouble(state, cause, moment) };
  return wait(next, 'backoff', moment.now + recovery.overrunDelay(moment.random));
}

/**
 * [B4] Nobody reads a frame of that size. Of a live gateway it proves that it lives; in its place an answer to our connect
 * is an answer all the same, so the credential is not in doubt; and no gateway begins with one.
 */
export function oversized(state: ConnectionState, moment: Moment): Step {
  const { phase } = state;
  if (phase.name !== 'handshaking') return stay(state);
  if (phase.sent === null) return metStranger(state, 'not-a-gateway', moment);
  return overrun(countUnanswered(state, phase.sent, 0), 'answer-too-large', moment);
}

/** A live connection ended. After one that lasted we are back at once; [R7] holds for the others. */
export function lost(
  state: ConnectionState,
  cause: Cause,
  moment: Moment,
  facts: Partial<Trouble> = {},
): Step {
  if (state.phase.name !== 'connected') return stay(state);
  const hasLasted = moment.now - state.phase.since >= recovery.LASTED_MS;
  if (!hasLasted) return backOff(state, moment, { cause, facts });
  return knock({ ...state, attempt: 0, trouble: trouble(state, cause, moment, facts) }, moment);
}

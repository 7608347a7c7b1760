/**
 * The connection's one decision function. Pure: the same state, event and moment give the same next state and
 * effects. The rules in brackets are those of SPEC.md.
 */

import { bringBack, dropOutdated, endRun, forgetAside, makeRoom, nextRetrial } from './aside.ts';
import { causeOf } from './causes.ts';
import { withoutFuture } from './clock.ts';
import { canTryAgain, chooseCredential, forget, forgiveUnanswered } from './credentials.ts';
import { hasMetGateway, remember } from './evidence.ts';
import {
  accepted,
  adopted,
  arrivedLate,
  authenticate,
  dropCredential,
  rejected,
  written,
} from './handshake.ts';
import {
  awaitAdmission,
  begin,
  block,
  closing,
  connectDueAt,
  knock,
  open,
  ownsSocket,
  trouble,
  wait,
  watch,
} from './moves.ts';
import { backOff, lost, metStranger, overrun, oversized, unreachable } from './outage.ts';
import { failureFromClose } from './protocol.ts';
import * as recovery from './recovery.ts';
import type { Asker, ConnectionEvent, ConnectionState, Moment, Step } from './state.ts';
import { followedBy, stay } from './step.ts';

/** The next state after an event, and what has to be done about it. */
export function transition(before: ConnectionState, event: ConnectionEvent, moment: Moment): Step {
  const state = withoutFuture(before, moment.now);
  const step = decide(state, event, moment);
  // [E1] After the decision, so that the past decides nothing.
  return { ...step, state: remember(state, event, step.state, moment) };
}

function decide(state: ConnectionState, event: ConnectionEvent, moment: Moment): Step {
  // [C1] An event of a socket that we no longer own dies here and nowhere else. [R17] The token that it brought does not.
  if ('generation' in event && !(event.generation === state.generation && ownsSocket(state))) {
    return event.type === 'hello-received' ? arrivedLate(state, event.hello.deviceToken) : stay(state);
  }
  switch (event.type) {
    case 'worker-started':
      return followedBy(adopted(state, event.newestToken ?? null), (rest) => revive(rest, moment));
    case 'clock-ticked':
      return followedBy(dropOutdated(state, moment), (rest) => tick(rest, moment));
    case 'network-returned':
      if (state.phase.name === 'connected') return ask(state, recovery.ANSWER_AFTER_SLEEP_MS, moment);
      // [R18] Another network may have another gateway at this address.
      if (state.lookout !== null && !moment.isLocal)
        return state.phase.name === 'paused' ? stay(endRun(state, moment)) : anotherRun(state, moment);
      return isAwaitingPort(state) ? knock(state, moment) : stay(state);
    case 'check-requested':
      return check(state, event.by, moment);
    case 'pause-requested':
      return { state: { ...state, phase: { name: 'paused' } }, effects: closing(state) };
    case 'resume-requested':
      return resume(state, moment);
    case 'notice-dismissed':
      return stay({ ...state, notice: null });
    case 'setup-code-added': {
      const setupCode = { serial: event.serial, expiresAt: event.expiresAt, unanswered: 0, refusal: null };
      return followedBy(forgetSetupCodes(state), (rest) =>
        startOver({ ...rest, held: { ...rest.held, setupCode } }, moment),
      );
    }
    case 'gateway-secret-added': {
      const { serial, isRemembered } = event;
      const gatewaySecret = { serial, isRemembered, isProven: false, unanswered: 0, refusal: null };
      // [R3] An older setup code would go first, and it may be the one that got no answer.
      return followedBy(followedBy(forgetSetupCodes(state), makeRoom), (rest) =>
        startOver({ ...rest, held: { ...rest.held, gatewaySecret } }, moment),
      );
    }
    case 'repair-secret-added':
      return tryForRepairs(state, event.serial, moment);
    case 'secret-declined':
      return startOver({ ...state, held: { ...state.held, mayGoWithout: true } }, moment);
    case 'gateway-secret-withdrawn':
      return followedBy(forget(state, 'gateway-secret'), (rest) => forgetAside(rest, 'gateway-secret'));
    case 'device-token-written':
      return written(state, event.serial);
    case 'knock-answered':
      return state.phase.name === 'knocking' ? answered(state, moment) : stay(state);
    case 'knock-failed':
      return state.phase.name === 'knocking' ? knockFailed(state, event.reason, moment) : stay(state);
    case 'socket-opened':
      return opened(state, moment);
    case 'flood-detected':
      return overrun(state, 'gateway-flooding', moment);
    case 'oversized-frame-received':
      return oversized(state, moment);
    case 'foreign-frame-received':
      return metStranger(state, 'not-a-gateway', moment);
    case 'challenge-received':
      return authenticate(state, event.nonce, event.issuedAt, moment);
    case 'credential-unreadable':
      return dropCredential(state, event.credential, 'credential-unreadable', null, moment);
    case 'identity-unavailable':
      return block(state, 'identity-unavailable', moment);
    case 'hello-received':
      return accepted(state, event.hello, moment);
    case 'connect-rejected':
      return rejected(state, event.failure, moment);
    case 'frame-received':
      // [D8] Before the challenge no gateway says anything.
      return state.phase.name === 'handshaking'
        ? metStranger(state, 'not-a-gateway', moment)
        : prove(state, event.latencyMs, moment);
    case 'shutdown-announced': {
      const cause = event.restartExpectedMs === null ? 'gateway-stopping' : 'gateway-restarting';
      return stay({ ...state, trouble: begin(cause, moment) });
    }
    case 'socket-closed':
      return closed(state, event.code, event.reason, moment);
    default:
      return event satisfies never;
  }
}

/** [R22] Sends a gateway secret once where the device token works, and nowhere else. */
function tryForRepairs(state: ConnectionState, serial: string, moment: Moment): Step {
  const isPaired = state.phase.name === 'connected' && state.trouble === null && state.held.deviceToken;
  if (!isPaired) return { state, effects: [{ type: 'forget', credential: 'gateway-secret', serial }] };
  const gatewaySecret = {
    serial,
    isRemembered: true,
    isProven: false,
    unanswered: 0,
    refusal: null,
    isOnTrial: true,
  } as const;
  return followedBy(makeRoom(state), (rest) =>
    knock({ ...rest, notice: null, held: { ...rest.held, gatewaySecret } }, moment),
  );
}

/** Both of them: the user gave us something newer. */
const forgetSetupCodes = (state: ConnectionState): Step =>
  followedBy(forget(state, 'setup-code'), (rest) => forgetAside(rest, 'setup-code'));

/** A knock was answered. [R20] At a port that is watched by the one who refused us, for all we know. */
function answered(state: ConnectionState, moment: Moment): Step {
  const connectAt = connectDueAt(state, moment);
  if (connectAt !== null) return awaitAdmission(state, connectAt, moment);
  if (state.lookout === null) return open(state, moment);
  if (moment.now - state.lookout.lookedAt > recovery.UNWATCHED_MS) return anotherRun(state, moment);
  return nextRetrial(state, moment.now) <= moment.now ? retry(state, moment) : watch(state, moment);
}

/** [R18] Another gateway may answer now: each credential gets one try. */
const anotherRun = (state: ConnectionState, moment: Moment): Step => retry(endRun(state, moment), moment);

const retry = (state: ConnectionState, moment: Moment): Step =>
  followedBy(bringBack(state, moment), (rest) =>
    chooseCredential(rest) === null ? watch(rest, moment) : knock({ ...rest, lookout: null }, moment),
  );

/** [R18] Goes on watching where nobody was met: the hour that nobody watched is not over with that. */
const watchOn = (state: ConnectionState, moment: Moment): Step => watch(state, moment, state.lookout);

function knockFailed(state: ConnectionState, reason: 'refused' | 'timeout', moment: Moment): Step {
  // [R20] On this computer silence is no end: who hangs may be the one who refused us.
  const isWatched = state.lookout !== null && reason === 'timeout' && moment.isLocal;
  return isWatched ? watchOn(state, moment) : unreachable(state, reason, moment);
}

const isAwaitingPort = ({ phase }: ConnectionState): boolean =>
  phase.name === 'waiting' && phase.why === 'unreachable';

/** [C5] A new worker has no sockets; everything else is as it was, deadlines included. */
function revive(state: ConnectionState, moment: Moment): Step {
  const { phase } = state;
  switch (phase.name) {
    case 'blocked':
    case 'paused':
      return stay(state);
    case 'waiting':
      return isAwaitingPort(state) || isDue(state, phase.retryAt, moment)
        ? knock(state, moment)
        : stay(state);
    case 'handshaking':
      // The answer to what we sent was lost with the worker: it counts as an attempt without answer.
      return phase.sent === null
        ? knock(state, moment)
        : backOff(state, moment, { cause: 'connection-lost' });
    case 'knocking':
    case 'connected':
      return knock(state, moment);
    default:
      return phase satisfies never;
  }
}

/**
 * [C9] A deadline further ahead than any of ours was made before the clock was set back. A lock-out may be as long as the
 * gateway likes: of that the clock says so when it has not begun yet.
 */
function isDue({ trouble, lockedUntil }: ConnectionState, deadline: number, { now }: Moment): boolean {
  const wasSetBack =
    deadline === lockedUntil
      ? trouble !== null && now < trouble.since
      : deadline - now > recovery.FURTHEST_AHEAD_MS;
  return now >= deadline || wasSetBack;
}

/** [C6] The timer is only a hint to look at the clock: a late, early or repeated one does no harm. */
function tick(state: ConnectionState, moment: Moment): Step {
  const { phase } = state;
  const { now } = moment;
  switch (phase.name) {
    case 'waiting':
      if (!isDue(state, phase.retryAt, moment)) return stay(state);
      // [R2] A gateway that just told us when to come back need not be knocked at.
      return phase.why === 'starting'
        ? open(state, moment)
        : knock(state, moment, connectDueAt(state, moment));
    case 'knocking':
      return now >= phase.giveUpAt ? knockFailed(state, 'timeout', moment) : stay(state);
    case 'handshaking': {
      if (!isDue(state, phase.giveUpAt, moment)) return stay(state);
      // [D9] Unless this computer slept, or its clock jumped: then nobody knows what was said meanwhile.
      const isMute =
        phase.openedAt !== null &&
        phase.sent === null &&
        Math.abs(now - phase.giveUpAt) <= recovery.SLEEP_GAP_MS;
      return backOff(state, moment, { cause: isMute ? 'gateway-mute' : 'handshake-timeout' });
    }
    case 'connected': {
      const deadline = phase.answerBy ?? phase.askAt;
      if (!isDue(state, deadline, moment)) return stay(state);
      // [C7] Off the deadline by a lot means that this computer slept and nobody could have answered.
      if (Math.abs(now - deadline) > recovery.SLEEP_GAP_MS)
        return ask(state, recovery.ANSWER_AFTER_SLEEP_MS, moment);
      return phase.answerBy === null
        ? ask(state, recovery.ANSWER_WITHIN_MS, moment)
        : lost(state, 'gateway-not-answering', moment);
    }
    case 'blocked':
    case 'paused':
      return stay(state);
    default:
      return phase satisfies never;
  }
}

/** [D9] What held the handshake back until now may have been this browser; the challenge gets its full time. */
function opened(state: ConnectionState, { now }: Moment): Step {
  if (state.phase.name !== 'handshaking' || state.phase.openedAt !== null) return stay(state);
  const giveUpAt = Math.max(state.phase.giveUpAt, now + recovery.MUTE_AFTER_MS);
  return stay({ ...state, phase: { ...state.phase, openedAt: now, giveUpAt } });
}

function ask(state: ConnectionState, withinMs: number, { now }: Moment): Step {
  if (state.phase.name !== 'connected') return stay(state);
  const phase = { ...state.phase, askAt: now + recovery.ASK_EVERY_MS, answerBy: now + withinMs };
  return { state: { ...state, phase }, effects: [{ type: 'ask', generation: state.generation }] };
}

/** [C3] Any frame of an authenticated socket proves that the gateway lives, now and for a while. */
function prove(state: ConnectionState, latencyMs: number | null, { now }: Moment): Step {
  if (state.phase.name !== 'connected') return stay(state);
  // An announced restart that did not come: after the grace time the gateway is simply there.
  const isOver = state.trouble !== null && now - state.trouble.since > recovery.RESTART_GRACE_MS;
  return stay({
    ...state,
    // [C7] Any frame is a sign of life: the next question is postponed.
    phase: { ...state.phase, askAt: now + recovery.ASK_EVERY_MS, answerBy: null },
    attempt: now - state.phase.since >= recovery.LASTED_MS ? 0 : state.attempt,
    trouble: isOver ? null : state.trouble,
    proof: { at: now, latencyMs: latencyMs ?? state.proof?.latencyMs ?? null },
  });
}

/** [R10] What a click, a command for all gateways, or a page that merely opens may set in motion. */
function check(state: ConnectionState, by: Asker, moment: Moment): Step {
  const { phase } = state;
  switch (phase.name) {
    case 'connected':
      return phase.answerBy === null ? ask(state, recovery.ANSWER_WITHIN_MS, moment) : stay(state);
    case 'waiting':
      if (state.lookout !== null && by === 'user' && canTryAgain(state)) return tryAgain(state, moment);
      // A page must not shorten a delay that protects the gateway. A click may; a lock-out `knock` sits out.
      return by !== 'page' || isAwaitingPort(state) || phase.why === 'approval'
        ? knock(state, moment)
        : stay(state);
    case 'blocked': {
      return by === 'user' && canTryAgain(state) ? tryAgain(state, moment) : stay(state);
    }
    case 'knocking':
      // What was a mere look becomes the knock before a connect.
      if (state.lookout !== null) return stay(by === 'user' && canTryAgain(state) ? meant(state) : state);
      return stay(
        'connectAt' in phase ? { ...state, phase: { name: 'knocking', giveUpAt: phase.giveUpAt } } : state,
      );
    case 'handshaking':
    case 'paused':
      return stay(state);
    default:
      return phase satisfies never;
  }
}

const tryAgain = (state: ConnectionState, moment: Moment): Step => knock(meant(state), moment);

const meant = (state: ConnectionState): ConnectionState => ({
  ...forgiveUnanswered(state),
  ...HERE,
  trouble: null,
  repairs: [],
  attempt: 0,
});

/** [R19] The user's own act says that this is the gateway that is meant. */
const HERE = { isPairing: true, lookout: null } as const;

/** A new credential makes past failures irrelevant. */
const startOver = (state: ConnectionState, moment: Moment): Step =>
  knock({ ...state, ...HERE, attempt: 0, trouble: null, notice: null, repair: null, repairs: [] }, moment);

/** [R11] A pause is no way around a block: what only the user can end is still there afterwards, and nothing else is. */
function resume(state: ConnectionState, moment: Moment): Step {
  if (state.phase.name !== 'paused') return stay(state);
  if (state.lookout !== null) return watchOn(state, moment);
  const { trouble } = state;
  if (trouble === null || causeOf(trouble.cause).bearing !== 'needs-you')
    return knock({ ...state, trouble: null }, moment);
  const { recovery: treatment } = causeOf(trouble.cause);
  if (treatment === 'await-admission') return knock(state, moment);
  if (treatment !== 're-pair' || state.repair === null) return stay({ ...state, phase: { name: 'blocked' } });
  // The repair was under way. [R19] After so long another gateway may have the port.
  const isLongAgo = moment.now - trouble.since > recovery.UNWATCHED_MS;
  return isLongAgo ? anotherRun(state, moment) : knock(state, moment);
}

function closed(state: ConnectionState, closeCode: number, reason: string, moment: Moment): Step {
  const words = reason === '' ? null : reason;
  const facts = { closeCode, words };
  if (state.phase.name === 'connected') {
    // [D2] On a live socket no close code is judged: the next handshake gives the reason in full.
    const announced =
      state.trouble && causeOf(state.trouble.cause).bearing === 'restart' ? state.trouble : null;
    const unannounced = closeCode === 1012 ? 'gateway-restarting' : 'connection-lost';
    const isEnd = announced !== null || closeCode === 1012;
    return lost(isEnd ? endRun(state, moment) : state, announced?.cause ?? unannounced, moment, facts);
  }
  if (closeCode === 1013) {
    const next = { ...endRun(state, moment), trouble: trouble(state, 'gateway-starting', moment, facts) };
    return wait(next, 'starting', moment.now + recovery.startingDelay(null, moment.isLocal));
  }
  if (closeCode === 1012)
    return backOff(endRun(state, moment), moment, { cause: 'gateway-restarting', facts });
  // [D3] The error frame should have come first; where it did not, the reason's words are the last resort.
  if ((closeCode === 1008 || closeCode === 1002) && words !== null) {
    return rejected(state, failureFromClose(words), moment, closeCode);
  }
  const hasAnswered = state.phase.name === 'handshaking' && state.phase.sent !== null;
  // [D8] Parting words before the challenge: no gateway says any, but one that we know might learn to.
  if (!hasAnswered && words !== null) {
    return metStranger(state, hasMetGateway(state) ? 'handshake-failed' : 'not-a-gateway', moment, facts);
  }
  return backOff(state, moment, { cause: hasAnswered ? 'connection-lost' : 'handshake-failed', facts });
}

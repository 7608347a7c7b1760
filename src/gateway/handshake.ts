/** Decisions between the gateway's challenge and its verdict. Pure; the rules are those of SPEC.md. */

import { type Cause, type CredentialKind, causeOf, type StoredCredentialKind } from './causes.ts';
import { FIRST_PROFILE, NO_WALK, nextRung } from './compatibility.ts';
import { chooseCredential, countUnanswered, forget, proveSecret, unanswered } from './credentials.ts';
import { closeCodeOf, diagnose } from './diagnosis.ts';
import { begin, block, type Ending, followedBy, open, stay, trouble, wait } from './moves.ts';
import { backOff } from './outage.ts';
import type { ConnectFailure } from './protocol.ts';
import * as recovery from './recovery.ts';
import type { ConnectionState, Effect, Held, HelloFacts, Moment, Notice, Step } from './state.ts';

/** The gateway's challenge came: send the connect that answers it. */
export function authenticate(state: ConnectionState, nonce: string, signedAt: number, moment: Moment): Step {
  if (state.phase.name !== 'handshaking' || state.phase.sent !== null) return stay(state);
  const credential = chooseCredential(state);
  if (credential === null) return block(state, 'no-credential', moment);
  const { setupCode } = state.held;
  // [R6] An expired code is not worth an attempt that the gateway would count. Both times are the gateway's.
  if (credential === 'setup-code' && setupCode?.expiresAt != null && setupCode.expiresAt <= signedAt) {
    return dropCredential(state, credential, 'setup-code-expired', null, moment);
  }
  // [R8] Counted before it is sent, and saved: a worker that dies now must not forget that it tried.
  const counted = countUnanswered(state, credential, unanswered(state, credential) + 1);
  return {
    state: { ...counted, phase: { ...state.phase, sent: credential } },
    effects: [
      {
        type: 'send-connect',
        generation: state.generation,
        credential,
        profile: state.profile,
        nonce,
        signedAt,
      },
    ],
  };
}

/** hello-ok: the only proof of status there is. */
export function accepted(state: ConnectionState, hello: HelloFacts, moment: Moment): Step {
  if (state.phase.name !== 'handshaking') return stay(state);
  const { sent, startedAt } = state.phase;
  const { now } = moment;
  const { held, effects } = settleCredentials(state, hello, sent);
  const { repair } = state;
  return {
    state: {
      ...state,
      phase: { name: 'connected', since: now, askAt: now + recovery.ASK_EVERY_MS, answerBy: null },
      trouble: null,
      held,
      // What an old gateway did not know its next version may.
      profile:
        state.server?.version === hello.serverVersion
          ? state.profile
          : { ...state.profile, deviceTokenField: FIRST_PROFILE.deviceTokenField },
      walk: NO_WALK,
      proof: { at: now, latencyMs: Math.max(0, now - startedAt) },
      server: { version: hello.serverVersion, protocol: hello.protocol, bootId: hello.bootId },
      repair: null,
      repairs: repair === null ? state.repairs : [...recentRepairs(state, moment), now],
      notice: noticeOf(state, hello, moment),
      lockedUntil: null,
    },
    effects,
  };
}

/** What is worth telling now that it is over: a repair, or else that the gateway is another version than before. */
function noticeOf(
  { repair, server, notice }: ConnectionState,
  hello: HelloFacts,
  { now }: Moment,
): Notice | null {
  if (repair) {
    return { kind: 'repaired', at: now, cause: repair.cause, tookMs: Math.max(0, now - repair.since) };
  }
  const from = server?.version ?? null;
  const to = hello.serverVersion;
  return from !== null && to !== null && from !== to ? { kind: 'updated', at: now, from, to } : notice;
}

/** [R6] After success: a setup code has served, and so has a secret that the user did not want kept. */
function settleCredentials(
  { held, profile }: ConnectionState,
  hello: HelloFacts,
  sent: CredentialKind | null,
): { held: Held; effects: Effect[] } {
  const effects: Effect[] = [];
  const { setupCode, gatewaySecret } = held;
  const deviceToken = hello.deviceToken ? { ...hello.deviceToken, client: profile.client } : held.deviceToken;
  if (setupCode) effects.push({ type: 'forget', credential: 'setup-code', serial: setupCode.serial });
  // [K5] A gateway that issues no device token (2026.2.22 to 2.24) would lock us out with the secret gone.
  const keepsSecret = gatewaySecret !== null && (gatewaySecret.isRemembered || deviceToken === null);
  if (gatewaySecret && !keepsSecret) {
    effects.push({ type: 'forget', credential: 'gateway-secret', serial: gatewaySecret.serial });
  }
  return {
    held: {
      ...held,
      deviceToken: deviceToken && { ...deviceToken, unanswered: 0 },
      gatewaySecret: keepsSecret
        ? { ...gatewaySecret, isProven: gatewaySecret.isProven || sent === 'gateway-secret', unanswered: 0 }
        : null,
      setupCode: null,
    },
    effects,
  };
}

/** The gateway refused. `closeCode` is given where only the close frame told us so. */
export function rejected(
  before: ConnectionState,
  failure: ConnectFailure,
  moment: Moment,
  closeCode: number | null = null,
): Step {
  if (before.phase.name !== 'handshaking') return stay(before);
  const { sent } = before.phase;
  const seen = diagnose(failure, sent);
  const rung = nextRung(before.profile, before.walk, seen, failure);
  // [K4] Refused before any credential was looked at: speak to it in another way, at once.
  if (rung) return open({ ...(sent === null ? before : countUnanswered(before, sent, 0)), ...rung }, moment);
  // "Unknown client" on the last rung says less than the origin that an earlier one was refused for.
  const cause = seen === 'client-not-accepted' ? (before.walk.cause ?? seen) : seen;
  const words = failure.message === '' ? null : failure.message;
  // [D12] We leave before the gateway closes: the code that people search for would be lost.
  const facts: Ending = { words, closeCode: closeCode ?? closeCodeOf(failure) };
  // The gateway answered, so this attempt is no longer in doubt.
  const answered = sent === null ? before : countUnanswered(before, sent, 0);
  const state = { ...answered, walk: NO_WALK };
  const { recovery: treatment } = causeOf(cause);
  switch (treatment) {
    case 'wait': {
      const retryAt = moment.now + recovery.startingDelay(failure.retryAfterMs, moment.isLocal);
      return wait({ ...state, trouble: trouble(state, cause, moment, facts) }, 'starting', retryAt);
    }
    case 'await-approval': {
      const requestId = failure.pairing?.requestId ?? null;
      const next = trouble(state, cause, moment, { ...facts, requestId });
      const delay = recovery.approvalDelay(moment.now - next.since, moment.random);
      return wait({ ...proveSecret(state, sent), trouble: next }, 'approval', moment.now + delay);
    }
    case 're-pair':
      return rePair(state, cause, facts, moment);
    case 'drop-credential':
      return sent === null || sent === 'none'
        ? block(state, cause, moment, facts)
        : dropCredential(state, sent, cause, facts, moment);
    case 'await-admission': {
      const next = trouble(state, cause, moment, facts);
      const delay = recovery.approvalDelay(moment.now - next.since, moment.random);
      return wait({ ...state, trouble: next }, 'approval', moment.now + delay);
    }
    case 'cool-down': {
      const lockedUntil = moment.now + recovery.coolDownDelay(failure.retryAfterMs, moment.random);
      const next = { ...begin(cause, moment), ...facts };
      return wait({ ...state, lockedUntil, trouble: next }, 'limited', lockedUntil);
    }
    case 'reconnect':
      return backOff(state, cause, moment, facts);
    case 'stop':
      return block(state, cause, moment, facts);
    default:
      return treatment satisfies never;
  }
}

/** [R5] A credential was refused: it goes, and what else we hold gets its turn; with nothing left, the user. */
export function dropCredential(
  state: ConnectionState,
  credential: StoredCredentialKind,
  cause: Cause,
  ending: Ending | null,
  moment: Moment,
): Step {
  return followedBy(forget(state, credential), (rest) => {
    if (chooseCredential(rest) === null) return block({ ...rest, repair: null }, cause, moment, ending);
    const notice = { kind: 'credential-refused', at: moment.now, cause } as const;
    return open(credential === 'device-token' ? rest : { ...rest, notice }, moment);
  });
}

/** [R4] Forget exactly this device token, keep the identity, and use what else we hold at once. */
function rePair(state: ConnectionState, cause: Cause, ending: Ending, moment: Moment): Step {
  if (recentRepairs(state, moment).length >= recovery.REPAIRS_LIMIT) {
    return followedBy(forget(state, 'device-token'), (rest) =>
      block(rest, 'device-token-unstable', moment, ending),
    );
  }
  // [R16] The user wants to be asked: the token is gone, and a click uses what else we hold.
  if (!moment.mayRepair) {
    return followedBy(forget(state, 'device-token'), (rest) => block(rest, cause, moment, ending));
  }
  const since = state.trouble?.since ?? moment.now;
  const repairing = {
    ...state,
    repair: state.repair ?? { cause, since },
    trouble: trouble(state, cause, moment, ending),
  };
  return dropCredential(repairing, 'device-token', cause, ending, moment);
}

const recentRepairs = (state: ConnectionState, { now }: Moment): number[] =>
  state.repairs.filter((at) => now - at < recovery.REPAIRS_WINDOW_MS);

/** Decisions between the gateway's challenge and its verdict. Pure; the rules are those of SPEC.md. */

import { bringBack, endRun, forgetAside, setAside } from './aside.ts';
import { type Cause, type CredentialKind, causeOf, type StoredCredentialKind } from './causes.ts';
import { FIRST_PROFILE, NO_WALK, nextRung, type Profile } from './compatibility.ts';
import {
  chooseCredential,
  countUnanswered,
  forget,
  isHeldBack,
  isOnTrial,
  proveSecret,
  unanswered,
} from './credentials.ts';
import { closeCodeOf, diagnose } from './diagnosis.ts';
import { awaitAdmission, begin, block, blockWithout, type Ending, open, trouble, wait } from './moves.ts';
import { backOff, metStranger } from './outage.ts';
import type { ConnectFailure } from './protocol.ts';
import * as recovery from './recovery.ts';
import type { ConnectionState, Effect, Held, HelloFacts, Moment, Notice, Step } from './state.ts';
import { followedBy, stay } from './step.ts';

/** The gateway's challenge came: send the connect that answers it. */
export function authenticate(state: ConnectionState, nonce: string, signedAt: number, moment: Moment): Step {
  if (state.phase.name !== 'handshaking' || state.phase.sent !== null) return stay(state);
  const credential = chooseCredential(state);
  if (credential === null) return blockWithout(state, moment);
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
  // [D8] It answers nothing.
  if (sent === null) return metStranger(state, 'not-a-gateway', moment);
  const { now } = moment;
  const { repair } = state;
  const isAnotherBoot =
    hello.bootId !== null && state.server?.bootId != null && hello.bootId !== state.server.bootId;
  const settled = followedBy(settleCredentials(state, hello, sent), (rest) =>
    // [R18] It is proved now that another run answers than before; what that one refused may be right. Where that end was
    // seen, what was refused since was refused by a later run, this one for all we know.
    isAnotherBoot && !state.mayBeAnother ? bringBack(endRun(rest, moment), moment) : stay(rest),
  );
  return {
    state: {
      ...settled.state,
      mayBeAnother: false,
      isPairing: false,
      lookout: null,
      phase: { name: 'connected', since: now, askAt: now + recovery.ASK_EVERY_MS, answerBy: null },
      trouble: null,
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
      notice: noticeOf(state, hello, sent, moment),
      lockedUntil: null,
    },
    effects: settled.effects,
  };
}

/** What is worth telling now that it is over: a repair, another gateway that is gone, or another version than before. */
function noticeOf(
  { repair, trouble, server, notice, held }: ConnectionState,
  hello: HelloFacts,
  sent: CredentialKind | null,
  { now }: Moment,
): Notice | null {
  if (repair) {
    // What a person had to approve is told as theirs.
    const wasApproved = trouble !== null && causeOf(trouble.cause).bearing === 'approval';
    const cause = wasApproved ? trouble.cause : repair.cause;
    return { kind: 'repaired', at: now, cause, tookMs: Math.max(0, now - repair.since) };
  }
  // [E11] A gateway knows the tokens that it issued: who refused this one did not issue it.
  const refusal = sent === 'device-token' ? held.deviceToken?.refusal : null;
  if (refusal?.until != null) {
    return { kind: 'right-gateway-back', at: now, since: refusal.since, until: refusal.until };
  }
  const from = server?.version ?? null;
  const to = hello.serverVersion;
  return from !== null && to !== null && from !== to ? { kind: 'updated', at: now, from, to } : notice;
}

/**
 * [R6] After success: a setup code has served, and so has a secret that the user did not want kept. [R18] What is aside
 * goes for good where a newer one of its kind has worked.
 */
function settleCredentials(state: ConnectionState, hello: HelloFacts, sent: CredentialKind | null): Step {
  const effects: Effect[] = [];
  const { held, profile } = state;
  const { setupCode, gatewaySecret } = held;
  const deviceToken = hello.deviceToken ? { ...hello.deviceToken, client: profile.client } : held.deviceToken;
  // [R21] What brought a device token stays until that is on the disk.
  const isUnwritten = deviceToken?.isUnwritten === true;
  if (setupCode && !isUnwritten) {
    effects.push({ type: 'forget', credential: 'setup-code', serial: setupCode.serial });
  }
  // [K5] A gateway that issues no device token (2026.2.22 to 2.24) would lock us out with the secret gone.
  const wasSecret = sent === 'gateway-secret';
  // [R22] The trial is over, and nothing came of it.
  const isLeftOver = !wasSecret && isOnTrial(state);
  const keepsSecret =
    gatewaySecret !== null &&
    !isLeftOver &&
    (gatewaySecret.isRemembered || deviceToken === null || isUnwritten);
  if (gatewaySecret && !keepsSecret) {
    effects.push({ type: 'forget', credential: 'gateway-secret', serial: gatewaySecret.serial });
  }
  const settled: ConnectionState = {
    ...state,
    held: {
      ...held,
      deviceToken: deviceToken && { ...deviceToken, unanswered: 0, refusal: null },
      gatewaySecret: keepsSecret
        ? {
            ...tried(gatewaySecret),
            isProven: gatewaySecret.isProven || wasSecret,
            unanswered: 0,
            refusal: wasSecret ? null : gatewaySecret.refusal,
          }
        : null,
      setupCode: isUnwritten ? setupCode && { ...setupCode, unanswered: 0 } : null,
    },
  };
  const served: StoredCredentialKind[] = [
    'setup-code',
    ...(deviceToken ? (['device-token'] as const) : []),
    ...(wasSecret ? (['gateway-secret'] as const) : []),
  ];
  return served.reduce<Step>((step, kind) => followedBy(step, (rest) => forgetAside(rest, kind)), {
    state: settled,
    effects,
  });
}

/** [R22] The same secret, not on trial any more. */
function tried({
  isOnTrial: _,
  ...secret
}: NonNullable<Held['gatewaySecret']>): NonNullable<Held['gatewaySecret']> {
  return secret;
}

/** [R21] The device token is on the disk: what brought it has served. */
export function written(state: ConnectionState, serial: string): Step {
  const { deviceToken, gatewaySecret, setupCode } = state.held;
  if (deviceToken?.serial !== serial || !deviceToken.isUnwritten) return stay(state);
  const { isUnwritten: _, ...kept } = deviceToken;
  const next = { ...state, held: { ...state.held, deviceToken: kept } };
  const served: StoredCredentialKind[] = [];
  if (setupCode) served.push('setup-code');
  if (gatewaySecret && !gatewaySecret.isRemembered) served.push('gateway-secret');
  return served.reduce<Step>((step, kind) => followedBy(step, (rest) => forget(rest, kind)), stay(next));
}

/** [R17] The device token of a hello-ok whose socket is gone: it is the one from now on, and the setup code that brought it has served. */
export function arrivedLate(state: ConnectionState, token: HelloFacts['deviceToken']): Step {
  const { held, profile } = state;
  if (token === null || token.serial === held.deviceToken?.serial) return stay(state);
  const deviceToken = { ...token, client: profile.client, unanswered: 0, refusal: null };
  return followedBy(
    forgetAside({ ...state, held: { ...held, deviceToken } }, 'device-token'),
    // A code that was never sent was pasted after it. [R21] What brought a token stays until that is on the disk.
    (rest) =>
      rest.held.setupCode?.unanswered && !token.isUnwritten ? forget(rest, 'setup-code') : stay(rest),
  );
}

/** [R17] The worker died before the state heard of a token that was in the vault by then. */
export function adopted(state: ConnectionState, newestToken: string | null): Step {
  const isNews = newestToken !== null && newestToken !== state.aside.deviceToken?.serial;
  return isNews && awaitsHello(state)
    ? arrivedLate(state, { serial: newestToken, issuedAt: null })
    : stay(state);
}

/** A hello-ok may be on its way, and its token in the vault. */
export const awaitsHello = ({ phase }: Pick<ConnectionState, 'phase'>): boolean =>
  phase.name === 'handshaking' && phase.sent !== null;

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
  const rung = nextRung(before.profile, before.walk, seen, failure, (client) =>
    // [K4] A way of speaking that we hold nothing for would end as "nothing to sign in with", which is not true.
    canSpeakAs(before, client),
  );
  // [K4] Refused before any credential was looked at: speak to it in another way, at once.
  if (rung) return open({ ...(sent === null ? before : countUnanswered(before, sent, 0)), ...rung }, moment);
  // "Unknown client" on the last rung says less than the origin that an earlier one was refused for.
  const cause = seen === 'client-not-accepted' ? (before.walk.cause ?? seen) : seen;
  const words = failure.message === '' ? null : failure.message;
  // [D12] We leave before the gateway closes: the code that people search for would be lost.
  const facts: Ending = { words, closeCode: closeCode ?? closeCodeOf(failure) };
  // The gateway answered, so this attempt is no longer in doubt.
  const answered = sent === null ? before : countUnanswered(before, sent, 0);
  const { recovery: treatment } = causeOf(cause);
  if (sent === 'gateway-secret' && isOnTrial(answered)) {
    // [R22] It proved nothing about the device token, which is next, at once where that may be.
    if (treatment === 'stop' || treatment === 're-pair')
      return dropCredential({ ...answered, walk: NO_WALK }, sent, cause, facts, moment);
    if (treatment !== 'drop-credential' && treatment !== 'await-approval')
      return followedBy(forget(answered, sent), (rest) =>
        treat({ ...rest, walk: NO_WALK }, sent, cause, failure, facts, moment),
      );
  }
  return treat({ ...answered, walk: NO_WALK }, sent, cause, failure, facts, moment);
}

/** What a refusal calls for, by its cause. */
function treat(
  state: ConnectionState,
  sent: CredentialKind | null,
  cause: Cause,
  failure: ConnectFailure,
  facts: Ending,
  moment: Moment,
): Step {
  const { recovery: treatment } = causeOf(cause);
  switch (treatment) {
    case 'wait': {
      // [R18] A gateway that is starting is another run than the one before.
      const isStarting = cause === 'gateway-starting';
      const retryAt = moment.now + recovery.startingDelay(failure.retryAfterMs, moment.isLocal);
      const rest = isStarting ? endRun(state, moment) : state;
      return wait({ ...rest, trouble: trouble(state, cause, moment, facts) }, 'starting', retryAt);
    }
    case 'await-approval': {
      const requestId = failure.pairing?.requestId ?? null;
      const next = trouble(state, cause, moment, { ...facts, requestId, requestedAt: moment.now });
      // [R23]
      const watchedFor = moment.approverSince === null ? null : moment.now - moment.approverSince;
      const delay = recovery.approvalDelay(moment.now - next.since, moment.random, watchedFor);
      return wait({ ...proveSecret(state, sent), trouble: next }, 'approval', moment.now + delay);
    }
    case 're-pair':
      return rePair(state, cause, facts, moment);
    case 'drop-credential':
      return sent === null || sent === 'none'
        ? block(state, cause, moment, facts)
        : refuse(state, sent, cause, facts, moment);
    case 'await-admission': {
      const next = trouble(state, cause, moment, facts);
      const delay = recovery.approvalDelay(moment.now - next.since, moment.random, null);
      return awaitAdmission({ ...state, trouble: next }, moment.now + delay, moment);
    }
    case 'cool-down': {
      const lockedUntil = moment.now + recovery.coolDownDelay(failure.retryAfterMs, moment.random);
      const next = { ...begin(cause, moment), ...facts };
      return wait({ ...state, lockedUntil, trouble: next }, 'limited', lockedUntil);
    }
    case 'reconnect':
      return backOff(state, moment, { cause, facts });
    case 'stop':
      return block(state, cause, moment, facts);
    default:
      return treatment satisfies never;
  }
}

/** A credential that we cannot read or that has expired: it goes, and what else we hold gets its turn. */
export const dropCredential = (
  state: ConnectionState,
  credential: StoredCredentialKind,
  cause: Cause,
  ending: Ending | null,
  moment: Moment,
): Step =>
  followedBy(forget(state, credential), (rest) => useTheRest(rest, credential, cause, ending, moment));

/** [R5] A credential was refused: it is set aside, and what else we hold gets its turn; with nothing left, the user. */
const refuse = (
  state: ConnectionState,
  credential: StoredCredentialKind,
  cause: Cause,
  ending: Ending,
  moment: Moment,
): Step =>
  followedBy(setAside(state, credential, moment), (rest) =>
    // [R18] A secret that worked makes room for a newer one; where that is refused it is back.
    followedBy(bringBack(rest, moment), (back) => useTheRest(back, credential, cause, ending, moment)),
  );

function useTheRest(
  rest: ConnectionState,
  lost: StoredCredentialKind,
  cause: Cause,
  ending: Ending | null,
  moment: Moment,
): Step {
  if (chooseCredential(rest) === null) return block({ ...rest, repair: null }, cause, moment, ending);
  const notice = { kind: 'credential-refused', at: moment.now, cause } as const;
  return open(lost === 'device-token' ? rest : { ...rest, notice }, moment);
}

/** [R4] Set exactly this device token aside, keep the identity, and use what else we hold at once. */
function rePair(state: ConnectionState, cause: Cause, ending: Ending, moment: Moment): Step {
  const stop = (why: Cause): Step =>
    followedBy(setAside(state, 'device-token', moment), (rest) =>
      block({ ...rest, repair: null }, why, moment, ending),
    );
  if (recentRepairs(state, moment).length >= recovery.REPAIRS_LIMIT) return stop('device-token-unstable');
  // [R19] Another gateway may have refused it: nothing that pairs anew is sent before a click.
  if (isHeldBack(state)) return stop('maybe-another-gateway');
  // [R16] The user wants to be asked: the token is set aside, and a click uses what else we hold.
  if (!moment.mayRepair) return stop(cause);
  const since = state.trouble?.since ?? moment.now;
  const repairing = {
    ...state,
    repair: state.repair ?? { cause, since },
    trouble: trouble(state, cause, moment, ending),
  };
  return refuse(repairing, 'device-token', cause, ending, moment);
}

const canSpeakAs = (state: ConnectionState, client: Profile['client']): boolean =>
  chooseCredential({ ...state, profile: { ...state.profile, client } }) !== null;

const recentRepairs = (state: ConnectionState, { now }: Moment): number[] =>
  state.repairs.filter((at) => now - at < recovery.REPAIRS_WINDOW_MS);

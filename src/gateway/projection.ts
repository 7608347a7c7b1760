/** From a connection to what may be shown of it. Apart from `status.ts`, because pages show what they are given. */
import { causeOf } from './causes.ts';
import { canTryAgain, isOnTrial } from './credentials.ts';
import { restartedAt } from './evidence.ts';
import { findings } from './findings.ts';
import * as recovery from './recovery.ts';
import type { ConnectionState, Trouble } from './state.ts';
import type { ConnectionStatus, GatewayRecord, StatusCode } from './status.ts';

/** A blip shorter than this changes the icon but writes nothing on it. */
const VISIBLE_AFTER_MS = 5_000;

/** Delays shorter than this are not worth a countdown. */
const COUNTDOWN_FROM_MS = 2_000;

/** Projects a connection at one moment. Pure; `now` in milliseconds since the epoch. */
export function toConnectionStatus(
  gateway: GatewayRecord,
  state: ConnectionState,
  now: number,
): ConnectionStatus {
  const { phase, trouble, notice, evidence } = state;
  const code = codeOf(state, now);
  const isCalm = code === 'healthy' || code === 'healed' || code === 'paused' || code === 'unknown';
  const cause =
    phase.name === 'blocked' ? (trouble?.cause ?? 'no-credential') : isCalm ? null : (trouble?.cause ?? null);
  const isWatching = watchesForAnother(state);
  const actsAt =
    ('connectAt' in phase ? phase.connectAt : null) ?? (phase.name === 'waiting' ? phase.retryAt : null);
  const isGone = trouble !== null && now >= requestEndsAt(trouble);
  const hasCountdown = actsAt !== null && !isWatching && actsAt - now >= COUNTDOWN_FROM_MS;
  return {
    gatewayId: gateway.id,
    name: gateway.name,
    address: gateway.address,
    reach: gateway.reach,
    code,
    cause,
    since: phase.name === 'connected' && isCalm ? phase.since : (trouble?.since ?? null),
    provenAt: state.proof?.at ?? null,
    latencyMs: state.proof?.latencyMs ?? null,
    nextTryAt: hasCountdown ? actsAt : null,
    isVisible: trouble !== null && now - trouble.since >= VISIBLE_AFTER_MS,
    attempt: state.attempt,
    requestId: code === 'approval' && !isGone ? (trouble?.requestId ?? null) : null,
    isRequestGone: code === 'approval' && isGone,
    closeCode: trouble?.closeCode ?? null,
    words: trouble?.words ?? null,
    notice: notice && now - notice.at < recovery.NOTICE_LASTS_MS ? notice : null,
    serverVersion: state.server?.version ?? null,
    isSecretRemembered: (state.held.gatewaySecret ?? state.aside.gatewaySecret)?.isRemembered ?? false,
    selfRepair: selfRepairOf(state),
    isWithoutDeviceToken: phase.name === 'connected' && state.held.deviceToken === null,
    isPairingUnwritten: phase.name === 'connected' && state.held.deviceToken?.isUnwritten === true,
    canTryAgain: (phase.name === 'blocked' || isWatching) && canTryAgain(state),
    findings: findings(state, now),
    skewMs: evidence.skewMs,
    challengeMs: evidence.challengeMs,
    helloMs: evidence.helloMs,
    deviceTokenIssuedAt: state.held.deviceToken?.issuedAt ?? null,
    restartedAt: restartedAt(evidence),
    // What a person approved again is no repair of ours.
    repairedAt: evidence.repairs.findLast(({ cause }) => causeOf(cause).bearing !== 'approval')?.at ?? null,
    protocol: state.server?.protocol ?? null,
  };
}

function selfRepairOf(state: ConnectionState): ConnectionStatus['selfRepair'] {
  if (isOnTrial(state)) return 'checking';
  const { gatewaySecret } = state.held;
  const isReady = gatewaySecret?.isProven && gatewaySecret.isRemembered && gatewaySecret.refusal === null;
  return isReady ? 'on' : 'off';
}

/** [R24] When a request is gone that the gateway names no more; never, if it named none. */
const requestEndsAt = ({ requestId, requestedAt }: Trouble): number =>
  requestId === null || requestedAt === undefined
    ? Number.POSITIVE_INFINITY
    : requestedAt + recovery.REQUEST_LASTS_MS;

/** [R20] The user is needed, and the port is watched meanwhile. */
const watchesForAnother = ({ phase, lookout }: ConnectionState): boolean =>
  lookout !== null &&
  (phase.name === 'knocking' || (phase.name === 'waiting' && phase.why === 'another-run'));

function codeOf(state: ConnectionState, now: number): StatusCode {
  const { phase, trouble } = state;
  if (phase.name === 'paused') return 'paused';
  if (phase.name === 'blocked' || watchesForAnother(state)) return 'needs-you';
  // [R22] What a trial of a secret interrupts for a moment is still proved.
  const isTrying = isOnTrial(state) && (phase.name === 'knocking' || phase.name === 'handshaking');
  if (phase.name === 'connected' || (isTrying && trouble === null)) {
    if (trouble !== null) return 'starting';
    // [C4] Green must expire: a proof that was not renewed proves nothing.
    if (state.proof === null || now - state.proof.at > recovery.PROOF_LASTS_MS) return 'unknown';
    const isFreshRepair =
      state.notice?.kind === 'repaired' && now - state.notice.at < recovery.NOTICE_LASTS_MS;
    return isFreshRepair ? 'healed' : 'healthy';
  }
  if (trouble === null) return 'unknown';
  const age = now - trouble.since;
  const { bearing } = causeOf(trouble.cause);
  switch (bearing) {
    case 'approval':
      return 'approval';
    case 'limited':
      return 'limited';
    case 'offline':
      return 'offline';
    case 'restart':
      // "Starting" is the gateway's own word; an announcement is believed for a while.
      if (trouble.cause === 'gateway-starting' || age < recovery.RESTART_GRACE_MS) return 'starting';
      return 'down';
    case 'transient':
      return age < recovery.DOWN_AFTER_MS ? 'reconnecting' : 'down';
    case 'needs-you':
      // Either the owner must let us in and we look again, or we are repairing at this moment.
      return causeOf(trouble.cause).recovery === 'await-admission' ? 'needs-you' : 'reconnecting';
    default:
      return bearing satisfies never;
  }
}

/**
 * The next moment at which something has to happen although no event comes: a deadline of the connection, or
 * a change of its projection. `null` if only an event can change anything.
 */
export function nextMoment(state: ConnectionState, now: number): number | null {
  const { phase, trouble, notice, proof } = state;
  const moments: number[] = [];
  if (phase.name === 'waiting') moments.push(phase.retryAt);
  if (phase.name === 'knocking' || phase.name === 'handshaking') moments.push(phase.giveUpAt);
  if (phase.name === 'connected') moments.push(phase.answerBy ?? phase.askAt);
  const changes: number[] = [];
  if (trouble) {
    const { since } = trouble;
    changes.push(since + VISIBLE_AFTER_MS, since + recovery.DOWN_AFTER_MS, since + recovery.RESTART_GRACE_MS);
    if (Number.isFinite(requestEndsAt(trouble))) changes.push(requestEndsAt(trouble));
  }
  if (notice) changes.push(notice.at + recovery.NOTICE_LASTS_MS);
  if (proof && phase.name === 'connected') changes.push(proof.at + recovery.PROOF_LASTS_MS + 1);
  // A change in the past has been shown; a deadline in the past is due now.
  moments.push(...changes.filter((moment) => moment > now));
  return moments.length === 0 ? null : Math.min(...moments);
}

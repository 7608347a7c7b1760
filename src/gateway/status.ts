/** What pages, badge and tooltip may know of a connection. Holds no secret by type, and decides nothing. */
import { type Cause, causeOf } from './causes.ts';
import { findings, restartedAt } from './evidence.ts';
import type { Finding } from './finding.ts';
import * as recovery from './recovery.ts';
import type { ConnectionState, Notice } from './state.ts';

/** One word for the whole state, in order of badness (`ux.md` 3.1): worst first. */
export const STATUS_CODES = [
  'needs-you',
  'approval',
  'relay',
  'down',
  'offline',
  'limited',
  'reconnecting',
  'starting',
  'unknown',
  'healed',
  'healthy',
  'paused',
  'not-set-up',
] as const;
export type StatusCode = (typeof STATUS_CODES)[number];

/** One gateway as the user knows it. */
export interface GatewayRecord {
  readonly id: string;
  /** A normalised WebSocket address without credentials, e.g. `ws://127.0.0.1:18789`. */
  readonly address: string;
  readonly reach: 'loopback' | 'private' | 'public';
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

/** The projection of one connection. All times in milliseconds since the epoch. */
export interface Status {
  readonly gatewayId: string;
  readonly address: string;
  readonly reach: GatewayRecord['reach'];
  readonly code: StatusCode;
  readonly cause: Cause | null;
  /** Since when the state named by `code` lasts: the start of the incident, or of the connection. */
  readonly since: number | null;
  /** The last proof that the gateway lives. */
  readonly provenAt: number | null;
  readonly latencyMs: number | null;
  /** When we act next; `null` if that is within two seconds, or never. */
  readonly nextTryAt: number | null;
  /** A small icon text is due: the outage is older than a blip. */
  readonly isVisible: boolean;
  readonly attempt: number;
  readonly requestId: string | null;
  readonly closeCode: number | null;
  /** The gateway's own words: foreign text, shortened and redacted; show it as text only. */
  readonly words: string | null;
  readonly notice: Notice | null;
  readonly serverVersion: string | null;
  /** Whether a repair can succeed without the user. */
  readonly isSecretRemembered: boolean;
  /** Connected with the gateway secret alone, because this gateway issues no device token. */
  readonly isWithoutDeviceToken: boolean;
  /** A click on "try again" makes sense. */
  readonly canTryAgain: boolean;
  /** What the connection's past proves, the gravest first. */
  readonly findings: readonly Finding[];
  /** Gateway's clock minus ours, and how long the last challenge and the last hello-ok took; milliseconds. */
  readonly skewMs: number | null;
  readonly challengeMs: number | null;
  readonly helloMs: number | null;
  /** When the device token in use was issued, by the gateway's clock. */
  readonly deviceTokenIssuedAt: number | null;
  /** When the gateway was last found to have restarted, and when and what we last repaired. */
  readonly restartedAt: number | null;
  readonly repairedAt: number | null;
  readonly protocol: number | null;
}

/** A blip shorter than this changes the icon but writes nothing on it. */
const VISIBLE_AFTER_MS = 5_000;

/** Delays shorter than this are not worth a countdown. */
const COUNTDOWN_FROM_MS = 2_000;

/** Projects a connection at one moment. Pure; `now` in milliseconds since the epoch. */
export function toStatus(gateway: GatewayRecord, state: ConnectionState, now: number): Status {
  const { phase, trouble, notice, evidence } = state;
  const code = codeOf(state, now);
  const isCalm = code === 'healthy' || code === 'healed' || code === 'paused' || code === 'unknown';
  const cause =
    phase.name === 'blocked' ? (trouble?.cause ?? 'no-credential') : isCalm ? null : (trouble?.cause ?? null);
  const hasCountdown = phase.name === 'waiting' && phase.retryAt - now >= COUNTDOWN_FROM_MS;
  return {
    gatewayId: gateway.id,
    address: gateway.address,
    reach: gateway.reach,
    code,
    cause,
    since: phase.name === 'connected' && isCalm ? phase.since : (trouble?.since ?? null),
    provenAt: state.proof?.at ?? null,
    latencyMs: state.proof?.latencyMs ?? null,
    nextTryAt: hasCountdown ? phase.retryAt : null,
    isVisible: trouble !== null && now - trouble.since >= VISIBLE_AFTER_MS,
    attempt: state.attempt,
    requestId: code === 'approval' ? (trouble?.requestId ?? null) : null,
    closeCode: trouble?.closeCode ?? null,
    words: trouble?.words ?? null,
    notice: notice && now - notice.at < recovery.NOTICE_LASTS_MS ? notice : null,
    serverVersion: state.server?.version ?? null,
    isSecretRemembered: state.held.gatewaySecret?.isRemembered ?? false,
    isWithoutDeviceToken: phase.name === 'connected' && state.held.deviceToken === null,
    canTryAgain:
      phase.name === 'blocked' && causeOf(trouble?.cause ?? 'no-credential').unblock === 'try-again',
    findings: findings(state, now),
    skewMs: evidence.skewMs,
    challengeMs: evidence.challengeMs,
    helloMs: evidence.helloMs,
    deviceTokenIssuedAt: state.held.deviceToken?.issuedAt ?? null,
    restartedAt: restartedAt(evidence),
    repairedAt: evidence.repairs.at(-1)?.at ?? null,
    protocol: state.server?.protocol ?? null,
  };
}

function codeOf(state: ConnectionState, now: number): StatusCode {
  const { phase, trouble } = state;
  if (phase.name === 'paused') return 'paused';
  if (phase.name === 'blocked') return 'needs-you';
  if (phase.name === 'connected') {
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
  }
  if (notice) changes.push(notice.at + recovery.NOTICE_LASTS_MS);
  if (proof && phase.name === 'connected') changes.push(proof.at + recovery.PROOF_LASTS_MS + 1);
  // A change in the past has been shown; a deadline in the past is due now.
  moments.push(...changes.filter((moment) => moment > now));
  return moments.length === 0 ? null : Math.min(...moments);
}

/** The status that decides icon and first card when there are several gateways: the worst one. */
export function worstOf<T extends Status>(statuses: readonly T[]): T | null {
  return statuses.reduce<T | null>(
    (worst, each) =>
      worst === null || STATUS_CODES.indexOf(each.code) < STATUS_CODES.indexOf(worst.code) ? each : worst,
    null,
  );
}

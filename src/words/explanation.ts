/** What the user does, what happened and what we did: what every state but a healthy one owes. */

import { t } from '../browser/i18n.ts';
import { type Cause, causeOf } from '../gateway/causes.ts';
import type { ConnectionStatus } from '../gateway/status.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { isRelayFault } from '../relay/causes.ts';
import type { RelayStatus } from '../relay/status.ts';
import type { Diagnosis } from '../remedy/types.ts';
import { causeKey, partOf, relayKey, relayLineKey, titleOf } from './faults.ts';
import { gatewayName } from './gateway-name.ts';
import { sentences } from './row.ts';
import { STATES } from './states.ts';
import { clockTime, span } from './time.ts';

export interface Explanation {
  readonly title: string;
  readonly happened: string;
  readonly did: string;
  /** One instruction; `null` where nothing has to be done. */
  readonly todo: string | null;
  /** What does not work meanwhile, and what still does. */
  readonly impact: string | null;
  /** Whose remedies the user needs now. */
  readonly diagnosis: Diagnosis | null;
}

/** The state in a word or two. */
export function stateWord({
  code,
  cause,
  provenAt,
}: Pick<ConnectionStatus, 'code' | 'cause'> & { readonly provenAt?: number | null | undefined }): string {
  // What never was connected was not lost.
  if (code === 'reconnecting' && provenAt === null) return t('state_connecting');
  if (code === 'starting' && cause === 'gateway-restarting') return t('state_restarting');
  if (cause === 'gateway-stopping' && code === 'starting') return t('state_stopping');
  if (cause === 'gateway-stopping' && code === 'down') return t('state_stopped');
  return t(STATES[code].word);
}

/** The one heading of a card: what we are doing where nobody has to act, else what is wrong. */
export const headingOf = (status: GatewayStatus, explanation: Explanation | null): string =>
  explanation === null || status.code === 'reconnecting' || status.code === 'starting'
    ? stateWord(status)
    : explanation.title;

/** A fresh credential ends it. It changes nothing about an identity that the gateway gives to another device. */
export const takesCredential = ({ code, cause }: Pick<ConnectionStatus, 'code' | 'cause'>): boolean =>
  code === 'needs-you' &&
  cause !== null &&
  cause !== 'identity-conflict' &&
  causeOf(cause).unblock === 'new-credential';

/** The first command prints what is to be pasted. Where it may be another gateway, it only looks. */
export const takesOutput = (status: Pick<ConnectionStatus, 'code' | 'cause'>): boolean =>
  takesCredential(status) && status.cause !== 'maybe-another-gateway';

/** [D4] What the gateway said of its going, once it has been gone for longer than that takes. */
function afterwards(cause: Cause, at: string): Pick<Explanation, 'title' | 'happened'> | null {
  switch (cause) {
    case 'gateway-stopping':
      return { title: t('stopped_title'), happened: t('stopped_happened', at) };
    case 'gateway-restarting':
      return { title: t('restart_overdue_title'), happened: t('restart_overdue_happened', at) };
    default:
      return null;
  }
}

/** [E12] The command that was shown first cannot have helped. */
const isStillRefused = ({ cause, findings }: ConnectionStatus): boolean =>
  cause === 'origin-not-allowed' && findings.some(({ code }) => code === 'origin-still-refused');

const stillRefused = (): Omit<Explanation, 'did'> => ({
  title: t('finding_origin_still_refused_title'),
  happened: t('finding_origin_still_refused_happened'),
  todo: t('finding_origin_still_refused_todo'),
  impact: t('finding_origin_still_refused_impact'),
  diagnosis: 'origin-still-refused',
});

/** What was proved of the way stands for a cause that the connection itself cannot see. */
function proved(onTheWay: Diagnosis | null): Partial<Explanation> {
  if (onTheWay === null) return {};
  return {
    title: titleOf(onTheWay),
    happened: partOf(onTheWay, 'happened') ?? titleOf(onTheWay),
    todo: partOf(onTheWay, 'todo'),
    diagnosis: onTheWay,
  };
}

/**
 * `null` where nothing has to be told: all is well, or nothing is set up.
 *
 * @param now in milliseconds since the epoch
 * @param onTheWay what the diagnostics proved of this very failure
 */
export function explanationOf(
  status: GatewayStatus,
  now: number,
  onTheWay: Diagnosis | null = null,
): Explanation | null {
  const { code, cause, notice, provenAt } = status;
  const nothing = { todo: null, impact: null, diagnosis: null };
  switch (code) {
    case 'healthy':
    case 'not-set-up':
      return null;
    case 'healed': {
      const repaired = notice?.kind === 'repaired' ? notice : null;
      const wasApproved = repaired !== null && causeOf(repaired.cause).bearing === 'approval';
      const named = repaired === null || wasApproved ? 'device-token-mismatch' : repaired.cause;
      return {
        // What the user mended is no repair of ours.
        title: t(wasApproved ? 'state_healed' : 'healed_title'),
        happened: t(causeKey(named, 'happened')),
        did: wasApproved ? t('healed_did_approved') : t('healed_did', span(repaired?.tookMs ?? 0)),
        ...nothing,
      };
    }
    case 'unknown':
      return {
        title: t('unknown_title'),
        happened:
          provenAt === null
            ? t('unknown_happened_new')
            : t('unknown_happened_proven', clockTime(provenAt, now)),
        did: t('unknown_did'),
        ...nothing,
      };
    case 'paused':
      return {
        title: t('paused_title'),
        happened: t('paused_happened'),
        did: t('paused_did'),
        ...nothing,
      };
    case 'relay':
      return relayExplanation(status.relay);
    case 'reconnecting':
    case 'starting': {
      const named = cause ?? 'connection-lost';
      // A refusal in a state that is ours to end: the repair is running.
      const isRepair = causeOf(named).bearing === 'needs-you';
      return {
        title: t(causeKey(named, 'title')),
        happened: t(causeKey(named, 'happened')),
        did: t(isRepair ? 'repairing_did' : causeKey(named, 'did')),
        // What the user could do is worth saying only once it has not passed by itself.
        ...nothing,
        ...proved(onTheWay),
      };
    }
    case 'limited':
    case 'down':
    case 'offline':
    case 'approval':
    case 'needs-you': {
      const named = cause ?? 'no-credential';
      return {
        title: t(causeKey(named, 'title')),
        happened: t(causeKey(named, 'happened')),
        ...(code === 'down' && afterwards(named, clockTime(status.since ?? now, now))),
        did: t(causeKey(named, 'did')),
        // A lock-out is sat out.
        todo: code === 'limited' ? null : t(causeKey(named, 'todo')),
        impact: t(causeKey(named, 'impact')),
        diagnosis: named,
        ...(isStillRefused(status) && stillRefused()),
        ...proved(onTheWay),
      };
    }
    default:
      return code satisfies never;
  }
}

/** One line, for the row on a gateway's card. `now` in milliseconds since the epoch. */
export function relayLine({ cause, keyProvenAt, bearing }: RelayStatus, now: number): string {
  const words = t(relayLineKey(cause));
  const isProofWorthTelling = keyProvenAt !== null && (bearing === 'alive' || bearing === 'asleep');
  return isProofWorthTelling
    ? sentences([words, t('relay_key_proven_at', clockTime(keyProvenAt, now))])
    : words;
}

/** The card of a relay that is at fault; `null` if it is not. */
export function relayExplanation({ cause, generation }: RelayStatus): Explanation | null {
  if (!isRelayFault(cause)) return null;
  const isLegacy = generation === 'legacy';
  return {
    title: t(relayKey(cause, 'title')),
    happened: t(relayKey(cause, 'happened')),
    did: t('relay_did'),
    todo: isLegacy ? t('relay_todo_legacy') : t(relayKey(cause, 'todo')),
    // Said with what happened.
    impact: null,
    diagnosis: cause,
  };
}

/** A gateway with its state and why, for who hears the page. `now` in milliseconds since the epoch. */
export function spokenState(status: GatewayStatus, now: number): string {
  const explanation = explanationOf(status, now);
  const [name, word] = [gatewayName(status), stateWord(status)];
  return explanation ? t('spoken', name, word, explanation.title) : t('spoken_short', name, word);
}

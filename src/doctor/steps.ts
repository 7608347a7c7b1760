/** Which step of the doctor each cause stops: data, so that a new cause is one row. */
import { type Cause, causeOf } from '../gateway/causes.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import type { RelayCause } from '../relay/causes.ts';
import type { CheckId, Looks, Observations } from './types.ts';

const STEP_OF_CAUSE: Readonly<Record<Cause, CheckId>> = {
  'connection-lost': 'GW-LIVES',
  'gateway-unreachable': 'NET-LISTEN',
  'gateway-not-answering': 'GW-LIVES',
  'handshake-failed': 'GW-SPEAKS',
  'handshake-timeout': 'GW-SPEAKS',
  'not-a-gateway': 'GW-SPEAKS',
  'gateway-mute': 'GW-SPEAKS',
  'gateway-flooding': 'GW-LIVES',
  'answer-too-large': 'GW-ACCEPTS',
  'address-silent': 'NET-LISTEN',
  'gateway-unavailable': 'GW-READY',
  'gateway-starting': 'GW-READY',
  'gateway-restarting': 'GW-READY',
  'gateway-stopping': 'GW-READY',
  offline: 'NET-ONLINE',
  'not-paired': 'GW-APPROVED',
  'role-upgrade': 'GW-APPROVED',
  'scope-upgrade': 'GW-APPROVED',
  'metadata-upgrade': 'GW-APPROVED',
  'rate-limited': 'GW-ACCEPTS',
  'device-token-mismatch': 'GW-ACCEPTS',
  'maybe-another-gateway': 'GW-ACCEPTS',
  'device-token-unstable': 'GW-ACCEPTS',
  'gateway-secret-mismatch': 'GW-ACCEPTS',
  'gateway-secret-missing': 'GW-ACCEPTS',
  'gateway-password-mismatch': 'GW-ACCEPTS',
  'gateway-password-missing': 'GW-ACCEPTS',
  'setup-code-rejected': 'GW-ACCEPTS',
  'setup-code-expired': 'GW-ACCEPTS',
  'no-credential': 'GW-ACCEPTS',
  'credential-unanswered': 'GW-ACCEPTS',
  'credential-unreadable': 'EXT-IDENTITY',
  'identity-unavailable': 'EXT-IDENTITY',
  'proxy-identity-missing': 'GW-ACCEPTS',
  'gateway-secret-unset': 'GW-ACCEPTS',
  'scope-mismatch': 'GW-ACCEPTS',
  'origin-not-allowed': 'GW-ADMITS',
  'gateway-too-old': 'GW-ADMITS',
  'gateway-too-new': 'GW-ADMITS',
  'protocol-mismatch': 'GW-ADMITS',
  'client-not-accepted': 'GW-ADMITS',
  'identity-conflict': 'GW-ADMITS',
  'device-auth-invalid': 'GW-ACCEPTS',
  'device-identity-required': 'GW-ACCEPTS',
  'clock-skew': 'GW-ACCEPTS',
  'unknown-refusal': 'GW-ACCEPTS',
};

/** Causes that we name without having asked the gateway: they prove nothing of it. */
const OUR_OWN: readonly Cause[] = [
  'no-credential',
  'setup-code-expired',
  'credential-unanswered',
  'credential-unreadable',
  'identity-unavailable',
];

/** Where a relay's cause stops the walk, or where it would. */
export const STEP_OF_RELAY: Readonly<Record<RelayCause, CheckId>> = {
  'relay-unchecked': 'RL-EXISTS',
  'relay-unseen': 'RL-ANSWERS',
  'relay-key-proved': 'RL-KEY',
  'relay-attached': 'RL-ATTACHED',
  'relay-answers': 'RL-ANSWERS',
  'relay-listens': 'RL-ANSWERS',
  'relay-asleep': 'RL-ANSWERS',
  'relay-not-in-version': 'RL-EXISTS',
  'relay-never-paired': 'RL-EXISTS',
  'relay-plugin-missing': 'RL-EXISTS',
  'relay-key-rejected': 'RL-KEY',
  'relay-key-rotated': 'RL-KEY',
  'relay-not-proved': 'RL-KEY',
  'relay-profile-unknown': 'RL-ANSWERS',
  'relay-unreachable': 'RL-ANSWERS',
  'relay-not-answering': 'RL-ANSWERS',
  'relay-busy': 'RL-ANSWERS',
  'relay-port-taken': 'RL-ANSWERS',
  'relay-not-attached': 'RL-ATTACHED',
};

/** A gateway that is connected, whatever is said of its relay. */
export const isConnected = ({ code }: Pick<GatewayStatus, 'code'>): boolean =>
  code === 'healthy' || code === 'healed' || code === 'relay';

/** Whether the gateway itself answered us with this cause: then everything before it is in order. */
export function isAnswer(cause: Cause): boolean {
  const { bearing } = causeOf(cause);
  if (OUR_OWN.includes(cause)) return false;
  return (
    bearing === 'approval' ||
    bearing === 'limited' ||
    bearing === 'needs-you' ||
    cause === 'gateway-starting' ||
    cause === 'gateway-unavailable'
  );
}

/** The step that a cause stops. What passes by itself may have moved on, so our own look may say it better. */
export function stepOf(cause: Cause, { knock, firstFrame }: Pick<Looks, 'knock' | 'firstFrame'>): CheckId {
  const { bearing } = causeOf(cause);
  const isVague = cause === 'connection-lost' || cause === 'gateway-not-answering';
  if (isVague || (bearing === 'restart' && !isAnswer(cause))) {
    if (knock !== null && knock.found !== 'answered') return 'NET-LISTEN';
    if (isVague && firstFrame !== null && firstFrame.found !== 'challenge') return 'GW-SPEAKS';
  }
  if (cause === 'handshake-timeout' && firstFrame?.found === 'challenge') return 'GW-LIVES';
  return STEP_OF_CAUSE[cause];
}

/** What the worker's connection says of itself, unless the worker is dead: then it is hearsay. */
export const alive = ({ status, looks }: Observations): GatewayStatus | null =>
  looks.worker.found === 'answers' ? status : null;

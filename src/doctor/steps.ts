/** Which step of the doctor a cause stops, as far as our own looks do not say it better. */
import { DIAGNOSES } from '../diagnoses.ts';
import { type Cause, causeOf } from '../gateway/causes.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import type { RelayCause } from '../relay/causes.ts';
import type { CheckId, Looks, Observations } from './types.ts';

/** Causes that we name without having asked the gateway: they prove nothing of it. */
const OUR_OWN: readonly Cause[] = [
  'no-credential',
  'setup-code-expired',
  'credential-unanswered',
  'credential-unreadable',
  'identity-unavailable',
];

/** Where a relay's cause stops the walk, or where it would. */
export const stepOfRelay = (cause: RelayCause): CheckId => DIAGNOSES[cause].step;

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
  return DIAGNOSES[cause].step;
}

/** What the worker's connection says of itself, unless the worker is dead: then it is hearsay. */
export const alive = ({ status, looks }: Observations): GatewayStatus | null =>
  looks.worker.found === 'answers' ? status : null;

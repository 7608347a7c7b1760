/** What was proved of the way to the gateway, where its connection has no better word. */
import type { Cause } from '../gateway/causes.ts';
import { isConnected } from '../gateway-status.ts';
import type { RoadFinding } from '../road/judge.ts';
import { alive } from './steps.ts';
import type { Failure, Fault, Observations } from './types.ts';

/** Causes that a connection gives where it cannot see why. */
const VAGUE: readonly (Cause | null)[] = [
  null,
  'connection-lost',
  'gateway-unreachable',
  'gateway-not-answering',
  'handshake-failed',
  'handshake-timeout',
  'address-silent',
  'offline',
];

export const isVague = (fault: Fault | null): boolean => VAGUE.some((cause) => cause === fault);

/** What was seen of the way to one failure says nothing of another. */
export const isSameFailure = (one: Failure | null, other: Failure | null): boolean =>
  one?.gatewayId === other?.gatewayId && one?.cause === other?.cause && one?.since === other?.since;

/** `null` where nothing was proved of the failure that there is now, or the gateway itself said more. */
export function roadFinding(seen: Observations): RoadFinding | null {
  const { status, failure } = seen;
  const { road } = seen.looks;
  if (!road || status === null || status.code === 'paused' || isConnected(status)) return null;
  if (!isSameFailure(failure, status)) return null;
  const cause = alive(seen)?.cause ?? null;
  // [W7]
  if (cause === 'origin-not-allowed' && road.isOriginAdmitted) return 'proxy-origin-changed';
  return isVague(cause) ? road.finding : null;
}

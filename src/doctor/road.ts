/** What was proved of the way to the gateway, where its connection has no better word. */
import type { Cause } from '../gateway/causes.ts';
import type { RoadFinding } from '../road/judge.ts';
import { alive } from './steps.ts';
import type { Fault, Observations } from './types.ts';

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

/** `null` where nothing was proved, or the gateway itself said more. */
export function roadFinding(seen: Observations): RoadFinding | null {
  const { road } = seen.looks;
  if (!road || seen.status?.code === 'paused') return null;
  const cause = alive(seen)?.cause ?? null;
  // [W7]
  if (cause === 'origin-not-allowed' && road.isOriginAdmitted) return 'proxy-origin-changed';
  return isVague(cause) ? road.finding : null;
}

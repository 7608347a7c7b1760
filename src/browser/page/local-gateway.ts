/** Is there a gateway on this computer, where OpenClaw puts one? Asked before anything was pasted; needs no permission. */
import { DEFAULT_ADDRESS, httpOrigin } from '../../pairing/address.ts';
import { knockAt } from '../knock.ts';
import { firstFrame } from './port-probe.ts';

/** `other`: the port replies, and not as a gateway does. */
export type LocalGateway = 'gateway' | 'other' | 'nothing';

/** Milliseconds. On this computer a port that is closed says so at once. */
const KNOCK_WITHIN_MS = 2_000;
const SPEAKS_WITHIN_MS = 3_000;

/** One look: a request that nobody reads, and where it is answered, one WebSocket that says nothing. Never throws. */
export async function lookForGateway(): Promise<LocalGateway> {
  const answer = await knockAt(httpOrigin(DEFAULT_ADDRESS), KNOCK_WITHIN_MS);
  if (answer !== 'answered') return 'nothing';
  return (await firstFrame(DEFAULT_ADDRESS, SPEAKS_WITHIN_MS)) === 'challenge' ? 'gateway' : 'other';
}

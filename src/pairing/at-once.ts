/** Which pastes wait for no click. Pure. */
import type { Recognised } from './recognised.ts';

/**
 * [P11] Whether connecting takes no decision of the user's.
 *
 * @param cardAddress the gateway on whose card the text was pasted; `null` for a new one
 */
export function goesAtOnce(paste: Recognised, cardAddress: string | null): boolean {
  if (paste.kind !== 'setup-code' && paste.kind !== 'gateway-secret') return false;
  const { address, reach } = paste;
  if (cardAddress !== null && cardAddress !== address) return false;
  if (paste.kind === 'setup-code') return reach === 'loopback' || address.startsWith('wss:');
  return reach === 'loopback' && paste.form !== 'bare-secret';
}

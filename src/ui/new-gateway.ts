import { DEFAULT_ADDRESS } from '../pairing/address.ts';

/** A gateway on this computer, as it usually is: all that is known of one that is not paired yet. */
export const NEW_GATEWAY = {
  address: DEFAULT_ADDRESS,
  reach: 'loopback',
  serverVersion: null,
  requestId: null,
} as const;

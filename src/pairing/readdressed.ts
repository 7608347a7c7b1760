/** What was stored by a version that read addresses otherwise. */
import type { Reach } from '../reach.ts';
import { parseGatewayAddress } from './address.ts';

/**
 * A stored gateway with its address as it is read today: without a place of the Control UI, and as far away as is known
 * now. One that would not be read today stays as it is, since it may be one that works. The same object where nothing changes.
 */
export function readdressed<G extends { readonly address: string; readonly reach: Reach }>(gateway: G): G {
  const read = parseGatewayAddress(gateway.address);
  if (!read.ok) return gateway;
  const { url: address, reach } = read.address;
  return address === gateway.address && reach === gateway.reach ? gateway : { ...gateway, address, reach };
}

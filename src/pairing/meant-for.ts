/** For whom a code or link may be meant that names an address which cannot be reached from here. */
import type { Reach } from '../reach.ts';
import { DEFAULT_ADDRESS, parseGatewayAddress } from './address.ts';
import type { Recognised } from './recognised.ts';

/**
 * Networks that containers see each other in and nobody else does: Docker's, Podman's, and those of Kubernetes. No proof,
 * since a network of people may have the same numbers.
 */
const CONTAINERS =
  /^(?:172\.(?:1[7-9]|2\d|3[01])|10\.(?:88|42|244))\.|^host\.(?:docker|containers)\.internal$/;

export interface AddressOffer {
  /** Normalised. */
  readonly address: string;
  readonly reach: Reach;
  /** The address that was named leads elsewhere from here, or nowhere: a container's own, or another computer's loopback. */
  readonly isLikely: boolean;
}

/**
 * The address that we know, for what was printed with another one. Nothing is sent there unless the user says so.
 *
 * @param cardAddress the gateway on whose card the text was pasted, normalised; `null` for a new one
 */
export function offerFor(paste: Recognised, cardAddress: string | null): AddressOffer | null {
  const isPrinted =
    paste.kind === 'setup-code' || (paste.kind === 'gateway-secret' && paste.form !== 'bare-secret');
  if (!isPrinted) return null;
  const isOfContainer = CONTAINERS.test(new URL(paste.address).hostname);
  const known = cardAddress ?? (isOfContainer ? DEFAULT_ADDRESS : null);
  if (known === null || known === paste.address) return null;
  const parsed = parseGatewayAddress(known);
  if (!parsed.ok) return null;
  const { url: address, reach } = parsed.address;
  const isElsewhere = isOfContainer || (paste.reach === 'loopback' && reach !== 'loopback');
  return { address, reach, isLikely: cardAddress !== null && isElsewhere };
}

/** What was pasted, for the address that was offered. */
export const redirected = <P extends Recognised>(
  paste: P,
  { address, reach }: Pick<AddressOffer, 'address' | 'reach'>,
): P =>
  paste.kind === 'setup-code' || paste.kind === 'gateway-secret' ? { ...paste, address, reach } : paste;

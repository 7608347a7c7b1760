/** Which gateway a relay pairing string belongs to. */
import { RELAY_PORT_OFFSET } from '../ports.ts';
import type { RelayKeyPaste } from './recognised.ts';

interface Gateway {
  readonly id: string;
  /** Normalised, as {@link parseGatewayAddress} gives it. */
  readonly address: string;
}

/**
 * The gateway that the string names, else the one whose relay listens at its address, else the one on whose card it
 * was pasted: the user may reach that under another name than the one that the gateway prints.
 *
 * @returns its id, or `null` if it is none of these
 */
export function relayOwner(
  { gatewayAddress, relayAddress }: RelayKeyPaste,
  gateways: readonly Gateway[],
  pastedOn: string | null,
): string | null {
  const { hostname, port } = new URL(relayAddress);
  const beside = `ws://${hostname}:${Number(port) - RELAY_PORT_OFFSET}`;
  const named = gateways.find(({ address }) => address === gatewayAddress);
  const neighbour = gateways.find(({ address }) => address === beside);
  const owner = named ?? neighbour ?? gateways.find(({ id }) => id === pastedOn);
  return owner?.id ?? null;
}

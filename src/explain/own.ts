/** What we know about our own connections at this moment, beside what a text says of somebody else's. Only what is proved. */
import { type GatewayStatus, isConnected } from '../gateway-status.ts';
import { isClientSide } from './cures.ts';
import type { Statement } from './types.ts';

export interface OwnEvidence {
  /** - `connected`: we are, at this moment · `same`: we have the same trouble */
  readonly kind: 'connected' | 'same';
  /** Of the gateway that this is known of. */
  readonly address: string;
  /**
   * What has to change is at that client: `sure` where the text names an address that is the same for everybody. On
   * loopback everybody has a gateway of their own. `null` where our connection says nothing about it.
   */
  readonly clientSide: 'sure' | 'perhaps' | null;
}

/** `null` where nothing is known. @param statuses settled: one that is connected is proved to be so now */
export function ownEvidence(statement: Statement, statuses: readonly GatewayStatus[]): OwnEvidence | null {
  const named = statement.address === null ? null : hostOf(statement.address);
  // A text that names no gateway may well be about the only one.
  const ours =
    named === null
      ? statuses.find(() => statuses.length === 1)
      : statuses.find(({ address }) => hostOf(address) === named);
  if (ours === undefined) return null;
  const { address, reach } = ours;
  if (!isConnected(ours)) {
    return ours.cause === statement.code ? { kind: 'same', address, clientSide: null } : null;
  }
  const isSure = named !== null && reach !== 'loopback';
  const clientSide = isClientSide(statement.code) ? (isSure ? 'sure' : 'perhaps') : null;
  return { kind: 'connected', address, clientSide };
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);

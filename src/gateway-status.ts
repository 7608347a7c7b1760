/** What pages and the toolbar know of one gateway: the connection and the relay beside it. */
import { PROOF_LASTS_MS } from './gateway/recovery.ts';
import type { ConnectionStatus } from './gateway/status.ts';
import type { RelayStatus } from './relay/status.ts';

export interface GatewayStatus extends ConnectionStatus {
  readonly relay: RelayStatus;
}

/** A gateway that is connected, whatever is said of its relay. */
export const isConnected = ({ code }: Pick<GatewayStatus, 'code'>): boolean =>
  code === 'healthy' || code === 'healed' || code === 'relay';

/** [C4] Green expires in a page, too: a worker that died cannot take it back. `now` in milliseconds. */
export const settled = (status: GatewayStatus, now: number): GatewayStatus =>
  isConnected(status) && now - (status.provenAt ?? 0) > PROOF_LASTS_MS
    ? { ...status, code: 'unknown' }
    : status;

/** The last moment at which a status is known to have been so: it is no younger than this. `null` if none is known. */
export function knownAt({ since, provenAt, relay }: GatewayStatus): number | null {
  const moments = [since, provenAt, relay.checkedAt].filter((at) => at !== null);
  return moments.length === 0 ? null : Math.max(...moments);
}

/**
 * Milliseconds. In the first moments of an outage one diagnosis follows the other: what passes within this is finding
 * out, and told nobody. The icon does not wait.
 */
export const SETTLED_AFTER_MS = 1_000;

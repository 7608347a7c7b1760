/**
 * What pages and the toolbar know of one gateway: the connection and the relay beside it. A cause hides its
 * symptoms: a relay is judged only while its gateway is connected.
 */

import { toStatus } from './gateway/projection.ts';
import type { ConnectionState } from './gateway/state.ts';
import type { GatewayRecord, Status } from './gateway/status.ts';
import type { RelayState, RelayStatus } from './relay/state.ts';
import { isNews, toRelayStatus } from './relay/status.ts';

export interface Health extends Status {
  readonly relay: RelayStatus;
}

/** Projects a connection and its relay at one moment. Pure; `now` in milliseconds since the epoch. */
export function toHealth(
  gateway: GatewayRecord,
  connection: ConnectionState,
  relay: RelayState,
  now: number,
): Health {
  const status = toStatus(gateway, connection, now);
  const isConnected = status.code === 'healthy' || status.code === 'healed';
  const { phase } = connection;
  const beside = toRelayStatus(relay, isConnected && phase.name === 'connected' ? phase.since : null);
  return { ...status, code: isNews(beside) ? 'relay' : status.code, relay: beside };
}

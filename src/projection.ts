/** From what the worker keeps to what is shown. A relay is judged only while its gateway is connected. */
import { toConnectionStatus } from './gateway/projection.ts';
import type { ConnectionState } from './gateway/state.ts';
import type { GatewayRecord } from './gateway/status.ts';
import { type GatewayStatus, isConnected } from './gateway-status.ts';
import type { RelayState } from './relay/state.ts';
import { isNews, toRelayStatus } from './relay/status.ts';

/** Projects a connection and its relay at one moment. Pure; `now` in milliseconds since the epoch. */
export function toGatewayStatus(
  gateway: GatewayRecord,
  connection: ConnectionState,
  relay: RelayState,
  now: number,
): GatewayStatus {
  const status = toConnectionStatus(gateway, connection, now);
  const { phase } = connection;
  const beside = toRelayStatus(relay, isConnected(status) && phase.name === 'connected' ? phase.since : null);
  return { ...status, code: isNews(beside) ? 'relay' : status.code, relay: beside };
}

/** The last stored state, for a page's first paint: no worker has to wake up for it. */

import { initialState } from '../../gateway/state.ts';
import type { Snapshot } from '../../messages.ts';
import { toGatewayStatus } from '../../projection.ts';
import { INITIAL_RELAY } from '../../relay/status.ts';
import { connectionItem, gatewaysItem, relayItem } from '../../storage/items.ts';
import { readItem } from '../storage.ts';

/** Projects what is on disk. Never throws. */
export async function readSnapshot(now = Date.now()): Promise<Snapshot> {
  const gateways = await readItem(gatewaysItem);
  if (gateways.type === 'newer' || gateways.type === 'unreadable') {
    return { statuses: [], storageProblem: gateways.type };
  }
  if (gateways.type === 'absent') return { statuses: [], storageProblem: null };
  const readings = await Promise.all(
    gateways.value.map(async (gateway) => {
      const [stored, relay] = await Promise.all([
        readItem(connectionItem(gateway.id)),
        readItem(relayItem(gateway.id)),
      ]);
      return { gateway, stored, relay };
    }),
  );
  const bad = readings
    .map(({ stored }) => stored.type)
    .find((type) => type === 'newer' || type === 'unreadable');
  return {
    statuses: readings.map(({ gateway, stored, relay }) =>
      toGatewayStatus(
        gateway,
        stored.type === 'value' ? stored.value : initialState(),
        relay.type === 'value' ? relay.value : INITIAL_RELAY,
        now,
      ),
    ),
    storageProblem: bad ?? null,
  };
}

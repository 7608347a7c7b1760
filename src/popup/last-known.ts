/**
 * While a worker starts, it knows less than what it was told before it died. What was known of a connected gateway stands,
 * with its age, until there is something newer to say. [C4] Green expires all the same. Pure.
 */
import { isConnected, settled } from '../gateway-status.ts';
import type { Snapshot } from '../messages.ts';

/** What is shown: the newest that is known of each gateway. */
export interface LastKnown {
  readonly snapshot: Snapshot;
  /** Ids of gateways of which the worker that runs has not said this. */
  readonly old: ReadonlySet<string>;
}

/** What was stored, before any worker has said anything. */
export const fromDisk = (snapshot: Snapshot): LastKnown => ({
  snapshot,
  old: new Set(snapshot.statuses.map(({ gatewayId }) => gatewayId)),
});

/** After the worker has said something. `now` in milliseconds since the epoch. */
export function hearing(before: LastKnown, heard: Snapshot, now: number): LastKnown {
  const old = new Set<string>();
  const statuses = heard.statuses.map((status) => {
    const known = before.snapshot.statuses.find(({ gatewayId }) => gatewayId === status.gatewayId);
    const stands = status.code === 'unknown' && known && isConnected(settled(known, now));
    if (stands) old.add(status.gatewayId);
    return stands ? known : status;
  });
  return { snapshot: { ...heard, statuses }, old };
}

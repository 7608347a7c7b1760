/**
 * The last stored state, read without the library that checks every item: a third of a popup's first paint. What is
 * not exactly as this version writes it, or cannot be shown, is left to `snapshot.ts`, which knows how to judge it.
 */
import type { ConnectionState } from '../../gateway/state.ts';
import type { GatewayRecord } from '../../gateway/status.ts';
import type { Snapshot } from '../../messages.ts';
import { toGatewayStatus } from '../../projection.ts';
import type { RelayState } from '../../relay/state.ts';
import { INITIAL_RELAY } from '../../relay/status.ts';
import { CONNECTION, GATEWAYS, RELAY } from '../../storage/layout.ts';
import type { FirstRead } from './first-read.ts';
import { isSnapshot } from './worker-link.ts';

/** `null` where it takes a closer look. Never throws. `now` in milliseconds since the epoch. */
export function glance(read: FirstRead | null, now = Date.now()): Snapshot | null {
  if (read === null) return null;
  if (read.gateways === undefined) return { statuses: [], storageProblem: null };
  try {
    const gateways = storedAs<readonly GatewayRecord[]>(read.gateways, GATEWAYS.version);
    const statuses = gateways.map((gateway) =>
      toGatewayStatus(
        gateway,
        storedAs<ConnectionState>(read.items[CONNECTION.key(gateway.id)], CONNECTION.version),
        relayOf(read.items[RELAY.key(gateway.id)]),
        now,
      ),
    );
    const snapshot: Snapshot = { statuses, storageProblem: null };
    return isSnapshot(snapshot) ? snapshot : null;
  } catch {
    return null;
  }
}

function storedAs<T>(raw: unknown, version: number): T {
  const stored = raw as { version?: unknown; value?: unknown } | undefined;
  if (stored?.version !== version) throw new Error('not of this version');
  return stored.value as T;
}

const relayOf = (raw: unknown): RelayState =>
  raw === undefined ? INITIAL_RELAY : storedAs<RelayState>(raw, RELAY.version);

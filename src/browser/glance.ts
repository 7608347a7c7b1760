/**
 * The last stored state, read without the library that checks every item: a third of a popup's first paint. What is
 * not exactly as this version writes it, or cannot be shown, is left to `snapshot.ts`, which knows how to judge it.
 */
import type { ConnectionState } from '../gateway/state.ts';
import type { GatewayRecord } from '../gateway/status.ts';
import { toHealth } from '../health.ts';
import type { Snapshot } from '../messages.ts';
import type { INITIAL_RELAY, RelayState } from '../relay/state.ts';
import { CONNECTION, GATEWAYS, RELAY } from '../storage/layout.ts';
import browser from './api.ts';
import { isSnapshot } from './worker-link.ts';

/** `null` where it takes a closer look. Never throws. `now` in milliseconds since the epoch. */
export async function glance(now = Date.now()): Promise<Snapshot | null> {
  try {
    const found = await browser.storage.local.get(GATEWAYS.key);
    if (found[GATEWAYS.key] === undefined) return { statuses: [], storageProblem: null };
    const gateways = storedAs<readonly GatewayRecord[]>(found[GATEWAYS.key], GATEWAYS.version);
    const stored = await browser.storage.local.get(
      gateways.flatMap(({ id }) => [CONNECTION.key(id), RELAY.key(id)]),
    );
    const statuses = gateways.map((gateway) =>
      toHealth(
        gateway,
        storedAs<ConnectionState>(stored[CONNECTION.key(gateway.id)], CONNECTION.version),
        relayOf(stored[RELAY.key(gateway.id)]),
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

/** As `relay/state.ts` has it; there it comes with the library. */
const NO_RELAY: typeof INITIAL_RELAY = { key: null, reading: null, since: null, isExpected: false };

const relayOf = (raw: unknown): RelayState =>
  raw === undefined ? NO_RELAY : storedAs<RelayState>(raw, RELAY.version);

/** What an installation has on its disk after a month. */
import { initialState } from '../../src/gateway/state.ts';
import { INITIAL_RELAY } from '../../src/relay/status.ts';
import {
  connectionItem,
  gatewaysItem,
  historyItem,
  relayItem,
  watchedItem,
} from '../../src/storage/items.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 30;

/**
 * `storage.local` with gateways that were alive a moment ago, and each with a month behind it: ten sessions and
 * ten connects a day, and five incidents.
 *
 * @param now milliseconds since the epoch
 */
export function seeded(
  gateways: number,
  now: number,
  idOf = (index: number): string => `gateway-${index}`,
): Record<string, unknown> {
  const ids = Array.from({ length: gateways }, (_, index) => idOf(index));
  const list = ids.map((id, index) => ({
    id,
    address: `ws://127.0.0.1:${20_000 + index}`,
    reach: 'loopback' as const,
    addedAt: now - DAYS * DAY_MS,
    name: null,
  }));
  const items = ids.flatMap((id) => [
    [connectionItem(id), alive(now)] as const,
    [relayItem(id), INITIAL_RELAY] as const,
    [historyItem(id), past(now)] as const,
    [watchedItem(id), sessions(now)] as const,
  ]);
  return Object.fromEntries([
    [gatewaysItem.key, gatewaysItem.encode(list)],
    ...items.map(([item, value]) => [item.key, item.encode(value as never)]),
  ]);
}

const alive = (now: number) => ({
  ...initialState(),
  phase: { name: 'connected' as const, since: now - HOUR_MS, askAt: now + 20_000, answerBy: null },
  proof: { at: now - 4_000, latencyMs: 4 },
  server: { version: '2026.9.6', protocol: 4, bootId: null },
});

/** `perDay` moments of every day, the oldest first. */
const moments = (now: number, perDay: number): number[] =>
  Array.from({ length: DAYS * perDay }, (_, index) => now - DAYS * DAY_MS + (index * DAY_MS) / perDay);

const sessions = (now: number) => moments(now, 10).map((from) => ({ from, to: from + 2 * HOUR_MS }));

const past = (now: number) => ({
  startedAt: now - DAYS * DAY_MS,
  incidents: moments(now, 5).map((startedAt) => ({
    startedAt,
    endedAt: startedAt + 60_000,
    cause: 'connection-lost' as const,
    worst: 'reconnecting' as const,
    closeCode: 1006,
    cure: 'by-itself' as const,
  })),
  connects: moments(now, 10).map((at) => ({ at, helloMs: 31 })),
});

/** The middle of some figures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

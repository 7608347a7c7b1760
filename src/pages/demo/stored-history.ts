/** Four weeks of a simulated gateway, as a worker would have written them down. */
import type { History, Incident } from '../../history/state.ts';
import { historyItem, watchedItem } from '../../storage/items.ts';
import { DEMO_ID } from './states.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Days and hours ago, how long it took, and what it was. */
type Told = readonly [days: number, hours: number, lastedMs: number, incident: Partial<Incident>];

const TOLD: readonly Told[] = [
  [20, 3, 31 * MINUTE_MS, { cause: 'gateway-unreachable', worst: 'down', cure: 'by-user' }],
  [13, 5, 14_000, { cause: 'gateway-restarting', worst: 'starting', closeCode: 1012 }],
  [9, 3, 812, { cause: 'device-token-mismatch', closeCode: 1008, cure: 'repaired' }],
  [6, 4, 9 * MINUTE_MS, { cause: 'relay-not-attached', worst: 'relay', closeCode: null }],
  [3, 4, 40 * MINUTE_MS, { cause: 'not-paired', worst: 'approval', closeCode: 1008, cure: 'by-user' }],
  [0, 5, 9_000, {}],
  [0, 3, 70_000, { cause: 'gateway-restarting', worst: 'starting', closeCode: 1012 }],
  [0, 1, 640, { cause: 'device-token-mismatch', closeCode: 1008, cure: 'repaired' }],
];

/** `storage.local` of the demo. `now` in milliseconds since the epoch. */
export function storedPast(now: number): Record<string, unknown> {
  const ago = (days: number, hours: number): number => now - days * DAY_MS - hours * HOUR_MS;
  const past: Omit<History, 'watched'> = {
    startedAt: ago(28, 0),
    incidents: TOLD.map(([days, hours, lastedMs, told]) => ({
      startedAt: ago(days, hours),
      endedAt: ago(days, hours) + lastedMs,
      cause: 'connection-lost',
      worst: 'reconnecting',
      closeCode: 1006,
      cure: 'by-itself',
      ...told,
    })),
    connects: Array.from({ length: 40 }, (_, index) => ({
      at: ago(0, 16 * (39 - index)),
      helloMs: 24 + ((index * 7) % 30),
    })),
  };
  const watched = Array.from({ length: 28 }, (_, index) => 27 - index).map((day) => ({
    from: ago(day, 8),
    to: day === 0 ? now : ago(day, -4),
  }));
  return {
    [historyItem(DEMO_ID).key]: historyItem(DEMO_ID).encode(past),
    [watchedItem(DEMO_ID).key]: watchedItem(DEMO_ID).encode(watched),
  };
}

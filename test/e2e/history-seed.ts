/** A past to look at: what the worker would have written, put on the disk before it starts. */
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { initialState } from '../../src/gateway/state.ts';
import type { History, Incident } from '../../src/history/state.ts';
import { connectionItem, gatewaysItem, historyItem, watchedItem } from '../../src/storage/items.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const incident = (startedAt: number, lengthMs: number, changes: Partial<Incident>): Incident => ({
  startedAt,
  endedAt: startedAt + lengthMs,
  cause: 'connection-lost',
  worst: 'reconnecting',
  closeCode: 1006,
  cure: 'by-itself',
  ...changes,
});

/**
 * Six hours were watched, of them one in trouble: a restart, a repair, and half an hour before the browser was closed
 * over an outage that was over when it was opened again. Thirty more incidents three days ago.
 */
export function aPast(now: number): History {
  const ago = (hours: number): number => now - hours * HOUR_MS;
  const older = Array.from({ length: 30 }, (_, index) => ago(80) + index * 10 * MINUTE_MS);
  return {
    startedAt: ago(100),
    watched: [
      { from: ago(100), to: ago(70) },
      { from: ago(20), to: ago(16) },
      { from: ago(2), to: now },
    ],
    incidents: [
      ...older.map((at) => incident(at, 2_000, { closeCode: 1012, cause: 'gateway-restarting' })),
      incident(ago(18), 20 * MINUTE_MS, { closeCode: 1012, cause: 'gateway-restarting', worst: 'starting' }),
      incident(ago(17), 10 * MINUTE_MS, {
        closeCode: 1008,
        cause: 'device-token-mismatch',
        cure: 'repaired',
      }),
      incident(ago(16.5), 14.5 * HOUR_MS, { cause: 'gateway-unreachable', worst: 'down' }),
    ],
    connects: [31, 29, 33, 88].map((helloMs, index) => ({ at: ago(18 - index), helloMs })),
  };
}

interface Seeded {
  readonly id: string;
  readonly name: string | null;
  readonly history: History;
}

/** What is stored of gateways that are paused: nothing is added to what they are given. */
export function stored(gateways: readonly Seeded[], now: number): Record<string, unknown> {
  const list = gateways.map(({ id, name }, index) => ({
    id,
    name,
    address: `wss://secret-host.example:${index + 1}`,
    reach: 'private' as const,
    addedAt: now,
  }));
  return Object.fromEntries([
    [gatewaysItem.key, gatewaysItem.encode(list)],
    ...gateways.flatMap(({ id, history: { watched, ...past } }) => [
      [connectionItem(id).key, connectionItem(id).encode({ ...initialState(), phase: { name: 'paused' } })],
      [historyItem(id).key, historyItem(id).encode(past)],
      [watchedItem(id).key, watchedItem(id).encode(watched)],
    ]),
  ]);
}

/** Puts items on the disk, and has the next worker begin with them. */
export async function seed(ext: ExtensionBrowser, items: Record<string, unknown>): Promise<void> {
  await ext.evaluate(async (items) => {
    const { storage } = (globalThis as any).chrome;
    await storage.local.set(items);
  }, items);
  await ext.stopWorker();
}

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Historian } from '../../src/background/historian.ts';
import { SETTLED_AFTER_MS } from '../../src/gateway-status.ts';
import type { Item, Reading } from '../../src/storage/item.ts';
import { historyItem, watchedItem } from '../../src/storage/items.ts';
import { statusOf } from '../fixtures/statuses.ts';

const disk = vi.hoisted(() => ({ items: new Map<string, unknown>(), writes: [] as string[] }));

vi.mock('../../src/browser/api.ts', () => ({ default: {} }));
vi.mock('../../src/browser/storage.ts', () => ({
  readItem: async <T>(item: Item<T>): Promise<Reading<T>> => item.decode(disk.items.get(item.key)),
  writeItem: async <T>(item: Item<T>, value: T) => {
    disk.writes.push(item.key);
    disk.items.set(item.key, item.encode(value));
  },
  removeItem: async (item: Item<unknown>) => void disk.items.delete(item.key),
}));

const T0 = 1_700_000_000_000;
const MINUTE = 60_000;
const healthy = statusOf({ code: 'healthy', since: T0 });
const lost = statusOf({ code: 'reconnecting', cause: 'connection-lost', since: T0 + MINUTE });

const incidents = (id = 'one') => {
  const past = historyItem(id).decode(disk.items.get(historyItem(id).key));
  return past.type === 'value' ? past.value.incidents : null;
};

beforeEach(() => {
  disk.items.clear();
  disk.writes.length = 0;
});

async function load(ids: readonly string[]): Promise<Historian> {
  const historian = new Historian(ids);
  await historian.loaded;
  return historian;
}

describe('the historian', () => {
  it('goes on where the last worker stopped, within an incident too', async () => {
    const first = await load(['one']);
    first.note([healthy], T0, 30);
    first.note([lost], T0 + MINUTE, 30);
    expect(first.note([lost], T0 + MINUTE + SETTLED_AFTER_MS, 30)).toBeNull();
    const second = await load(['one']);
    second.note([healthy], T0 + 2 * MINUTE, 30);
    expect(incidents()).toMatchObject([{ startedAt: T0 + MINUTE, endedAt: T0 + 2 * MINUTE }]);
  });

  it('rewrites the incidents only when one begins or ends', async () => {
    const historian = await load([]);
    historian.note([healthy], T0, 30);
    disk.writes.length = 0;
    for (let minute = 1; minute <= 10; minute += 1) historian.note([healthy], T0 + minute * MINUTE, 30);
    expect(new Set(disk.writes)).toEqual(new Set([watchedItem('one').key]));
  });

  it('keeps the pasts of gateways apart', async () => {
    const historian = await load(['one', 'two']);
    const two = { ...healthy, gatewayId: 'two' };
    historian.note([healthy, two], T0, 30);
    for (const after of [0, SETTLED_AFTER_MS]) historian.note([lost, two], T0 + MINUTE + after, 30);
    expect(incidents('one')).toHaveLength(1);
    expect(incidents('two')).toEqual([]);
  });

  it.each([
    ['newer', { version: 99, value: {} }],
    ['unreadable', 'scribble'],
  ])('leaves a past that is %s as it is, until the user deletes it', async (_, raw) => {
    disk.items.set(historyItem('one').key, raw);
    const historian = await load(['one']);
    historian.note([healthy], T0, 30);
    historian.note([lost], T0 + MINUTE, 30);
    expect(disk.items.get(historyItem('one').key)).toBe(raw);
    await historian.erase('one');
    historian.note([healthy], T0 + 2 * MINUTE, 30);
    expect(incidents()).toEqual([]);
  });
});

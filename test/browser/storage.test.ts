/** What is on the disk survives whoever cannot read it. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { defineItem, type Item } from '../../src/storage/item.ts';

const disk = vi.hoisted(() => new Map<string, unknown>());

vi.mock('../../src/browser/api.ts', () => ({
  default: {
    storage: {
      local: {
        get: async (keys: string | string[]) =>
          Object.fromEntries([keys].flat().flatMap((key) => (disk.has(key) ? [[key, disk.get(key)]] : []))),
        set: async (items: object) => {
          for (const [key, value] of Object.entries(items)) disk.set(key, value);
        },
        remove: async (key: string) => void disk.delete(key),
      },
    },
  },
}));

const { isOfNewer, readItem, readTogether, removeItem, writeItem } = await import(
  '../../src/browser/storage.ts'
);

const item = (key: string) => defineItem({ key, version: 1, schema: z.number() });
const ofNewer = { version: 2, value: { shape: 'unknown' } };
const outcome = (writing: Promise<void>) =>
  writing.then(
    () => 'written',
    (error) => (isOfNewer(error) ? 'of a newer version' : String(error)),
  );

beforeEach(() => disk.clear());

describe('an item that a newer version wrote', () => {
  const reads: Record<string, (one: Item<number>) => Promise<unknown>> = {
    alone: readItem,
    'with others': async (one) => (await readTogether([one, item('other')]))(one),
  };

  it.each(Object.entries(reads))('is left as it is once it was read %s', async (how, read) => {
    const one = item(`one, ${how}`);
    disk.set(one.key, ofNewer);
    expect(await read(one)).toEqual({ type: 'newer' });
    expect(await outcome(writeItem(one, 1))).toBe('of a newer version');
    expect(disk.get(one.key)).toEqual(ofNewer);
    // Others are written as ever.
    expect(await outcome(writeItem(item('other'), 1))).toBe('written');
  });

  it('can be removed, and is ours again then', async () => {
    const one = item('removed');
    disk.set(one.key, ofNewer);
    await readItem(one);
    await removeItem(one);
    expect(await outcome(writeItem(one, 1))).toBe('written');
  });

  it('is ours again once another page has removed it', async () => {
    const one = item('removed elsewhere');
    disk.set(one.key, ofNewer);
    await readItem(one);
    disk.delete(one.key);
    expect(await outcome(writeItem(one, 1))).toBe('written');
  });

  it('is ours again when that version took it back', async () => {
    const one = item('taken back');
    disk.set(one.key, ofNewer);
    await readItem(one);
    disk.set(one.key, one.encode(1));
    expect(await readItem(one)).toEqual({ type: 'value', value: 1 });
    expect(await outcome(writeItem(one, 2))).toBe('written');
  });
});

it('a disk that refuses is another reason', async () => {
  expect(isOfNewer(new Error('Resource::kQuotaBytes quota exceeded'))).toBe(false);
});

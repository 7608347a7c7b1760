/** What must not be lost, on a disk that is full for a while. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { defineItem, type Item } from '../../../src/storage/item.ts';

const disk = vi.hoisted(() => ({
  items: new Map<string, unknown>(),
  problem: null as string | null,
  /** Writes that wait for the test to let them go on. */
  held: null as (() => void)[] | null,
}));

vi.mock('../../../src/browser/storage.ts', () => ({
  isOfNewer: () => false,
  readItem: async <T>(item: Item<T>) => item.decode(disk.items.get(item.key)),
  writeItem: async <T>(item: Item<T>, value: T) => {
    if (disk.held) await new Promise<void>((done) => disk.held?.push(done));
    if (disk.problem !== null) throw new Error(disk.problem);
    disk.items.set(item.key, item.encode(value));
  },
  removeItem: async (item: Item<unknown>) => void disk.items.delete(item.key),
}));

const QUOTA = 'Resource::kQuotaBytes quota exceeded';
const item = (key: string) => defineItem({ key, version: 1, schema: z.number() });
const [token, state] = [item('credential:one:device-token'), item('connection:one')];
const keptAs = async (kept: Item<number>) => {
  const reading = await keeper.readKept(kept);
  return reading.type === 'value' ? reading.value : null;
};

let keeper: typeof import('../../../src/browser/worker/keeper.ts');
const told = vi.fn();

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  Object.assign(disk, { problem: null, held: null });
  disk.items.clear();
  told.mockClear();
  keeper = await import('../../../src/browser/worker/keeper.ts');
  keeper.onUnwritten(told);
});
afterEach(() => vi.useRealTimers());

describe('the keeper', () => {
  it('writes what can be written, and tells nobody', async () => {
    expect(await keeper.keepItem(token, 1)).toBe(true);
    expect([keeper.isAnythingUnwritten(), disk.items.size, told.mock.calls.length]).toEqual([false, 1, 0]);
  });

  it('keeps what cannot, reads it from memory, and writes it when there is room; nothing else ends the warning', async () => {
    disk.problem = QUOTA;
    const onWritten = vi.fn();
    expect(await keeper.keepItem(token, 1, onWritten)).toBe(false);
    expect(await keeper.keepItem(state, 1)).toBe(false);
    expect([keeper.isAnythingUnwritten(), await keptAs(token)]).toEqual([true, 1]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onWritten).not.toHaveBeenCalled();
    // Something small fits: the warning is about what does not.
    disk.problem = null;
    expect(await keeper.keepItem(state, 2)).toBe(true);
    expect(keeper.isAnythingUnwritten()).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(onWritten).toHaveBeenCalledOnce();
    expect([keeper.isAnythingUnwritten(), [...disk.items.keys()].length]).toEqual([false, 2]);
    expect(told).toHaveBeenCalled();
  });

  it('writes a credential before the state that names it', async () => {
    disk.problem = QUOTA;
    await keeper.keepItem(state, 1);
    await keeper.keepItem(token, 1);
    disk.problem = null;
    await vi.advanceTimersByTimeAsync(5_000);
    expect([...disk.items.keys()]).toEqual([token.key, state.key]);
  });

  it('never writes an older value over a newer one', async () => {
    disk.problem = QUOTA;
    const first = vi.fn();
    await keeper.keepItem(token, 1, first);
    await keeper.keepItem(token, 2);
    disk.problem = null;
    disk.held = [];
    const third = keeper.keepItem(token, 3);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await keptAs(token)).toBe(3);
    for (const goOn of disk.held.splice(0)) goOn();
    await third;
    expect([first.mock.calls.length, await keptAs(token), keeper.isAnythingUnwritten()]).toEqual([
      0,
      3,
      false,
    ]);
  });

  it('has others give way where our share of the disk is full, and only there', async () => {
    const giveWay = vi.fn(async () => {
      disk.problem = null;
      return true;
    });
    keeper.onNoRoom(giveWay);
    disk.problem = QUOTA;
    expect(await keeper.keepItem(token, 1)).toBe(true);
    disk.problem = 'IO error: no such device';
    expect(await keeper.keepItem(token, 2)).toBe(false);
    expect(giveWay).toHaveBeenCalledOnce();
  });

  it('what is removed does not come back', async () => {
    disk.problem = QUOTA;
    await keeper.keepItem(token, 1);
    disk.problem = null;
    await keeper.dropItem(token);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([disk.items.size, await keptAs(token), keeper.isAnythingUnwritten()]).toEqual([0, null, false]);
  });
});

/** `storage.local`, by the items of `storage/items.ts`. */

import type { Item, Reading } from '../storage/item.ts';
import browser from './api.ts';

/** Keys of items that a newer version of the extension wrote, as far as they were read: they stay as they are. */
const newer = new Set<string>();

function readingOf<T>(item: Item<T>, raw: unknown): Reading<T> {
  const reading = item.decode(raw);
  if (reading.type === 'newer') newer.add(item.key);
  else newer.delete(item.key);
  return reading;
}

/** Reads one item. Never throws: a disk that cannot be read is an unreadable item. */
export async function readItem<T>(item: Item<T>): Promise<Reading<T>> {
  try {
    const found = await browser.storage.local.get(item.key);
    return readingOf(item, found[item.key]);
  } catch {
    return { type: 'unreadable' };
  }
}

/**
 * Reads many items in one go: a hundred single ones take a second. Never throws.
 *
 * @returns what each of them is; of no other item it knows anything
 */
export async function readTogether(
  items: readonly { key: string }[],
): Promise<<T>(item: Item<T>) => Reading<T>> {
  try {
    const found = await browser.storage.local.get(items.map(({ key }) => key));
    return (item) => readingOf(item, found[item.key]);
  } catch {
    return () => ({ type: 'unreadable' });
  }
}

/**
 * Writes one item. Rejects when the browser refuses, e.g. because the disk is full, and where what was read there is of a
 * newer version.
 */
export async function writeItem<T>(item: Item<T>, value: T): Promise<void> {
  // It may have been removed meanwhile, by a page or by that version.
  if (newer.has(item.key) && (await readItem(item)).type === 'newer') throw new Error(OF_NEWER);
  await browser.storage.local.set({ [item.key]: item.encode(value) });
}

const OF_NEWER = 'a newer version wrote this item';

/** Whether this is why an item was not written: then no time makes it writable. */
export const isOfNewer = (error: unknown): boolean => error instanceof Error && error.message === OF_NEWER;

export async function removeItem<T>(item: Item<T>): Promise<void> {
  await browser.storage.local.remove(item.key);
  newer.delete(item.key);
}

/**
 * Calls `onReading` with an item now and whenever it changes.
 *
 * @returns ends it
 */
export function followItem<T>(item: Item<T>, onReading: (reading: Reading<T>) => void): () => void {
  let isOver = false;
  const read = async (): Promise<void> => {
    const reading = await readItem(item);
    if (!isOver) onReading(reading);
  };
  const changed = (changes: Record<string, unknown>): void => {
    if (item.key in changes) void read();
  };
  browser.storage.local.onChanged.addListener(changed);
  void read();
  return () => {
    isOver = true;
    browser.storage.local.onChanged.removeListener(changed);
  };
}

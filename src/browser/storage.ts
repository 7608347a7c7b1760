/** `storage.local`, by the items of `storage/items.ts`. */

import type { Item, Reading } from '../storage/item.ts';
import browser from './api.ts';

/** Reads one item. Never throws: a disk that cannot be read is an unreadable item. */
export async function readItem<T>(item: Item<T>): Promise<Reading<T>> {
  try {
    const found = await browser.storage.local.get(item.key);
    return item.decode(found[item.key]);
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
    return (item) => item.decode(found[item.key]);
  } catch {
    return () => ({ type: 'unreadable' });
  }
}

/** Writes one item. Rejects when the browser refuses, e.g. because the disk is full. */
export const writeItem = <T>(item: Item<T>, value: T): Promise<void> =>
  browser.storage.local.set({ [item.key]: item.encode(value) });

export const removeItem = <T>(item: Item<T>): Promise<void> => browser.storage.local.remove(item.key);

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

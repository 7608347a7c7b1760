/** What pages see change: stored items, and what the user has allowed. */
import type { Item, Reading } from '../storage/item.ts';
import browser from './api.ts';
import { readItem } from './storage.ts';

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

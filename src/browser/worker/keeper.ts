/**
 * Writes what must not be lost. What the browser refuses to store, because the disk or our share of it is full, waits in
 * memory and is written as soon as there is room; until then it is read from here. It dies with the worker.
 */
import type { Item, Reading } from '../../storage/item.ts';
import { isOfNewer, readItem, removeItem, writeItem } from '../storage.ts';

/** Milliseconds between two attempts to write what waits. */
const RETRY_MS = 5_000;

interface Entry {
  readonly raw: unknown;
  /** Rejects while there is no room. */
  write(): Promise<void>;
  readonly onWritten: () => void;
  /** It was refused once. */
  isWaiting: boolean;
}

/** The newest value of each item that is not known to be on the disk. */
const entries = new Map<string, Entry>();
let isRetryDue = false;
let tell: () => void = () => {};
let giveWay: () => Promise<boolean> = async () => false;

/** Whether anything waits for room. */
export const isAnythingUnwritten = (): boolean => [...entries.values()].some(({ isWaiting }) => isWaiting);

/** @param onChange called when {@link isAnythingUnwritten} may have changed */
export function onUnwritten(onChange: () => void): void {
  tell = onChange;
}

/**
 * @param free called when our share of the disk is full: makes room by giving up what matters least. Resolves to whether
 * there is more room now; never rejects
 */
export function onNoRoom(free: () => Promise<boolean>): void {
  giveWay = free;
}

/** Each browser has its own words: "Resource::kQuotaBytes quota exceeded", `QuotaExceededError`. */
const isQuota = (error: unknown): boolean => /quota/i.test(String(error));

/** Writes; if our share of the disk is full, again once others have given way, if that is still wanted. */
async function withRoom(write: () => Promise<void>, isWanted = (): boolean => true): Promise<void> {
  await write().catch(async (error) => {
    if (!isQuota(error) || !(await giveWay()) || !isWanted()) throw error;
    await write();
  });
}

/** Writes one item, at the cost of what matters less. Rejects, with nothing changed, if the browser refuses it all the same. */
export const storeItem = <T>(item: Item<T>, value: T): Promise<void> =>
  withRoom(() => writeItem(item, value));

/**
 * Writes one item, or keeps it until that is possible; what a newer version wrote stays instead. Never rejects.
 *
 * @param onWritten called if it had to wait, once it is written
 * @returns whether it is on the disk
 */
export async function keepItem<T>(item: Item<T>, value: T, onWritten = (): void => {}): Promise<boolean> {
  const { key } = item;
  const wasWaiting = entries.get(key)?.isWaiting ?? false;
  const write = (): Promise<void> => writeItem(item, value);
  const entry: Entry = { raw: item.encode(value), write, onWritten, isWaiting: wasWaiting };
  const isNewest = (): boolean => entries.get(key) === entry;
  entries.set(key, entry);
  try {
    await withRoom(write, isNewest);
    if (isNewest()) entries.delete(key);
    if (wasWaiting) tell();
    return true;
  } catch (error) {
    if (isOfNewer(error)) {
      if (isNewest()) entries.delete(key);
      return false;
    }
    entry.isWaiting = true;
    if (isNewest()) tell();
    retryLater();
    return false;
  }
}

/** Reads one item: what is being written, or else what is on the disk. Never throws. */
export async function readKept<T>(item: Item<T>): Promise<Reading<T>> {
  const entry = entries.get(item.key);
  return entry ? item.decode(entry.raw) : readItem(item);
}

/** Removes one item, written or not. Rejects if storage refused. */
export function dropItem<T>(item: Item<T>): Promise<void> {
  if (entries.delete(item.key)) tell();
  return removeItem(item);
}

function retryLater(): void {
  if (isRetryDue) return;
  isRetryDue = true;
  setTimeout(() => {
    isRetryDue = false;
    void retry();
  }, RETRY_MS);
}

/** What is small and dear first: a credential is worth more than the state that names it. */
async function retry(): Promise<void> {
  const rank = (key: string): number => (key.startsWith('credential:') ? 0 : 1);
  for (const [key, entry] of [...entries].sort(([a], [b]) => rank(a) - rank(b))) {
    const isNewest = (): boolean => entries.get(key) === entry;
    if (!entry.isWaiting || !isNewest()) continue;
    try {
      await entry.write();
    } catch {
      continue;
    }
    if (isNewest()) entries.delete(key);
    entry.onWritten();
    tell();
  }
  if (isAnythingUnwritten()) retryLater();
}

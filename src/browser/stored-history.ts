/** The stored history of a gateway: two items on the disk, one history for those who read it. */
import { type History, NO_HISTORY } from '../history/state.ts';
import type { Reading } from '../storage/item.ts';
import { historyItem, watchedItem } from '../storage/items.ts';
import { followItem, readItem } from './storage.ts';

/** What could not be read was left as it is. */
export type StoredHistory =
  | { readonly type: 'value'; readonly value: History }
  | { readonly type: 'newer' }
  | { readonly type: 'unreadable' };

/** A gateway of which nothing is kept has an empty history. */
function join(past: Reading<Omit<History, 'watched'>>, watched: Reading<History['watched']>): StoredHistory {
  for (const { type } of [past, watched]) if (type === 'newer' || type === 'unreadable') return { type };
  return {
    type: 'value',
    value: {
      ...(past.type === 'value' ? past.value : NO_HISTORY),
      watched: watched.type === 'value' ? watched.value : [],
    },
  };
}

/** Never rejects. */
export const readHistory = (gatewayId: string): Promise<StoredHistory> =>
  Promise.all([readItem(historyItem(gatewayId)), readItem(watchedItem(gatewayId))]).then(([past, watched]) =>
    join(past, watched),
  );

/**
 * Calls `onPast` with the history now and whenever the worker wrote it.
 *
 * @returns ends it
 */
export function followHistory(gatewayId: string, onPast: (past: StoredHistory) => void): () => void {
  let past: Reading<Omit<History, 'watched'>> | null = null;
  let watched: Reading<History['watched']> | null = null;
  const tell = (): void => {
    if (past !== null && watched !== null) onPast(join(past, watched));
  };
  const endings = [
    followItem(historyItem(gatewayId), (reading) => {
      past = reading;
      tell();
    }),
    followItem(watchedItem(gatewayId), (reading) => {
      watched = reading;
      tell();
    }),
  ];
  return () => {
    for (const end of endings) end();
  };
}

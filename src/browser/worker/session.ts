/** What lasts as long as the browser runs, over the death of its workers. */
import browser from '../api.ts';

const KEY = 'browser-started-at';

/** When this run of the browser was first seen by us; milliseconds since the epoch. Never rejects. */
export async function startedAt(now = Date.now()): Promise<number> {
  try {
    const { [KEY]: known } = await browser.storage.session.get(KEY);
    if (typeof known === 'number') return known;
    await browser.storage.session.set({ [KEY]: now });
  } catch {
    // Without it the first minutes count anew after each worker's death: a notification comes later, none is lost.
  }
  return now;
}

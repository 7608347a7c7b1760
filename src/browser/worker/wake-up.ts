/** Alarms: what wakes this extension when no worker of it lives. */
import browser from '../api.ts';

const LATER = 'later';

/** Milliseconds. Alarms come after half a minute at the earliest; what is sooner is a timer's business. */
const EARLIEST_MS = 30_000;

/** Wakes the worker once at this moment, milliseconds since the epoch; `null` takes that back. */
export function wakeAt(at: number | null, now = Date.now()): void {
  if (at !== null && at - now >= EARLIEST_MS) void browser.alarms.create(LATER, { when: at });
  else void browser.alarms.clear(LATER);
}

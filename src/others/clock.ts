/**
 * What a clock that was ahead and is set right again left in what is known of other clients. Pure.
 *
 * - O13 Nothing was noted later than now: what was is moved back by as much as the clock was, so that the newest of it is of
 *   now, and comes after all that was noted of the past.
 */
import type { Others } from './state.ts';

/** Milliseconds. Clocks are set by fractions of a second now and then. */
const SLIP_MS = 1_000;

/** [O13] The same object where nothing has to change. */
export function othersWithoutFuture(others: Others, now: number): Others {
  // Its numbers are moments, but for counts, which are far smaller.
  const moments: number[] = [];
  const text = JSON.stringify(others, (_, value) => {
    if (typeof value === 'number') moments.push(value);
    return value;
  });
  const ahead = Math.max(...moments) - now;
  if (ahead <= SLIP_MS) return others;
  const past = Math.max(0, ...moments.filter((at) => at <= now));
  return JSON.parse(text, (_, value) =>
    typeof value === 'number' && value > now ? Math.max(value - ahead, past) : value,
  );
}

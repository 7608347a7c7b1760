/** What happened to a gateway today or yesterday and is over. */
import { clockTime, t } from '../browser/i18n.ts';

const DAY_MS = 86_400_000;

const isSameDay = (one: number, other: number): boolean =>
  new Date(one).toDateString() === new Date(other).toDateString();

/** "at 09:12", "yesterday at 09:12", or `null` if that is longer ago. Milliseconds since the epoch. */
export function lately(at: number | null, now: number): string | null {
  if (at === null || at > now) return null;
  if (isSameDay(at, now)) return t('at_time', clockTime(at, now));
  return isSameDay(at, now - DAY_MS) ? t('yesterday_at_time', clockTime(at, at)) : null;
}

/** Times and spans of time, as this browser's user writes them. */
import { language, t } from '../browser/i18n.ts';
import { number } from './figures.ts';

/** Seconds up to an hour, as countdowns show them: "12 s", "4 min 12 s". Milliseconds in, rounded up. */
export function countdown(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1_000));
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  if (minutes === 0) return quantity(seconds, 'second');
  const parts = [quantity(minutes, 'minute'), quantity(seconds, 'second')];
  return together(parts);
}

/** Without the commas that Intl has in some languages; Chinese needs no space either. */
const together = (parts: readonly string[]): string => parts.join(language().startsWith('zh') ? '' : ' ');

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long something took, or lasts: "812 ms", "1.4 s", "3 min", "5 h", "12 days". Milliseconds in. */
export function span(ms: number): string {
  if (ms < 1_000) return quantity(Math.round(ms), 'millisecond');
  if (ms < MINUTE_MS) return quantity(ms / 1_000, 'second');
  if (ms < 2 * HOUR_MS) return quantity(Math.round(ms / MINUTE_MS), 'minute');
  if (ms < 2 * DAY_MS) return quantity(Math.round(ms / HOUR_MS), 'hour');
  return quantity(Math.round(ms / DAY_MS), 'day');
}

/** A span in its two largest units, for sums and lengths: "19 h 40 min", "2 days 3 h". Milliseconds in. */
export function longSpan(ms: number): string {
  if (ms < HOUR_MS) return span(ms);
  const isDays = ms >= DAY_MS;
  const small = isDays ? HOUR_MS : MINUTE_MS;
  const total = Math.round(ms / small);
  const perLarge = isDays ? 24 : 60;
  const parts = [
    quantity(Math.floor(total / perLarge), isDays ? 'day' : 'hour'),
    ...(total % perLarge === 0 ? [] : [quantity(total % perLarge, isDays ? 'hour' : 'minute')]),
  ];
  return together(parts);
}

type Unit = 'millisecond' | 'second' | 'minute' | 'hour' | 'day';

/** The same in every language that writes Latin letters; Intl abbreviates each in its own way ("secs", "Std."). */
const SYMBOLS: Partial<Record<Unit, string>> = { second: 's', minute: 'min', hour: 'h' };

const quantity = (value: number, unit: Unit): string =>
  new Intl.NumberFormat(language(), {
    style: 'unit',
    unit,
    unitDisplay: unit === 'day' ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit === 'second' ? 1 : 0,
  })
    .formatToParts(value)
    .map((part) =>
      part.type === 'unit' && /^[a-z]/i.test(part.value) ? (SYMBOLS[unit] ?? part.value) : part.value,
    )
    .join('');

const UNITS: Readonly<Record<string, Unit>> = { s: 'second', min: 'minute', h: 'hour', d: 'day' };

/** A span as findings spell it, "60 s", and a part of a whole, as the user writes them; any other figure as it is. */
export function figureWords(figure: string | number): string {
  if (typeof figure === 'number' && !Number.isInteger(figure)) return number(figure);
  const [, value = '', symbol = ''] = /^(\d+(?:\.\d+)?) (s|min|h|d)$/.exec(String(figure)) ?? [];
  const unit = UNITS[symbol];
  return unit === undefined ? String(figure) : quantity(Number(value), unit);
}

/** By what they are made of. One is costly to make, and the toolbar names a time at every sign of life. */
const clocks: Record<string, Intl.DateTimeFormat> = {};

/**
 * A clock time, with the day if that is another one than `now`. Milliseconds since the epoch. Never "3 s ago":
 * tooltips and spoken texts cannot tick.
 */
export function clockTime(at: number, now: number, { seconds = false } = {}): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const options: Intl.DateTimeFormatOptions = {
    hour: 'numeric',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
  };
  // A format keeps the time zone that it was made in; its user may travel.
  const key = JSON.stringify([language(), options, new Date(at).getTimezoneOffset()]);
  clocks[key] ??= new Intl.DateTimeFormat(language(), options);
  return clocks[key].format(at);
}

const isSameDay = (one: number, other: number): boolean =>
  new Date(one).toDateString() === new Date(other).toDateString();

/** When something that is over happened: "at 09:12", "yesterday at 09:12", or `null` if that is longer ago. Milliseconds since the epoch. */
export function lately(at: number | null, now: number): string | null {
  if (at === null || at > now) return null;
  if (isSameDay(at, now)) return t('at_time', clockTime(at, now));
  const yesterday = new Date(now);
  // Not every day has 24 hours.
  yesterday.setDate(yesterday.getDate() - 1);
  return isSameDay(at, yesterday.getTime()) ? t('yesterday_at_time', clockTime(at, at)) : null;
}

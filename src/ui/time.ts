/** Spans of time, as the user's language writes them, and a clock that pages can watch. */
import { useEffect, useState } from 'preact/hooks';
import { language } from '../browser/i18n.ts';

/** Seconds up to an hour, as countdowns show them: "12 s", "4 min 12 s". Milliseconds in, rounded up. */
export function countdown(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1_000));
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  if (minutes === 0) return quantity(seconds, 'second');
  const parts = [quantity(minutes, 'minute'), quantity(seconds, 'second')];
  return new Intl.ListFormat(language(), { type: 'unit', style: 'narrow' }).format(parts);
}

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
  return new Intl.ListFormat(language(), { type: 'unit', style: 'narrow' }).format(parts);
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

/** The time, once a second. Milliseconds since the epoch. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The words of the history: times as the user writes them, and incidents in a sentence. */

import { language, t } from '../../browser/i18n.ts';
import type { RangeId } from '../../history/range.ts';
import { RANGES } from '../../history/range.ts';
import type { History, Incident } from '../../history/state.ts';
import { type Slot, type SlotKind, type Summary, watchedOf } from '../../history/summary.ts';
import { nameOf } from '../../words/faults.ts';
import { number, share } from '../../words/figures.ts';
import { longSpan, span } from '../../words/time.ts';

/** What a slot can name before its sentence becomes a list. */
const MOST_NAMED = 3;

export const rangeName = (range: RangeId): string => span(RANGES[range].lengthMs);

const ROW_TIME: Readonly<Record<RangeId, Intl.DateTimeFormatOptions>> = {
  day: { hour: 'numeric', minute: '2-digit' },
  week: { weekday: 'short', hour: 'numeric' },
  month: { day: 'numeric', month: 'short' },
};

/** Where a row of the strip begins. */
export const rowTime = (range: RangeId, at: number): string =>
  new Intl.DateTimeFormat(language(), ROW_TIME[range]).format(at);

/** Hours between two ticks; days where it is more than one. */
const TICK_HOURS: Readonly<Record<RangeId, number>> = { day: 4, week: 24, month: 5 * 24 };

const TICK_TIME: Readonly<Record<RangeId, Intl.DateTimeFormatOptions>> = {
  day: { hour: 'numeric' },
  week: { weekday: 'short', day: 'numeric' },
  month: { day: 'numeric', month: 'short' },
};

export interface Tick {
  /** The slot that it stands at, and how many it has room for. */
  readonly at: number;
  readonly span: number;
  readonly label: string;
}

/** Where the user's day, or a round hour of it, begins. The last one would run into "now". */
export function ticks(range: RangeId, slots: readonly Slot[]): Tick[] {
  const format = new Intl.DateTimeFormat(language(), TICK_TIME[range]);
  const hours = TICK_HOURS[range];
  const starts = slots.flatMap(({ from }, index) => {
    const date = new Date(from);
    const isRound = date.getMinutes() === 0 && date.getHours() % Math.min(hours, 24) === 0;
    return isRound ? [{ at: index, from }] : [];
  });
  const wanted = starts.filter((_, index) => hours <= 24 || (starts.length - index) % (hours / 24) === 1);
  return wanted
    .map(({ at, from }, index) => ({
      at,
      span: (wanted[index + 1]?.at ?? slots.length) - at,
      label: format.format(from),
    }))
    .filter(({ at, span }) => at + Math.min(span, slots.length * MIN_ROOM) <= slots.length * (1 - MIN_ROOM));
}

/** Of the strip: what a label takes, and "now" at its end. */
const MIN_ROOM = 0.06;

const slotTime = (range: RangeId, { from, to }: Slot): string =>
  new Intl.DateTimeFormat(language(), {
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
    ...(range === 'day' ? {} : { day: 'numeric', month: 'short' }),
  }).formatRange(from, to);

/** A day and a time, for what may be long ago. */
export const dayTime = (at: number): string =>
  new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** The cause and, where the connection was closed with one, its code: "Connection lost (1006)". */
export const causeWords = ({ cause, closeCode }: Pick<Incident, 'cause' | 'closeCode'>): string =>
  closeCode === null ? nameOf(cause) : `${nameOf(cause)} (${closeCode})`;

/** How it ended. */
export function endingWords({ cure, worst }: Incident): string {
  switch (cure) {
    case null:
      return t('history_cure_running');
    case 'by-itself':
      return t(worst === 'relay' ? 'history_cure_relay' : 'history_cure_by_itself');
    case 'repaired':
      return t('history_cure_repaired');
    case 'by-user':
      return t('history_cure_by_user');
    case 'paused':
      return t('history_cure_paused');
    default:
      return cure satisfies never;
  }
}

/** The strip in a sentence. */
export function stripSummary(range: RangeId, { watchedMs, availability, incidents }: Summary): string {
  const name = rangeName(range);
  if (availability === null) return t('history_strip_unwatched', name);
  return t('history_strip_summary', name, longSpan(watchedMs), share(availability), number(incidents.length));
}

/** When a slot was, and what happened in it. */
export const slotLine = (range: RangeId, slot: Slot, history: History, now: number): string =>
  t('history_slot_line', slotTime(range, slot), whatHappened(slot, history, now));

function whatHappened(slot: Slot, history: History, now: number): string {
  const kind: SlotKind = slot.kind;
  switch (kind) {
    case 'ok': {
      const isWhole = slot.watchedMs >= Math.min(slot.to, now) - slot.from - 1_000;
      return isWhole ? t('history_slot_was_ok') : t('history_slot_was_ok_part', longSpan(slot.watchedMs));
    }
    case 'trouble': {
      const seen = slot.incidents
        .map((incident) => ({ incident, ms: watchedOf(history, incident, now, slot) }))
        .filter(({ ms }) => ms > 0);
      const named = seen
        .slice(0, MOST_NAMED)
        .map(({ incident, ms }) => t('history_slot_incident', causeWords(incident), longSpan(ms)));
      const more = seen.length - named.length;
      return [...named, ...(more > 0 ? [t('history_slot_more', number(more))] : [])].join(' · ');
    }
    case 'unwatched':
      return t('history_slot_was_unwatched');
    case 'nothing':
      return t('history_slot_was_nothing');
    default:
      return kind satisfies never;
  }
}

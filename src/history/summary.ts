/**
 * Reads the history: strip, figures and counts for a stretch of time. Pure. Milliseconds throughout.
 *
 * - H6 Trouble counts only while somebody watched, and a stretch that nobody watched is neither well nor troubled.
 * - H7 Before the first time that is known to have been watched, and after now, there is nothing to say at all.
 */
import type { History, Incident } from './state.ts';

export type SlotKind = 'ok' | 'trouble' | 'unwatched' | 'nothing';

/** One piece of the strip. */
export interface Slot {
  readonly kind: SlotKind;
  readonly from: number;
  readonly to: number;
  /** Milliseconds of it that were watched, and of those the ones in trouble. */
  readonly watchedMs: number;
  readonly troubleMs: number;
  /** The incidents that touch it. */
  readonly incidents: readonly Incident[];
}

export interface Summary {
  readonly watchedMs: number;
  readonly troubleMs: number;
  /** 0 to 1: of the time it was watched, the part that it was connected; `null` if it was not watched. */
  readonly availability: number | null;
  readonly incidents: readonly Incident[];
  readonly repairs: number;
  /** Medians and 95th percentile; `null` without samples. */
  readonly awayMs: number | null;
  readonly helloMs: number | null;
  readonly helloP95Ms: number | null;
}

export interface CloseReason {
  readonly closeCode: number | null;
  readonly cause: Incident['cause'];
  readonly count: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const overlap = (one: Span, other: Span): number =>
  Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));

const spanOf = ({ startedAt, endedAt }: Incident, now: number): Span => ({
  from: startedAt,
  to: endedAt ?? now,
});

/** What both spans share. */
function shared(one: Span, other: Span): Span {
  const from = Math.max(one.from, other.from);
  return { from, to: Math.max(from, Math.min(one.to, other.to)) };
}

const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** [H6] How long an incident, or what of it falls into a stretch, was watched. */
export function watchedOf(
  { watched }: Pick<History, 'watched'>,
  incident: Incident,
  now: number,
  within: Span = ALWAYS,
): number {
  const span = shared(spanOf(incident, now), within);
  if (span.to <= span.from) return 0;
  return watched.reduce((sum, each) => sum + overlap(each, span), 0);
}

/** Watched and troubled milliseconds of a stretch. */
function times(history: History, within: Span, now: number): { watchedMs: number; troubleMs: number } {
  const watched = history.watched.filter((span) => overlap(span, within) > 0);
  return {
    watchedMs: watched.reduce((sum, span) => sum + overlap(span, within), 0),
    troubleMs: history.incidents.reduce(
      (sum, incident) => sum + watchedOf({ watched }, incident, now, within),
      0,
    ),
  };
}

const touching = (history: History, within: Span, now: number): Incident[] =>
  history.incidents.filter((incident) => {
    const { from, to } = spanOf(incident, now);
    return from < within.to && to >= within.from;
  });

/** The strip: `count` slots of equal length from `from` to `to`. */
export function strip(history: History, from: number, to: number, count: number, now: number): Slot[] {
  const length = (to - from) / count;
  const knownFrom = history.watched[0]?.from ?? now;
  return Array.from({ length: count }, (_, index) => {
    const within = { from: from + index * length, to: from + (index + 1) * length };
    const { watchedMs, troubleMs } = times(history, within, now);
    const isKnown = within.to > knownFrom && within.from < now;
    const watched: SlotKind = troubleMs > 0 ? 'trouble' : 'ok';
    return {
      ...within,
      watchedMs,
      troubleMs,
      // [H7]
      kind: watchedMs > 0 ? watched : isKnown ? 'unwatched' : 'nothing',
      incidents: touching(history, within, now),
    };
  });
}

/** The figures of a stretch. */
export function summarise(history: History, from: number, to: number, now: number): Summary {
  const within = { from, to };
  const { watchedMs, troubleMs } = times(history, within, now);
  const incidents = touching(history, within, now);
  const hellos = history.connects
    .filter(({ at, helloMs }) => at >= from && at <= to && helloMs !== null)
    .map(({ helloMs }) => helloMs ?? 0);
  // How soon it is back by itself: known only of incidents that were watched from end to end.
  const away = incidents
    .filter(({ endedAt, cure }) => endedAt !== null && (cure === 'by-itself' || cure === 'repaired'))
    .map((incident) => spanOf(incident, now))
    .filter((span) => history.watched.some((each) => overlap(each, span) === span.to - span.from))
    .map((span) => span.to - span.from);
  return {
    watchedMs,
    troubleMs,
    availability: watchedMs === 0 ? null : 1 - troubleMs / watchedMs,
    incidents,
    repairs: incidents.filter(({ cure }) => cure === 'repaired').length,
    awayMs: quantile(away, 0.5),
    helloMs: quantile(hellos, 0.5),
    helloP95Ms: quantile(hellos, 0.95),
  };
}

/** How often each reason ended a connection, the most frequent first. */
export function closeReasons(incidents: readonly Incident[]): CloseReason[] {
  const counts = new Map<string, CloseReason>();
  for (const { closeCode, cause } of incidents) {
    const key = `${closeCode} ${cause}`;
    counts.set(key, { closeCode, cause, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** The nearest-rank quantile. */
function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

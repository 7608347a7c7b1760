/**
 * Writes the history: every status that is shown goes through {@link record}. Pure.
 *
 * - H1 An incident begins with the first shown trouble of a gateway that was connected before, and ends when it is
 *   healthy again or paused. A worker's death, a sleep or a closed browser neither ends nor splits it.
 * - H2 Its cause is the clearest one found while it lasted: one that a person had to act on, else the last.
 * - H3 Time counts as watched only between looks that are close together; the rest the browser was closed.
 * - H4 Everything is bounded, for each gateway and for all together, and what is dropped is the oldest (`room.ts`).
 * - H9 What passes within a second is not told (`settle.ts`).
 * - H8 A clock that is set back takes what it recorded of the future back with it.
 */
import { causeOf } from '../gateway/causes.ts';
import { STATUS_CODES, type StatusCode } from '../gateway/status.ts';
import { type GatewayStatus, isConnected } from '../gateway-status.ts';
import { historyWithoutFuture } from './clock.ts';
import { type Most, mostFor } from './room.ts';
import type { History, Incident, IncidentCure } from './state.ts';

/** Milliseconds. A span that grew by less than this is not worth a write. An alarm comes somewhat early now and then. */
const WATCH_GRAIN_MS = 55_000;

/**
 * Milliseconds. What is further than this from the last look that was written was not watched: after it a look may come that
 * is not written, and a minute later, or somewhat more, the alarm that is our slowest look.
 */
const WATCH_GAP_MS = WATCH_GRAIN_MS + 75_000;

const DAY_MS = 86_400_000;

/** What is seen of a gateway when nobody has anything to tell about it. */
const CALM_CODES: readonly StatusCode[] = ['healthy', 'healed', 'paused', 'unknown', 'not-set-up'];

export const isCalm = ({ code }: Pick<GatewayStatus, 'code'>): boolean => CALM_CODES.includes(code);

/**
 * The history after a status was shown. Returns the same object if nothing worth writing changed.
 *
 * @param now milliseconds since the epoch
 * @param keepDays how long the past is kept
 * @param most how much of it is kept at most
 */
export function record(
  recorded: History,
  status: GatewayStatus,
  now: number,
  keepDays: number,
  most: Most = mostFor(1),
): History {
  const history = historyWithoutFuture(recorded, now);
  // [H1] A gateway that never was connected has no outages, only a pairing that is not finished.
  if (history.startedAt === null && !isConnected(status)) return history;
  const begun = history.startedAt === null ? { ...history, startedAt: now } : history;
  const noted = connects(incidents(begun, status, now), status);
  return bounded(watch(noted, status, now, noted === history ? WATCH_GRAIN_MS : 0), now, keepDays, most);
}

function incidents(history: History, status: GatewayStatus, now: number): History {
  const last = history.incidents.at(-1);
  const open = last?.endedAt === null ? last : null;
  if (!isCalm(status)) {
    const next = open === null ? begin(status, now, last?.endedAt ?? 0) : follow(open, status);
    if (next === open) return history;
    const before = open === null ? history.incidents : history.incidents.slice(0, -1);
    return { ...history, incidents: [...before, next] };
  }
  // `unknown` proves neither that it is over nor that it lasts.
  if (open === null || status.code === 'unknown') return history;
  const ended: Incident = { ...open, endedAt: Math.max(now, open.startedAt), cure: cureOf(open, status) };
  return { ...history, incidents: [...history.incidents.slice(0, -1), ended] };
}

function causeIn({ code, cause, relay }: GatewayStatus): Incident['cause'] {
  return code === 'relay' ? relay.cause : (cause ?? 'connection-lost');
}

/** No earlier than the one before it ended, at `from`. */
function begin(status: GatewayStatus, now: number, from: number): Incident {
  const since = (status.code === 'relay' ? status.relay.since : status.since) ?? now;
  return {
    startedAt: Math.max(Math.min(since, now), from),
    endedAt: null,
    cause: causeIn(status),
    worst: status.code,
    closeCode: status.closeCode,
    cure: null,
  };
}

function follow(open: Incident, status: GatewayStatus): Incident {
  const worst = rank(status.code) < rank(open.worst) ? status.code : open.worst;
  // [H2] Once a person had to act, what follows on the way back is not the reason.
  const cause = isForPerson(open.cause) && !isForPerson(causeIn(status)) ? open.cause : causeIn(status);
  // The close of a live socket has another code than the refusal that follows, and tells the cause of neither.
  const [telling, other] = cause === open.cause ? [open, status] : [status, open];
  const closeCode = telling.closeCode ?? other.closeCode;
  const isSame = worst === open.worst && cause === open.cause && closeCode === open.closeCode;
  return isSame ? open : { ...open, worst, cause, closeCode };
}

const rank = (code: StatusCode): number => STATUS_CODES.indexOf(code);

function isForPerson(cause: Incident['cause']): boolean {
  if (cause.startsWith('relay-')) return false;
  const { bearing } = causeOf(cause as Parameters<typeof causeOf>[0]);
  return bearing === 'needs-you' || bearing === 'approval';
}

function cureOf(open: Incident, { code, notice }: GatewayStatus): IncidentCure {
  if (code === 'paused') return 'paused';
  // What a person had to approve or to set right is theirs, also where we went on from there.
  if (open.worst === 'needs-you' || open.worst === 'approval') return 'by-user';
  return notice?.kind === 'repaired' && notice.at >= open.startedAt ? 'repaired' : 'by-itself';
}

/** A connection is named by its beginning, so one that was recorded is not recorded again. */
function connects(history: History, { code, since, helloMs }: GatewayStatus): History {
  if ((code !== 'healthy' && code !== 'healed') || since === null) return history;
  const last = history.connects.at(-1);
  if (last && last.at >= since) return history;
  return { ...history, connects: [...history.connects, { at: since, helloMs }] };
}

/** [H3] `grain`: how much a span has to grow to be worth a write, none where something is written anyway. */
function watch(history: History, { code }: GatewayStatus, now: number, grain: number): History {
  if (code === 'paused') return history;
  const last = history.watched.at(-1);
  // A clock that was set back must not make spans overlap.
  if (last && now < last.to) return history;
  if (!last || now - last.to > WATCH_GAP_MS) {
    return { ...history, watched: [...history.watched, { from: now, to: now }] };
  }
  return now > last.to && now - last.to >= grain
    ? { ...history, watched: [...history.watched.slice(0, -1), { from: last.from, to: now }] }
    : history;
}

/**
 * [H3] The history as it will be after the next look, if there is one soon: what was looked at just now is being
 * watched. For those who read it between two writes.
 */
export function upTo(history: History, now: number): History {
  const last = history.watched.at(-1);
  if (!last || now <= last.to || now - last.to > WATCH_GAP_MS) return history;
  return { ...history, watched: [...history.watched.slice(0, -1), { from: last.from, to: now }] };
}

/** [H4] */
function bounded(history: History, now: number, keepDays: number, most: Most): History {
  const from = now - keepDays * DAY_MS;
  const { watched, incidents: all, connects: made } = history;
  const isOld =
    (watched[0]?.to ?? now) < from ||
    (made[0]?.at ?? now) < from ||
    (all[0] !== undefined && all[0].endedAt !== null && all[0].endedAt < from);
  const isMany = watched.length > most.spans || all.length > most.incidents || made.length > most.connects;
  if (!isOld && !isMany) return history;
  return {
    ...history,
    watched: watched.filter(({ to }) => to >= from).slice(-most.spans),
    incidents: all.filter(({ endedAt }) => endedAt === null || endedAt >= from).slice(-most.incidents),
    connects: made.filter(({ at }) => at >= from).slice(-most.connects),
  };
}

/** What a clock that was ahead and is set right again left in the history. Pure; milliseconds since the epoch. */
import type { History } from './state.ts';

/** Clocks are set by fractions of a second now and then. */
const SLIP_MS = 1_000;

/**
 * [H8] Nothing was recorded later than now: what was is moved back by as much as the clock was, so that the newest of it
 * is of now. Nothing is lost, all of it stays in its order, and nothing overlaps. The same object where nothing has to
 * change.
 */
export function historyWithoutFuture(history: History, now: number): History {
  const { startedAt, watched, incidents, connects } = history;
  const lastIncident = incidents.at(-1);
  const newest = Math.max(
    watched.at(-1)?.to ?? 0,
    connects.at(-1)?.at ?? 0,
    lastIncident?.endedAt ?? lastIncident?.startedAt ?? 0,
  );
  const ahead = newest - now;
  if (ahead <= SLIP_MS) return history;
  const moved = (at: number, from: number): number => Math.max(at > now ? at - ahead : at, from);
  const begun = Math.min(startedAt ?? 0, now);
  let end = begun;
  const spans = watched.map(({ from, to }) => {
    const start = moved(from, end);
    end = moved(to, start);
    return { from: start, to: end };
  });
  end = begun;
  const troubles = incidents.map((incident) => {
    const start = moved(incident.startedAt, end);
    end = incident.endedAt === null ? start : moved(incident.endedAt, start);
    return { ...incident, startedAt: start, endedAt: incident.endedAt === null ? null : end };
  });
  end = begun;
  const made = connects.map((connect) => {
    end = moved(connect.at, end);
    return { ...connect, at: end };
  });
  return {
    startedAt: startedAt === null ? null : begun,
    watched: spans,
    incidents: troubles,
    connects: made,
  };
}

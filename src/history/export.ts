/** The history as a file of the user's own. Pure. Times in ISO 8601, durations in milliseconds. */
import type { History } from './state.ts';

/** Whose history it is: by the name that the user gave it, `null` without one. No address leaves by this file. */
export interface ExportedGateway {
  readonly name: string | null;
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Everything that is kept, readable by people and programs. */
export function toJson(gateway: ExportedGateway, history: History, now: number): string {
  return `${JSON.stringify(
    {
      format: 'relay-health-history/1',
      exportedAt: iso(now),
      gateway,
      since: iso(history.startedAt),
      incidents: history.incidents.map(({ startedAt, endedAt, ...facts }) => ({
        startedAt: iso(startedAt),
        endedAt: iso(endedAt),
        durationMs: endedAt === null ? null : endedAt - startedAt,
        ...facts,
      })),
      watched: history.watched.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
      connects: history.connects.map(({ at, helloMs }) => ({ at: iso(at), helloMs })),
    },
    null,
    2,
  )}\n`;
}

/** The incidents, one line each, by RFC 4180. */
export function toCsv(history: History): string {
  const head = ['started_at', 'ended_at', 'duration_ms', 'cause', 'worst_state', 'close_code', 'cure'];
  const rows = history.incidents.map(({ startedAt, endedAt, cause, worst, closeCode, cure }) => [
    iso(startedAt),
    iso(endedAt),
    endedAt === null ? null : endedAt - startedAt,
    cause,
    worst,
    closeCode,
    cure,
  ]);
  return [head, ...rows]
    .map((row) => row.map(cell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** Codes and numbers only, so nothing has to be quoted; a cell that could start a formula would be a bug. */
const cell = (value: string | number | null): string => (value === null ? '' : String(value));

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv, toJson } from '../../src/history/export.ts';
import { RANGES, type RangeId, stretch } from '../../src/history/range.ts';
import { upTo } from '../../src/history/record.ts';
import { type History, type Incident, NO_HISTORY } from '../../src/history/state.ts';
import { closeReasons, strip, summarise, watchedOf } from '../../src/history/summary.ts';

const HOUR = 3_600_000;

const incident = (startedAt: number, endedAt: number | null, changes: Partial<Incident> = {}): Incident => ({
  startedAt,
  endedAt,
  cause: 'connection-lost',
  worst: 'reconnecting',
  closeCode: 1006,
  cure: endedAt === null ? null : 'by-itself',
  ...changes,
});

/** Watched from 0 to 10 h and from 20 to 24 h; away for an hour, and over night. */
const history: History = {
  startedAt: 0,
  watched: [
    { from: 0, to: 10 * HOUR },
    { from: 20 * HOUR, to: 24 * HOUR },
  ],
  incidents: [
    incident(2 * HOUR, 3 * HOUR, { cure: 'repaired', cause: 'device-token-mismatch', closeCode: 1008 }),
    incident(9 * HOUR, 21 * HOUR, { worst: 'down' }),
  ],
  connects: [10, 20, 30, 400].map((helloMs, index) => ({ at: index * HOUR, helloMs })),
};

describe('summary', () => {
  it('leaves out the hours when the browser was closed', () => {
    const summary = summarise(history, 0, 24 * HOUR, 24 * HOUR);
    expect(summary.watchedMs).toBe(14 * HOUR);
    expect(summary.troubleMs).toBe(3 * HOUR);
    expect(summary.availability).toBeCloseTo(11 / 14);
  });

  it('counts repairs, and takes the way back only from outages that were watched to the end', () => {
    const summary = summarise(history, 0, 24 * HOUR, 24 * HOUR);
    expect(summary).toMatchObject({ repairs: 1, awayMs: HOUR, helloMs: 20, helloP95Ms: 400 });
  });

  it('says nothing about a stretch that nobody watched', () => {
    expect(summarise(history, 12 * HOUR, 18 * HOUR, 24 * HOUR)).toMatchObject({
      availability: null,
      awayMs: null,
    });
  });

  it('counts an incident that lasts until now', () => {
    const open = { ...history, incidents: [incident(23 * HOUR, null)] };
    expect(summarise(open, 20 * HOUR, 24 * HOUR, 24 * HOUR).availability).toBeCloseTo(0.75);
  });
});

describe('an incident', () => {
  it('[H6] over a night without a browser counts for what was seen of it', () => {
    const [, night] = history.incidents as [Incident, Incident];
    expect(watchedOf(history, night, 24 * HOUR)).toBe(2 * HOUR);
    expect(watchedOf(history, night, 24 * HOUR, { from: 9.5 * HOUR, to: 15 * HOUR })).toBe(0.5 * HOUR);
    expect(watchedOf(history, night, 24 * HOUR, { from: 12 * HOUR, to: 15 * HOUR })).toBe(0);
  });

  it('[H3] that runs is watched until now, if the last look was a moment ago', () => {
    const running = { ...history, incidents: [incident(24 * HOUR - 10_000, null)] };
    const now = 24 * HOUR + 60_000;
    expect(summarise(upTo(running, now), 0, now, now).troubleMs).toBe(70_000);
    expect(upTo(running, 25 * HOUR)).toBe(running);
    expect(upTo(running, 23 * HOUR)).toBe(running);
    expect(upTo(NO_HISTORY, now)).toBe(NO_HISTORY);
  });
});

describe('a range', () => {
  const moment = fc.record({
    id: fc.constantFrom(...(Object.keys(RANGES) as RangeId[])),
    midnight: fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
    // A day can have 25 hours.
    before: fc.integer({ min: 1, max: 25 * HOUR }),
  });

  it('[H5] ends with the slot that holds now, and stands still until that is over', () => {
    fc.assert(
      fc.property(moment, ({ id, midnight, before }) => {
        const now = midnight - before;
        const { lengthMs, slots, perRow } = RANGES[id];
        const { from, to } = stretch(id, now, midnight);
        const slotMs = lengthMs / slots;
        expect(to - from).toBe(lengthMs);
        expect(to).toBeGreaterThanOrEqual(now);
        expect(to - slotMs).toBeLessThan(now);
        expect((midnight - to) % slotMs).toBe(0);
        expect(stretch(id, to - slotMs + 1, midnight)).toEqual({ from, to });
        expect(slots % perRow).toBe(0);
        expect((24 * HOUR) % slotMs).toBe(0);
      }),
    );
  });
});

describe('strip', () => {
  it('tells well, trouble and not watched apart', () => {
    const slots = strip(history, 0, 24 * HOUR, 24, 24 * HOUR);
    expect(slots.map(({ kind }) => kind[0]).join('')).toBe('ootoooooot' + 'uuuuuuuuuu' + 'tooo');
    expect(slots[2]?.incidents).toEqual([history.incidents[0]]);
  });

  it('[H7] says nothing of what was before the record began, nor of what is to come', () => {
    const late = { ...history, watched: history.watched.slice(1) };
    const kinds = strip(late, 18 * HOUR, 30 * HOUR, 12, 24 * HOUR).map(({ kind }) => kind[0]);
    expect(kinds.join('')).toBe('nntooonnnnnn');
  });

  it('[H7] is empty where nothing was ever watched', () => {
    const slots = strip(NO_HISTORY, 0, 24 * HOUR, 24, 24 * HOUR);
    expect(new Set(slots.map(({ kind }) => kind))).toEqual(new Set(['nothing']));
  });

  it('adds up to the summary, however it is cut', () => {
    const cut = fc.tuple(
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 1, max: 24 }),
      fc.integer({ min: 1, max: 200 }),
    );
    fc.assert(
      fc.property(cut, ([start, hours, count]) => {
        const [from, to] = [start * HOUR, (start + hours) * HOUR];
        const slots = strip(history, from, to, count, 24 * HOUR);
        const whole = summarise(history, from, to, 24 * HOUR);
        const sum = (pick: 'watchedMs' | 'troubleMs') => slots.reduce((all, slot) => all + slot[pick], 0);
        expect(sum('watchedMs')).toBeCloseTo(whole.watchedMs, 0);
        expect(sum('troubleMs')).toBeCloseTo(whole.troubleMs, 0);
      }),
    );
  });
});

it('close reasons are counted by code and cause, the most frequent first', () => {
  const all = [incident(0, 1), incident(2, 3, { closeCode: 1012 }), incident(4, 5, { closeCode: 1012 })];
  expect(closeReasons(all)).toEqual([
    { closeCode: 1012, cause: 'connection-lost', count: 2 },
    { closeCode: 1006, cause: 'connection-lost', count: 1 },
  ]);
});

describe('export', () => {
  it('CSV: one line each, nothing that a spreadsheet would run', () => {
    const lines = toCsv(history).split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toBe(
      '1970-01-01T02:00:00.000Z,1970-01-01T03:00:00.000Z,3600000,device-token-mismatch,reconnecting,1008,repaired',
    );
    expect(lines.slice(0, 3).every((line) => !/(^|,)[=+@-]/.test(line))).toBe(true);
  });

  it('JSON: everything that is kept, with times that people can read', () => {
    const file = JSON.parse(toJson({ name: 'Home' }, history, 24 * HOUR));
    expect(file).toMatchObject({ format: 'relay-health-history/1', gateway: { name: 'Home' } });
    expect(file.incidents).toHaveLength(2);
    expect(file.watched[1]).toEqual({ from: '1970-01-01T20:00:00.000Z', to: '1970-01-02T00:00:00.000Z' });
  });
});

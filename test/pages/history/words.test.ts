import { describe, expect, it, vi } from 'vitest';
import { CAUSES } from '../../../src/gateway/causes.ts';
import { RANGES, stretch } from '../../../src/history/range.ts';
import { type History, INCIDENT_CURES, type Incident, NO_HISTORY } from '../../../src/history/state.ts';
import { strip, summarise } from '../../../src/history/summary.ts';
import {
  causeWords,
  endingWords,
  rangeName,
  slotLine,
  stripSummary,
  ticks,
} from '../../../src/pages/history/words.ts';
import { RELAY_CAUSES } from '../../../src/relay/causes.ts';
import { share } from '../../../src/words/figures.ts';
import { longSpan } from '../../../src/words/time.ts';

vi.mock('../../../src/browser/api.ts', () => import('../../fakes/browser-api.ts'));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Friday, 14:00 where the test runs. */
const START = new Date(2026, 10, 20, 14).getTime();

const incident = (changes: Partial<Incident> = {}): Incident => ({
  startedAt: START + 5 * MINUTE,
  endedAt: START + 7 * MINUTE,
  cause: 'connection-lost',
  worst: 'reconnecting',
  closeCode: 1006,
  cure: 'by-itself',
  ...changes,
});

const watched = (from: number, to: number, ...incidents: Incident[]): History => ({
  ...NO_HISTORY,
  startedAt: START,
  watched: [{ from: START + from, to: START + to }],
  incidents,
});

/** British minutes have a plural in some versions of the data that Node and browsers carry. */
const plain = (text: string): string => text.replace(/[\u2009\u202f]/g, ' ');

/** What is said of the quarter of an hour from 14:00. */
function line(history: History): string {
  const [slot] = strip(history, START, START + 15 * MINUTE, 1, START + HOUR);
  if (!slot) throw new Error('no slot');
  return plain(slotLine('day', slot, history, START + HOUR));
}

describe('the ticks of the strip', () => {
  /** 20 November, in slots that end with the one that holds the time. */
  const ticksOf = (range: 'day' | 'week' | 'month') => {
    const { from, to } = stretch(range, START, new Date(START).setHours(24, 0, 0, 0));
    const slots = strip(watched(0, HOUR), from, to, RANGES[range].slots, START);
    return ticks(range, slots).map(({ at, label }) => [new Date(slots[at]?.from ?? 0), label] as const);
  };

  it.each(['week', 'month'] as const)('of a %s stand at the midnights of the user', (range) => {
    const found = ticksOf(range);
    expect(found.length).toBeGreaterThan(3);
    for (const [date] of found) expect([date.getHours(), date.getMinutes()]).toEqual([0, 0]);
    expect(new Set(found.map(([, label]) => label)).size).toBe(found.length);
  });

  it('of a day stand at round hours', () => {
    const found = ticksOf('day');
    expect(found.length).toBeGreaterThan(3);
    for (const [date] of found) expect(date.getHours() % 4).toBe(0);
  });
});

describe('the line of a slot', () => {
  const QUARTER = /^Fri,? 14:00 ?– ?14:15: /;

  it.each<[string, History, string]>([
    ['all of it connected', watched(0, HOUR), 'connected'],
    ['a part of it watched', watched(0, 5 * MINUTE), 'connected for the 5 min that were monitored'],
    ['nobody watched', { ...watched(0, 0), watched: [{ from: START - HOUR, to: START }] }, 'not monitored'],
    ['nothing recorded', NO_HISTORY, 'nothing recorded'],
    ['one incident', watched(0, HOUR, incident()), 'Connection lost (1006) for 2 min'],
    [
      'one that lasts longer than the slot',
      watched(0, HOUR, incident({ endedAt: null })),
      'Connection lost (1006) for 10 min',
    ],
    [
      'more than fit into a line',
      watched(
        0,
        HOUR,
        ...[1, 3, 5, 7, 9].map((at) =>
          incident({ startedAt: START + at * MINUTE, endedAt: START + (at + 1) * MINUTE, closeCode: null }),
        ),
      ),
      'Connection lost for 1 min · Connection lost for 1 min · Connection lost for 1 min · 2 more',
    ],
  ])('%s', (_, history, what) => {
    expect(line(history)).toMatch(QUARTER);
    expect(line(history).replace(QUARTER, '')).toBe(what);
  });
});

describe('words', () => {
  it('name every cause and every cure', () => {
    for (const cause of [...CAUSES, ...RELAY_CAUSES]) {
      expect(causeWords({ cause, closeCode: null }), cause).toMatch(/ /);
    }
    const cures = [null, ...INCIDENT_CURES].map((cure) => endingWords(incident({ cure })));
    expect(new Set(cures).size).toBe(INCIDENT_CURES.length + 1);
    expect(endingWords(incident({ worst: 'relay' }))).toBe('Relay working again');
  });

  it('never call a time with trouble one hundred percent', () => {
    expect(share(1)).toBe('100%');
    expect(share(0.999_999)).toBe('99.99%');
    expect(share(0.9749)).toBe('97.4%');
    expect(share(0)).toBe('0%');
  });

  it('sum the strip up', () => {
    const history = watched(0, HOUR, incident({ endedAt: START + 11 * MINUTE }));
    const summary = summarise(history, START, START + HOUR, START + HOUR);
    expect(plain(stripSummary('day', summary))).toBe(
      '24 h. Monitored: 1 h. Connected: 90% of it. Incidents: 1. Use the arrow keys to move through it.',
    );
    expect(stripSummary('week', summarise(NO_HISTORY, 0, 1, 1))).toBe('7 days. Not monitored.');
    expect(rangeName('month')).toBe('30 days');
  });

  it.each([
    [500, '500 ms'],
    [59 * MINUTE, '59 min'],
    [19 * HOUR + 40 * MINUTE, '19 h 40 min'],
    [24 * HOUR - 10_000, '24 h'],
    [24 * HOUR, '1 day'],
    [51 * HOUR, '2 days 3 h'],
  ])('a span of %d ms is %s', (ms, words) => {
    expect(plain(longSpan(ms))).toBe(words);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { clockTime, countdown, figureWords, lately, span } from '../../src/words/time.ts';
import { inLanguage } from '../fakes/browser-api.ts';
import { NOW } from '../fixtures/statuses.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const HOUR = 3_600_000;

describe('times', () => {
  it('count down in seconds, rounded up, so that 0 is never shown too early', () => {
    expect(countdown(11_001)).toBe('12 s');
    expect(countdown(252_000)).toBe('4 min 12 s');
    expect(countdown(-5)).toBe('0 s');
  });

  it('say how long something took in the unit that fits', () => {
    expect([span(4.2), span(812), span(1_440), span(180_000)]).toEqual(['4 ms', '812 ms', '1.4 s', '3 min']);
  });

  it('are written in the reader’s own units and digits where a finding spells them', () => {
    const figures = ['60 s', '6.2 s', '10 min', '2 h', '3 d', 81.6, 18_789, '2026.9.6'];
    const writtenIn = (language: string): string[] => {
      inLanguage(language);
      return figures.map(figureWords);
    };
    const [german, japanese] = [writtenIn('de'), writtenIn('ja')];
    vi.restoreAllMocks();
    expect(german).toEqual(['60 s', '6,2 s', '10 min', '2 h', '3 Tage', '81,6', '18789', '2026.9.6']);
    expect(japanese).toEqual(['60 秒', '6.2 秒', '10 分', '2 時間', '3 日', '81.6', '18789', '2026.9.6']);
    expect(figures.map(figureWords).slice(0, 3)).toEqual(['60 s', '6.2 s', '10 min']);
  });

  it('name the day of another day', () => {
    expect(clockTime(NOW, NOW)).toBe('14:03');
    expect(clockTime(NOW, NOW, { seconds: true })).toBe('14:03:12');
    expect(clockTime(NOW - 86_400_000, NOW)).toBe('19 Nov, 14:03');
  });

  it('follow a user who travels', () => {
    const at = Date.UTC(2026, 10, 20, 12, 0);
    const timeIn = (zone: string): string => {
      vi.stubEnv('TZ', zone);
      return clockTime(at, at);
    };
    expect(['Europe/Berlin', 'Asia/Tokyo', 'Europe/Berlin'].map(timeIn)).toEqual(['13:00', '21:00', '13:00']);
    vi.unstubAllEnvs();
  });
});

describe('what happened lately', () => {
  it('is told of today and yesterday', () => {
    expect(lately(NOW - 5 * HOUR, NOW)).toMatch(/^at 0?9:03/);
    expect(lately(NOW - 29 * HOUR, NOW)).toMatch(/^yesterday at 0?9:03/);
    expect(lately(NOW - 15 * HOUR, NOW)).toMatch(/^yesterday at 23:03/);
    expect(lately(NOW - 40 * HOUR, NOW)).toBeNull();
  });

  it.each([
    ['has 25 hours', '2026-10-24T20:00+02:00', '2026-10-25T23:30+01:00', true],
    ['has 23 hours', '2026-03-29T10:00+02:00', '2026-03-30T00:30+02:00', true],
    ['has 23 hours, and not of the day before', '2026-03-28T23:45+01:00', '2026-03-30T00:30+02:00', false],
    ['is of the month before', '2026-02-28T20:00+01:00', '2026-03-01T09:00+01:00', true],
  ])('is told of yesterday also where a day %s', (_, at, now, isTold) => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const told = lately(Date.parse(at), Date.parse(now));
    vi.unstubAllEnvs();
    expect(told?.startsWith('yesterday at') ?? false).toBe(isTold);
  });

  it('is nothing of the future, and nothing of what never was', () => {
    expect(lately(NOW + 1, NOW)).toBeNull();
    expect(lately(null, NOW)).toBeNull();
  });
});

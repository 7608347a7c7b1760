import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUS_CODES } from '../../src/gateway/status.ts';
import { type GatewayStatus, SETTLED_AFTER_MS } from '../../src/gateway-status.ts';
import {
  CONFIRM_MS,
  HOLD_MS,
  type NotifySettings,
  plan,
  quietEnd,
  type Scene,
  type ToldAll,
  WARM_UP_MS,
} from '../../src/notify/policy.ts';
import { statusOf } from '../fixtures/statuses.ts';

const T0 = 1_700_000_000_000;
const MINUTE = 60_000;
const LONG_AGO = T0 - 86_400_000;
const ALL: NotifySettings = { level: 'all', quietHours: null, snoozedUntil: null, others: false };

const look = (changes: Partial<GatewayStatus>, given: Partial<Omit<Scene, 'statuses'>> = {}) =>
  plan({
    settings: ALL,
    told: {},
    browserStartedAt: LONG_AGO,
    now: T0,
    minuteOfDay: 600,
    ...given,
    statuses: [statusOf({ since: T0, ...changes })],
  });

const kinds = ({ show }: ReturnType<typeof plan>) => show.map(({ kind }) => kind);
const down = { code: 'down', cause: 'gateway-unreachable' } as const;
const toldDown: ToldAll = { one: { kind: 'down', since: T0, at: T0 + CONFIRM_MS } };

describe('what is told', () => {
  it.each([
    ['needs-you', SETTLED_AFTER_MS - 1, []],
    ['needs-you', SETTLED_AFTER_MS, ['needs-you']],
    ['approval', SETTLED_AFTER_MS - 1, []],
    ['approval', SETTLED_AFTER_MS, ['approval']],
    ['down', CONFIRM_MS - 1, []],
    ['down', CONFIRM_MS, ['down']],
    ['starting', 10 * MINUTE, []],
    ['reconnecting', 10 * MINUTE, []],
    ['offline', 10 * MINUTE, []],
    ['limited', 10 * MINUTE, []],
    ['unknown', 10 * MINUTE, []],
  ] as const)('[N1] [N5] %s after %i ms: %j', (code, age, expected) => {
    expect(kinds(look({ code }, { now: T0 + age }))).toEqual(expected);
  });

  it('[N1] a relay that fails is told after a minute of its own', () => {
    const relay = { ...statusOf().relay, since: T0 + MINUTE };
    expect(look({ code: 'relay', relay }, { now: T0 + MINUTE }).nextAt).toBe(T0 + 2 * MINUTE);
    expect(kinds(look({ code: 'relay', relay }, { now: T0 + 2 * MINUTE }))).toEqual(['relay']);
  });

  it.each([
    ['off', 'needs-you', []],
    ['needs-you', 'needs-you', ['needs-you']],
    ['needs-you', 'down', []],
    ['all', 'down', ['down']],
  ] as const)('at level %s, %s: %j', (level, code, expected) => {
    expect(kinds(look({ code }, { settings: { ...ALL, level }, now: T0 + 5 * MINUTE }))).toEqual(expected);
  });
});

describe('once', () => {
  it('[N2] an incident is told once, the next one again, and a graver kind replaces', () => {
    const first = look(down, { now: T0 + CONFIRM_MS });
    expect(kinds(look(down, { told: first.told, now: T0 + 9 * MINUTE }))).toEqual([]);
    expect(
      kinds(look({ ...down, since: T0 + 9 * MINUTE }, { told: first.told, now: T0 + 11 * MINUTE })),
    ).toEqual(['down']);
    expect(kinds(look({ code: 'needs-you' }, { told: first.told, now: T0 + 9 * MINUTE }))).toEqual([
      'needs-you',
    ]);
  });

  it('[N2] once, also where the clock was set back since: the same trouble has begun anew by it', () => {
    const told: ToldAll = { one: { kind: 'needs-you', since: T0 + 120 * MINUTE, at: T0 + 121 * MINUTE } };
    const back = look({ code: 'needs-you' }, { told, now: T0 + SETTLED_AFTER_MS });
    expect(back).toMatchObject({ show: [], clear: [], nextAt: null });
    expect(back.told).toEqual({ one: { kind: 'needs-you', since: T0, at: T0 + SETTLED_AFTER_MS } });
    const again = look({ code: 'needs-you' }, { told: back.told, now: T0 + 180 * MINUTE });
    expect(kinds(again)).toEqual([]);
    expect(again.told).toBe(back.told);
    const next = { code: 'needs-you', since: T0 + 200 * MINUTE } as const;
    expect(kinds(look(next, { told: again.told, now: T0 + 201 * MINUTE }))).toEqual(['needs-you']);
    // Another kind is told all the same.
    expect(kinds(look(down, { told, now: T0 + CONFIRM_MS }))).toEqual(['down']);
  });

  it('[N2] is taken back when it is over, paused, or its gateway gone', () => {
    const told: ToldAll = { one: { kind: 'needs-you', since: T0, at: T0 } };
    expect(look({ code: 'healthy' }, { told }).clear).toEqual(['one']);
    expect(look({ code: 'paused' }, { told }).clear).toEqual(['one']);
    expect(
      plan({ told, statuses: [], settings: ALL, browserStartedAt: LONG_AGO, now: T0, minuteOfDay: 600 }),
    ).toMatchObject({ clear: ['one'], told: {} });
    expect(look({ code: 'reconnecting' }, { told }).clear).toEqual([]);
  });

  it('[N3] back is told when it has held, with how long it was away', () => {
    const since = T0 + 6 * MINUTE;
    const early = look({ code: 'healthy', since }, { told: toldDown, now: since + 1 });
    expect(early).toMatchObject({ show: [], clear: [], nextAt: since + HOLD_MS });
    const held = look({ code: 'healthy', since }, { told: toldDown, now: since + HOLD_MS });
    expect(held.show).toEqual([{ gatewayId: 'one', kind: 'back', since: T0, awayMs: 6 * MINUTE }]);
    expect(kinds(look({ code: 'healthy', since }, { told: held.told, now: since + MINUTE }))).toEqual([]);
  });

  it('[N3] nothing is said of the end of what was never told', () => {
    expect(look({ code: 'healthy' })).toMatchObject({ show: [], clear: [], nextAt: null });
  });
});

describe('quiet', () => {
  it.each([
    ['inside', { from: 540, to: 660 }, 60],
    ['inside, over midnight', { from: 1_320, to: 630 }, 30],
    ['outside', { from: 700, to: 800 }, 0],
    ['of no length', { from: 600, to: 600 }, 0],
  ])('[N4] quiet hours: %s', (_, quietHours, left) => {
    const result = look(
      { code: 'needs-you', since: T0 - SETTLED_AFTER_MS },
      { settings: { ...ALL, quietHours } },
    );
    expect(result.nextAt).toBe(left === 0 ? null : T0 + left * MINUTE);
    expect(result.show).toHaveLength(left === 0 ? 1 : 0);
  });

  it('[N4] a snooze and the first minutes of a browser postpone', () => {
    const snoozed = look({ code: 'needs-you' }, { settings: { ...ALL, snoozedUntil: T0 + MINUTE } });
    expect(snoozed).toMatchObject({ show: [], nextAt: T0 + MINUTE, told: {} });
    expect(look({ code: 'needs-you' }, { browserStartedAt: T0 }).nextAt).toBe(T0 + WARM_UP_MS);
  });

  it('[N4] a browser that was started by a clock that was ahead has been up for long', () => {
    const start = T0 + 120 * MINUTE;
    expect(quietEnd(ALL, start, T0, 600)).toBeNull();
    expect(quietEnd({ ...ALL, snoozedUntil: T0 + MINUTE }, start, T0, 600)).toBe(T0 + MINUTE);
    expect(kinds(look(down, { browserStartedAt: start, now: T0 + CONFIRM_MS }))).toEqual(['down']);
  });

  it('[N4] what was told before the quiet is taken back in it, without a word', () => {
    const settings = { ...ALL, snoozedUntil: T0 + 9 * MINUTE };
    const result = look({ code: 'healthy' }, { told: toldDown, settings, now: T0 + 2 * MINUTE });
    expect(result).toMatchObject({ show: [], clear: ['one'] });
  });
});

it('[N2] whatever happens, nothing is told twice of one incident, and nothing while quiet', () => {
  const step = fc.record({
    after: fc.nat(3 * MINUTE),
    code: fc.constantFrom(...STATUS_CODES),
    isNew: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.option(fc.nat(30 * MINUTE), { nil: null }),
      (steps, snooze) => {
        let [told, now, since]: [ToldAll, number, number] = [{}, T0, T0];
        const settings = { ...ALL, snoozedUntil: snooze === null ? null : T0 + snooze };
        for (const { after, code, isNew } of steps) {
          now += after;
          if (isNew) since = now;
          const relay = { ...statusOf().relay, since };
          const result = look({ code, since, relay }, { told, settings, now });
          for (const { kind } of result.show) {
            expect(now).toBeGreaterThanOrEqual(settings.snoozedUntil ?? 0);
            if (kind === 'back') continue;
            expect(code).toBe(kind);
            // A different kind in between is another telling.
            const last = told.one;
            expect(last?.kind === kind && last.since === since).toBe(false);
          }
          if (result.nextAt !== null) expect(result.nextAt).toBeGreaterThan(now);
          told = result.told;
        }
      },
    ),
  );
});

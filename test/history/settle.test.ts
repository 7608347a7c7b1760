import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GatewayStatus, SETTLED_AFTER_MS } from '../../src/gateway-status.ts';
import { isCalm } from '../../src/history/record.ts';
import { settle, type Unsettled } from '../../src/history/settle.ts';
import { statusOf } from '../fixtures/statuses.ts';

const T0 = 1_700_000_000_000;
const healthy = statusOf({ code: 'healthy' });
const lost = statusOf({ code: 'reconnecting', cause: 'connection-lost' });
const refused = statusOf({ code: 'reconnecting', cause: 'gateway-unreachable' });

/** Plays `[at, what is shown]`, with a look whenever one was asked for, and returns what was told and when. */
function play(
  steps: readonly (readonly [at: number, status: GatewayStatus])[],
  until = 60_000,
): [number, string][] {
  const told: [number, string][] = [];
  let unsettled: Unsettled | null = null;
  steps.forEach(([at, status], index) => {
    const next = steps[index + 1]?.[0] ?? until;
    for (let look: number | null = at; look !== null && look < next; ) {
      const came = settle(unsettled, status, isCalm(status), T0 + look);
      for (const each of came.tell) told.push([look, each.cause ?? each.code]);
      unsettled = came.unsettled;
      look = came.nextAt === null ? null : came.nextAt - T0;
    }
  });
  return told;
}

describe('[H9] what passes within a second', () => {
  it('is not told: a burst has the name that it settles on', () => {
    expect(
      play([
        [0, healthy],
        [1_000, lost],
        [1_100, statusOf({ code: 'reconnecting', cause: 'handshake-failed' })],
        [1_300, refused],
        [9_000, healthy],
      ]),
    ).toEqual([
      [0, 'healthy'],
      [2_300, 'gateway-unreachable'],
      [9_000, 'gateway-unreachable'],
      [9_000, 'healthy'],
    ]);
  });

  it('is not lost either: the shortest outage is told when it is over', () => {
    expect(
      play([
        [0, lost],
        [50, refused],
        [300, healthy],
      ]),
    ).toEqual([
      [300, 'gateway-unreachable'],
      [300, 'healthy'],
    ]);
  });

  it('is not put off by a clock that is set back', () => {
    const { unsettled } = settle(null, lost, false, T0);
    expect(settle(unsettled, lost, false, T0 - 3_600_000).tell).toEqual([lost]);
  });

  it('never puts off what stands, and never invents anything', () => {
    const step = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.constantFrom(healthy, lost, refused));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (sequence) => {
        let at = 0;
        const steps = sequence.map(([after, status]) => {
          at += after;
          return [at, status] as const;
        });
        const told = play(steps, at + 5_000);
        const [, last] = steps.at(-1) ?? [0, healthy];
        expect(told.at(-1)?.[1]).toBe(last.cause ?? last.code);
        for (const [when, name] of told) {
          const shown = steps.filter(([from]) => from <= when).at(-1)?.[1];
          const before = steps.filter(([from]) => from < when).at(-1)?.[1];
          expect([shown, before].map((each) => each?.cause ?? each?.code)).toContain(name);
        }
        expect(SETTLED_AFTER_MS).toBeLessThanOrEqual(1_000);
      }),
    );
  });
});

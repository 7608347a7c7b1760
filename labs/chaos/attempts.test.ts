import { expect, it } from 'vitest';
import { excess } from './attempts.ts';
import { type FaultKind, plan } from './plan.ts';

const told = (kinds: readonly FaultKind[], ...refusals: [code: string, credential: string, run: number][]) =>
  excess(
    refusals.map(([code, credential, run]) => ({ at: 0, code, credential, run })),
    kinds.flatMap((kind) => plan(1, 1, [kind]).flatMap(({ faults }) => faults)),
  );
const STALE = 'AUTH_DEVICE_TOKEN_MISMATCH';

it('[R18] each credential may be refused once by each run', () => {
  const each: [string, string, number][] = [
    [STALE, 'token', 1],
    [STALE, 'token', 2],
    ['AUTH_TOKEN_MISMATCH', 'secret', 2],
  ];
  expect(told(['other-gateway'], ...each)).toEqual([]);
  expect(told(['other-gateway'], ...each, [STALE, 'token', 2])).toEqual([
    `2 times ${STALE} for token in run 2, at most 1 are allowed`,
  ]);
});

it('where an answer may be lost, once more; a lock-out never; and nothing where nothing was spoiled', () => {
  expect(told(['token-rotated', 'socket-cut'], [STALE, 'token', 1], [STALE, 'token', 1])).toEqual([]);
  expect(told(['token-rotated'], ['AUTH_RATE_LIMITED', 'token', 1])).toHaveLength(1);
  expect(told(['gateway-killed'], [STALE, 'token', 1])).toHaveLength(1);
  expect(told(['gateway-killed'], ['PAIRING_REQUIRED', 'secret', 1])).toEqual([]);
});

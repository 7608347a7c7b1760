import { describe, expect, it } from 'vitest';
import { differences } from '../../../scripts/capture/compare.ts';

describe('what two captures differ in', () => {
  it.each<[string, unknown, unknown, string[]]>([
    ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['a value', { close: { code: 1008 } }, { close: { code: 4001 } }, ['close.code: 1008 → 4001']],
    ['a field that is new', { a: 1 }, { a: 1, b: 'x' }, ['b: absent → "x"']],
    ['a field that is gone', { a: 1, b: null }, { a: 1 }, ['b: null → absent']],
    ['an item of a list', { a: [1, 2] }, { a: [1, 3, 4] }, ['a.1: 2 → 3', 'a.2: absent → 4']],
    ['its kind', { a: [1] }, { a: 'one' }, ['a: [1] → "one"']],
  ])('%s', (_, before, after, lines) => {
    expect(differences(before, after)).toEqual(lines);
  });
});

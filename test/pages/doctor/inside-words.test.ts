/** Every finding has its sentence with its figures, and every reason its words. */
import { expect, it } from 'vitest';
import { INSIDE_CODES, insideRow, REASONS } from '../../../src/inside/codes.ts';
import { MESSAGES } from '../../fakes/browser-api.ts';
import { INSIDE_KEYS } from '../../fixtures/inside-keys.ts';

it('every finding, reason and row has words', () => {
  expect(INSIDE_KEYS.filter((key) => !MESSAGES[key])).toEqual([]);
});

it('every reason is one of some finding', () => {
  const given = INSIDE_CODES.map((code) => insideRow(code).why);
  expect(REASONS.filter((why) => !given.includes(why))).toEqual([]);
});

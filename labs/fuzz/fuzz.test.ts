/** The short version of `npm run fuzz`. */
import { expect, it } from 'vitest';
import { fuzz } from './fuzz.ts';

it('hostile frames, pastes, words, stored values and messages make nothing throw', () => {
  expect(fuzz(30_000, 1).cases).toBe(30_000);
}, 120_000);

/** The short version of `npm run model`. */
import { expect, it } from 'vitest';
import { playStories } from '../../labs/model/stories.ts';

it('no story gets stuck, hammers, loses the pairing or leaves `blocked` without a user', () => {
  expect(playStories(100_000, 1).events).toBeGreaterThanOrEqual(100_000);
}, 120_000);

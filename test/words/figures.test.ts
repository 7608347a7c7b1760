import { expect, it, vi } from 'vitest';
import { size } from '../../src/words/figures.ts';
import { inLanguage } from '../fakes/browser-api.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

it.each([
  ['en', '513 MB', '1.2 GB'],
  ['de', '513 MB', '1,2 GB'],
  ['fr', '513 Mo', '1,2 Go'],
])('sizes are written in the reader’s own unit: %s', (language, megabytes, gigabytes) => {
  inLanguage(language);
  // Intl puts a space of its own between figure and unit.
  const written = [size(512_600_000, 'megabyte'), size(1_249_000_000, 'gigabyte')];
  expect(written.map((each) => each.replace(/\s/g, ' '))).toEqual([megabytes, gigabytes]);
});

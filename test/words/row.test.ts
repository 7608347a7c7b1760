import { afterEach, expect, it, vi } from 'vitest';
import { listed, sentences } from '../../src/words/row.ts';
import { inLanguage } from '../fakes/browser-api.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

afterEach(() => void vi.restoreAllMocks());

it('parts stand beside each other as a language has it, without those that are missing', () => {
  inLanguage('de');
  expect([listed(['a', null, 'b']), sentences(['Eins.', null, 'Zwei.'])]).toEqual(['a, b', 'Eins. Zwei.']);
  // Where the texts are not in the browser's language, they are put together as theirs.
  inLanguage('zh-TW', 'en');
  expect([listed(['a', 'b']), sentences(['One.', 'Two.'])]).toEqual(['a, b', 'One. Two.']);
  inLanguage('ja');
  expect([listed(['a', 'b']), sentences(['一。', '二。'])]).toEqual(['a、b', '一。二。']);
});

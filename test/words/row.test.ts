import { afterEach, expect, it, vi } from 'vitest';
import { listed, sentences } from '../../src/words/row.ts';
import browser from '../fakes/browser-api.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const inLanguage = (language: string): void =>
  void vi.spyOn(browser.i18n, 'getUILanguage').mockReturnValue(language);

afterEach(() => void vi.restoreAllMocks());

it('parts stand beside each other as a language has it, without those that are missing', () => {
  inLanguage('de');
  expect([listed(['a', null, 'b']), sentences(['Eins.', null, 'Zwei.'])]).toEqual(['a, b', 'Eins. Zwei.']);
  inLanguage('ja');
  expect([listed(['a', 'b']), sentences(['一。', '二。'])]).toEqual(['a、b', '一。二。']);
});

import { afterEach, expect, it, vi } from 'vitest';
import { language } from '../../src/browser/i18n.ts';
import { inLanguage } from '../fakes/browser-api.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

afterEach(() => void vi.restoreAllMocks());

it.each([
  // The user's own region, where the texts are in the user's language.
  ['en-GB', 'en', 'en-GB'],
  ['es-MX', 'es', 'es-MX'],
  ['de', 'de', 'de'],
  ['zh-CN', 'zh-CN', 'zh-CN'],
  ['pt-BR', 'pt-BR', 'pt-BR'],
  // What the browser shows instead, where there are no texts in that language.
  ['zh-TW', 'en', 'en'],
  ['pt-PT', 'en', 'en'],
  ['ar', 'en', 'en'],
  ['fa', 'en', 'en'],
  ['ru', 'en', 'en'],
])('figures of a %s browser with texts in %s are written as in %s', (ui, texts, written) => {
  inLanguage(ui, texts);
  expect(language()).toBe(written);
});

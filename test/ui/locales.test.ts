/** Every language is complete: the same keys, the same placeholders, within the stores' limits. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = resolve(import.meta.dirname, '../../public/_locales');

/** Chrome's names of the languages that we promise. */
const LANGUAGES = ['de', 'en', 'es', 'fr', 'ja', 'pt_BR', 'zh_CN'];

interface Message {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}
type Messages = Readonly<Record<string, Message>>;

const read = (language: string): Messages =>
  JSON.parse(readFileSync(join(FOLDER, language, 'messages.json'), 'utf8'));

const english = read('en');

/** The names that a message uses, each once, in alphabetical order. */
const used = ({ message }: Message): string[] =>
  [...new Set([...message.matchAll(/\$(\w+)\$/g)].map(([, name = '']) => name.toLowerCase()))].sort();

const contents = ({ placeholders = {} }: Message): Record<string, string> =>
  Object.fromEntries(
    Object.entries(placeholders).map(([name, { content }]) => [name.toLowerCase(), content]),
  );

it('the languages that we promise are there, and no others', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(LANGUAGES);
});

describe.each(LANGUAGES)('%s', (language) => {
  const messages = read(language);

  it('has every message and no other', () => {
    const [ours, theirs] = [Object.keys(messages), Object.keys(english)];
    expect({
      missing: theirs.filter((key) => !ours.includes(key)),
      unknown: ours.filter((key) => !theirs.includes(key)),
    }).toEqual({ missing: [], unknown: [] });
  });

  it('uses the placeholders of the English message, all of them, and means the same by them', () => {
    const wrong = Object.entries(messages).filter(([key, message]) => {
      const original = english[key];
      return (
        original !== undefined &&
        JSON.stringify([used(message), contents(message)]) !==
          JSON.stringify([used(original), contents(original)])
      );
    });
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('leaves nothing empty, and no white space at the ends', () => {
    const odd = Object.entries(messages).filter(
      ([, { message }]) => message === '' || message !== message.trim(),
    );
    expect(odd.map(([key]) => key)).toEqual([]);
  });

  it('keeps commands, addresses and product names as they are', () => {
    const fixed =
      /`[^`]+`|\bwss?:\/\/(?:[\w.:/-]*\w)?|chrome-extension:\/\/\w*|OpenClaw|\bopenclaw (?:browser|config|dashboard|devices|doctor|gateway|logs|qr|update)\b/g;
    const lost = Object.entries(english).flatMap(([key, { message }]) =>
      (message.match(fixed) ?? [])
        .filter((word) => !messages[key]?.message.includes(word))
        .map((word) => `${key}: ${word}`),
    );
    expect(lost).toEqual([]);
  });

  it('fits what the stores allow: 75 characters of name, 132 of description', () => {
    expect(messages.extension_name?.message.length).toBeLessThanOrEqual(75);
    expect(messages.extension_description?.message.length).toBeLessThanOrEqual(132);
  });
});

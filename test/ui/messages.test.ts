import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/gateway/causes.ts';
import { ROAD_STEPS } from '../../src/road/steps.ts';
import { MESSAGES } from '../fakes/browser-api.ts';
import { INSIDE_KEYS } from '../fixtures/inside-keys.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCES = globSync('src/**/*.{ts,tsx}', { cwd: ROOT }).map((file) =>
  readFileSync(resolve(ROOT, file), 'utf8'),
);
const MANIFEST = readFileSync(resolve(ROOT, 'manifest.json'), 'utf8');
const ENTRIES = Object.entries(MESSAGES);

const placeholdersOf = (key: string): string[] => Object.keys(MESSAGES[key]?.placeholders ?? {});

/** The arguments of every `t('key', …)`, counted without a parser: commas outside of brackets and quotes. */
function calls(source: string): { key: string; substitutions: number }[] {
  return [...source.matchAll(/\bt\(\s*'(\w+)'/g)].map((match) => {
    let depth = 1;
    let commas = 0;
    const rest = source.slice(match.index + match[0].length).replace(/'[^'\n]*'/g, "''");
    for (const character of rest) {
      if ('([{'.includes(character)) depth += 1;
      if (')]}'.includes(character)) depth -= 1;
      if (depth === 0) break;
      if (character === ',' && depth === 1) commas += 1;
    }
    return { key: match[1] ?? '', substitutions: commas };
  });
}

describe('the English messages', () => {
  it('have the five texts of every cause', () => {
    const missing = CAUSES.flatMap((cause) =>
      ['title', 'happened', 'did', 'impact', 'todo'].map(
        (part) => `cause_${cause.replaceAll('-', '_')}_${part}`,
      ),
    ).filter((key) => !MESSAGES[key]?.message);
    expect(missing).toEqual([]);
  });

  it('have keys that every browser accepts', () => {
    expect(ENTRIES.map(([key]) => key).filter((key) => !/^[A-Za-z0-9_]+$/.test(key))).toEqual([]);
  });

  it('name each placeholder that they use, and use each that they name, numbered from 1', () => {
    for (const [key, { message, placeholders = {} }] of ENTRIES) {
      const used = [...message.matchAll(/\$(\w+)\$/g)].map(([, name = '']) => name.toLowerCase());
      expect(new Set(used), key).toEqual(new Set(Object.keys(placeholders)));
      const contents = Object.values(placeholders).map(({ content }) => content);
      expect(contents, key).toEqual(contents.map((_, index) => `$${index + 1}`));
      expect(message.replace(/\$\w+\$/g, ''), key).not.toContain('$');
    }
  });

  it('get as many substitutions as they have placeholders', () => {
    const wrong = SOURCES.flatMap(calls).filter(
      ({ key, substitutions }) => placeholdersOf(key).length !== substitutions,
    );
    expect(wrong).toEqual([]);
  });

  it('exist for every key that is used', () => {
    const used = SOURCES.flatMap(calls).map(({ key }) => key);
    const inManifest = [...MANIFEST.matchAll(/__MSG_(\w+)__/g)].map(([, key = '']) => key);
    expect([...used, ...inManifest].filter((key) => !MESSAGES[key])).toEqual([]);
  });

  it('are all used', () => {
    const text = [...SOURCES, MANIFEST].join('\n');
    const unused = ENTRIES.map(([key]) => key)
      // Built from codes: the compiler checks that they exist, the first test that none is missing.
      // Remedies and findings: `test/remedy/what-helps.test.ts`; answers of the approver: `approver.test.ts`.
      .filter((key) => !/^(remedy|finding|platform|approver)_|^road_\w+_(title|happened|todo)$/.test(key))
      .filter((key) => !key.startsWith('cause_') && !/^storage_(newer|unreadable|unwritable)$/.test(key))
      // Those of the doctor: `test/pages/doctor/words.test.ts`.
      .filter((key) => !/^(check|question|location|doctor_path|doctor_fault|doctor_group)_/.test(key))
      // Titles of the pages that are about one gateway: `src/ui/use-chosen-gateway.ts`; the compiler checks them.
      .filter((key) => !/^(doctor|history|others)_title$/.test(key))
      .filter((key) => !ROAD_STEPS.some((step) => key === `road_step_${step}`))
      // Those of a look inside a gateway: `test/pages/doctor/inside-words.test.ts`.
      .filter((key) => !INSIDE_KEYS.includes(key))
      // Those of what a pasted text says: `test/words/explained.test.ts`.
      .filter((key) => !/^explain_(title|client|cure)_/.test(key))
      // Those of the relay’s causes: `explanation.relay.test.ts` compares them with the causes.
      .filter((key) => !/^relay_\w+_(row|title|happened|todo)$/.test(key))
      .filter((key) => !text.includes(`'${key}'`) && !text.includes(`"${key}"`))
      .filter((key) => !text.includes(`__MSG_${key}__`));
    expect(unused).toEqual([]);
    const causeKeys = ENTRIES.map(([key]) => key).filter((key) => key.startsWith('cause_'));
    const named = causeKeys.filter((key) => key.endsWith('_name'));
    expect(causeKeys.length - named.length).toBe(CAUSES.length * 5);
    expect(CAUSES.map((cause) => `cause_${cause.replaceAll('-', '_')}_name`)).toEqual(
      expect.arrayContaining(named),
    );
  });

  it('keep to the limits of the stores', () => {
    expect(MESSAGES.extension_name?.message.length).toBeLessThanOrEqual(45);
    expect(MESSAGES.extension_description?.message.length).toBeLessThanOrEqual(132);
    expect(MESSAGES.extension_name?.message).toContain('(unofficial)');
  });

  it('stay calm and name the actor', () => {
    for (const [key, { message }] of ENTRIES) {
      expect(message, key).not.toMatch(/!|an error occurred|oops|sorry|please|is not running|--latest/i);
    }
  });

  it('never leave a cause without saying what the user does', () => {
    for (const cause of CAUSES) {
      const todo = MESSAGES[`cause_${cause.replaceAll('-', '_')}_todo`]?.message;
      expect(todo, cause).toMatch(/([.:]|\$RUN\$)$/);
    }
  });
});

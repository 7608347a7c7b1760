/** What is found in the texts of real clients, and in others that are written like them. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/explain/explain.ts';
import { EXPECTED } from '../fixtures/errors/expected.ts';
import { WRITTEN } from '../fixtures/errors/written.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/errors');
const captured = globSync('*/*.txt', { cwd: FOLDER }).sort();

const said = (text: string): string[] =>
  explain(text).statements.map(({ client, code }) => `${client} ${code}`);

describe('captured', () => {
  test('with the written ones they are more than a hundred, of all kinds of clients', () => {
    expect(captured.length + WRITTEN.length).toBeGreaterThan(100);
    const clients = new Set(WRITTEN.flatMap(({ found }) => found.map(([client]) => client)));
    expect(clients.size).toBeGreaterThanOrEqual(10);
  });

  test.each(captured)('[X3] [X4] [X6] [X7] %s', (file) => {
    const row = EXPECTED[basename(file, '.txt')];
    if (row === undefined) throw new Error('expected.ts has no row for it');
    const expected = 'otherwise' in row ? (row[dirname(file)] ?? row.otherwise) : row;
    expect(said(readFileSync(join(FOLDER, file), 'utf8'))).toEqual(expected);
  });

  test.each(captured)('%s: nothing of the computer that it was captured on', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    expect(text).not.toMatch(/\/tmp\/relay|\/work\/|\.cache\/|\/root\/|fd00::/);
  });
});

describe('written', () => {
  test.each(WRITTEN.map((each) => [each.name, each] as const))(
    '[X3] [X4] [X5] %s',
    (_, { text, found, place, version }) => {
      const explained = explain(text);
      expect(explained.statements.map(({ client, code }) => `${client} ${code}`)).toEqual(
        found.map(([client, code]) => `${client} ${code}`),
      );
      for (const [index, [, , facts = {}]] of found.entries())
        expect(explained.statements[index]).toMatchObject(facts);
      if (place !== undefined) expect(explained.place).toBe(place);
      if (version !== undefined) expect(explained.version).toBe(version);
    },
  );
});

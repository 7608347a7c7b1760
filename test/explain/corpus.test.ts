/** What is found in the texts of real clients, and in others that are written like them. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/explain/explain.ts';
import { WRITTEN } from '../fixtures/errors/written.ts';

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

/** SECURITY.md names a test for each of its claims. They have to exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const TEXT = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');

/** How a test is named: its file, and its whole title in quotation marks; … stands for what its code fills in. */
const REFERENCE = /`((?:test|labs)\/[\w./-]+\.ts)`: “([^”]+)”/g;

it('every test that SECURITY.md names exists, by file and title', () => {
  const named = [...TEXT.matchAll(REFERENCE)].map(([, file = '', title = '']) => ({ file, title }));
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter(({ file, title }) => {
    const path = join(ROOT, file);
    if (!existsSync(path)) return true;
    // A long title may stand in a line of its own.
    const code = readFileSync(path, 'utf8')
      .replace(/\(\s+/g, '(')
      .replace(/\$\{\w+\}/g, '…');
    return !["'", '`', '"'].some((quote) => code.includes(`(${quote}${title}${quote}`));
  });
  expect(missing).toEqual([]);
});

it('every claim of SECURITY.md names its test', () => {
  const tables = TEXT.split(/\n\n+/).filter((block) => /^\|.*\| Shown by \|/.test(block));
  const claims = tables.flatMap((table) => table.split('\n').slice(2));
  expect(claims.length).toBeGreaterThan(30);
  expect(claims.filter((claim) => claim.match(REFERENCE) === null)).toEqual([]);
  expect(TEXT.match(/`(?:test|labs)\/[^`]*\.ts`/g)?.length).toBe(TEXT.match(REFERENCE)?.length);
});

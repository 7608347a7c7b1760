/** SECURITY.md names a test for each of its claims. They have to exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const TEXT = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');

/** How a test is named: its file, and its whole title in quotation marks; … stands for what its code fills in. */
const REFERENCE = /`((?:test|labs)\/[\w./-]+\.ts)`: “([^”]+)”/g;

const NAMED = [...TEXT.matchAll(REFERENCE)].map(([, file = '', title = '']) => ({ file, title }));

/** What follows the title of a test in its file; `null` if there is no such test. */
function afterTitle({ file, title }: (typeof NAMED)[number]): string | null {
  const path = join(ROOT, file);
  if (!existsSync(path)) return null;
  // A long title may stand in a line of its own.
  const code = readFileSync(path, 'utf8')
    .replace(/\(\s+/g, '(')
    .replace(/\$\{\w+\}/g, '…');
  const opening = ["'", '`', '"']
    .map((quote) => `(${quote}${title}${quote}`)
    .find((each) => code.includes(each));
  return opening === undefined ? null : (code.split(opening)[1] ?? null);
}

it('every test that SECURITY.md names exists, by file and title', () => {
  expect(NAMED.length).toBeGreaterThan(30);
  expect(NAMED.filter((each) => afterTitle(each) === null)).toEqual([]);
});

it('SECURITY.md names the command that runs all of them', () => {
  const isAnyLeftOut = NAMED.some((each) => /^,\s*(?:LONG|LAB)\b/.test(afterTitle(each) ?? ''));
  expect(TEXT).toContain(`\`${isAnyLeftOut ? 'npm run test:all' : 'npm test'}\` runs all of them`);
});

it('every claim of SECURITY.md names its test', () => {
  const tables = TEXT.split(/\n\n+/).filter((block) => /^\|.*\| Shown by \|/.test(block));
  const claims = tables.flatMap((table) => table.split('\n').slice(2));
  expect(claims.length).toBeGreaterThan(30);
  expect(claims.filter((claim) => claim.match(REFERENCE) === null)).toEqual([]);
  expect(TEXT.match(/`(?:test|labs)\/[^`]*\.ts`/g)?.length).toBe(TEXT.match(REFERENCE)?.length);
});

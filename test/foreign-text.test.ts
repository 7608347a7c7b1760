import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { presentable } from '../src/foreign-text.ts';
import { shown } from '../src/others/shown.ts';

it("a gateway's words are redacted, on one line and visible", () => {
  expect(presentable(' a\u202eb\u2066c\u0000d\ne\u200bf ')).toBe('a b c d e f');
  const secret = 'q7Vt2Xw9Lr4Kp8Zs6Nd3Hf1Jg5Bm0Yc';
  expect(presentable(`unauthorized: token=${secret}`)).not.toContain(secret);
});

it.each([
  [240, (text: string) => presentable(text)],
  [12, (text: string) => presentable(text, 12)],
  [60, (text: string) => z.parse(shown, text)],
])('what is longer than %i characters says that it goes on', (longest, cut) => {
  expect(cut('x'.repeat(longest))).toBe('x'.repeat(longest));
  expect(cut('x'.repeat(longest + 1))).toBe(`${'x'.repeat(longest - 1)}…`);
  expect(cut(`${'x'.repeat(longest - 2)} and more`)).toBe(`${'x'.repeat(longest - 2)}…`);
});

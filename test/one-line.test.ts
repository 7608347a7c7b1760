import { describe, expect, it } from 'vitest';
import { onOneLine } from '../src/one-line.ts';

describe("a gateway's own words", () => {
  it('cannot turn the reading direction, break the line or hide', () => {
    expect(onOneLine('a\u202eb\u2066c\u0000d\ne\u200bf')).toBe('a b c d e f');
  });

  it('are cut short', () => {
    expect(onOneLine('x'.repeat(500))).toHaveLength(240);
    expect(onOneLine('x'.repeat(500)).endsWith('…')).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { generationOf } from '../../src/relay/generation.ts';

describe('[L1] the relay of a gateway version', () => {
  it.each([
    ['2026.1.29', 'legacy'],
    ['2026.2.21', 'legacy'],
    ['2026.3.13', 'legacy'],
    ['2026.3.21', 'legacy'],
    ['2026.3.22', 'none'],
    ['2026.3.31', 'none'],
    ['2026.4.2', 'none'],
    ['2026.5.28', 'none'],
    ['2026.6.5', 'none'],
    // Maintained beside and after 2026.7 and 2026.8: their numbers are higher, their relay is not newer.
    ['2026.6.34', 'none'],
    ['2026.6.35', 'none'],
    ['2026.7.1', 'v1'],
    ['2026.7.1-2', 'v1'],
    ['2026.7.2-beta.3', 'v1'],
    ['2026.7.33', 'v1'],
    ['2026.7.35', 'v1'],
    ['2026.8.1-beta.1', 'v1'],
    ['2026.8.1-beta.2', 'v2'],
    ['2026.8.1', 'v2'],
    ['2026.8.33', 'v2'],
    ['2026.9.6', 'v2'],
    ['2026.10.1', 'v2'],
    ['2027.1.3', 'v2'],
  ])('%s: %s', (version, generation) => expect(generationOf(version)).toBe(generation));

  it.each([null, '', 'dev', '2025.12.1', 'v2026.9.6', '2026.9', '2026.9.6.1', '9.6', '2026.9.6 <b>'])(
    '%j says nothing',
    (version) => expect(generationOf(version)).toBe('unknown'),
  );
});

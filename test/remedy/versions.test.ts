import { describe, expect, it } from 'vitest';
import { compareVersions, isWithin } from '../../src/remedy/versions.ts';

describe('version numbers', () => {
  it.each([
    ['2026.8.1', '2026.9.6', -1],
    ['2026.9.6', '2026.9.6', 0],
    // Numbers, not letters; and maintenance lines grow.
    ['2026.10.1', '2026.9.6', 1],
    ['2026.6.34', '2026.7.1', -1],
    ['2026.7.33', '2026.7.1', 1],
    ['2026.7.2-beta.3', '2026.7.1', 1],
    ['2027.1.1', '2026.12.31', 1],
    // What gateways before 2026.3.2 call themselves.
    ['dev', '2026.3.1', 0],
  ])('%s and %s', (one, other, sign) => {
    expect(Math.sign(compareVersions(one, other) ?? Number.NaN)).toBe(sign);
  });

  it.each(['', 'main', '2026', '2026.9', 'x2026.9.6', '__proto__'])('%j is none', (text) => {
    expect(compareVersions(text, '2026.9.6')).toBeNull();
  });

  it('lie in a range with both its ends; an unknown one lies where the newest does', () => {
    const range = { since: '2026.3.14', until: '2026.7.33' };
    expect(['2026.3.14', '2026.5.1', '2026.7.33'].every((version) => isWithin(version, range))).toBe(true);
    expect(['2026.3.13', '2026.8.1', null, 'main'].some((version) => isWithin(version, range))).toBe(false);
    expect([null, 'main'].every((version) => isWithin(version, { since: '2026.8.1' }))).toBe(true);
  });
});

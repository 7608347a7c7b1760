import { describe, expect, it } from 'vitest';
import { knownAt } from '../src/gateway-status.ts';
import { NOW, statusOf } from './fixtures/statuses.ts';

describe('the age of a stored state', () => {
  it('is the youngest moment that is known of it', () => {
    expect(knownAt(statusOf({ since: NOW - 60_000, provenAt: NOW - 4_000 }))).toBe(NOW - 4_000);
    expect(knownAt(statusOf({ code: 'down', since: NOW - 1_000, provenAt: NOW - 4_000 }))).toBe(NOW - 1_000);
  });

  it('is unknown of a gateway that was never met', () => {
    expect(knownAt(statusOf({ since: null, provenAt: null }))).toBeNull();
  });
});

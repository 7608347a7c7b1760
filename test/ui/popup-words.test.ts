import { describe, expect, it, vi } from 'vitest';
import { lately } from '../../src/popup/lately.ts';
import { shortAddress, withoutSecrets } from '../../src/ui/address.ts';
import { knownAt } from '../../src/ui/known-at.ts';
import { NOW, statusOf } from '../fixtures/statuses.ts';

vi.mock('../../src/browser/api.ts', () => import('../fakes/browser-api.ts'));

const HOUR = 3_600_000;

describe('an address', () => {
  it.each([
    ['ws://127.0.0.1:18789', 'ws://127.0.0.1:18789'],
    ['wss://anna:hunter2@home.example/claw', 'wss://home.example/claw'],
    ['wss://home.example/claw?token=hunter2', 'wss://home.example/claw'],
    ['wss://home.example/#token=hunter2', 'wss://home.example'],
    ['wss://[::1]:18789', 'wss://[::1]:18789'],
    ['anna:hunter2@home example#hunter2', 'home example'],
    ['wss://anna:hunter2@home example?hunter2', 'wss://home example'],
  ])('%s is copied as %s', (address, copied) => {
    expect(withoutSecrets(address)).toBe(copied);
  });

  it('keeps both its ends when it is shortened', () => {
    const short = shortAddress(`wss://${'a'.repeat(200)}.example.net:65535`);
    expect(short.length).toBeLessThanOrEqual(28);
    expect(short).toMatch(/^wss:\/\/a+….*\.net:65535$/);
    expect(shortAddress('ws://127.0.0.1:18789')).toBe('ws://127.0.0.1:18789');
  });
});

describe('what happened lately', () => {
  it('is told of today and yesterday', () => {
    expect(lately(NOW - 5 * HOUR, NOW)).toMatch(/^at 0?9:03/);
    expect(lately(NOW - 29 * HOUR, NOW)).toMatch(/^yesterday at 0?9:03/);
    expect(lately(NOW - 15 * HOUR, NOW)).toMatch(/^yesterday at 23:03/);
    expect(lately(NOW - 40 * HOUR, NOW)).toBeNull();
  });

  it('is nothing of the future, and nothing of what never was', () => {
    expect(lately(NOW + 1, NOW)).toBeNull();
    expect(lately(null, NOW)).toBeNull();
  });
});

describe('the age of a stored state', () => {
  it('is the youngest moment that is known of it', () => {
    expect(knownAt(statusOf({ since: NOW - 60_000, provenAt: NOW - 4_000 }))).toBe(NOW - 4_000);
    expect(knownAt(statusOf({ code: 'down', since: NOW - 1_000, provenAt: NOW - 4_000 }))).toBe(NOW - 1_000);
  });

  it('is unknown of a gateway that was never met', () => {
    expect(knownAt(statusOf({ since: null, provenAt: null }))).toBeNull();
  });
});

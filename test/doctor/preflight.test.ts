import { describe, expect, it } from 'vitest';
import { preflight, RECENT_MS } from '../../src/doctor/preflight.ts';
import { PROOF_LASTS_MS } from '../../src/gateway/recovery.ts';
import { STATUS_CODES } from '../../src/gateway/status.ts';
import type { GatewayStatus } from '../../src/gateway-status.ts';
import { healthOf } from '../fixtures/observed.ts';
import { NOW } from '../fixtures/statuses.ts';

const judge = (changes: Partial<GatewayStatus>) => {
  const { level, reasons } = preflight(healthOf(changes), NOW);
  return [level, ...reasons.map(({ code }) => code)];
};
const relay = (changes: object) => ({ relay: { ...healthOf().relay, ...changes } });

describe('before long work', () => {
  it.each(STATUS_CODES)('%s is relied on only if it is a connection without a fault', (code) => {
    expect(judge({ code })[0]).toBe(code === 'healthy' || code === 'healed' ? 'go' : 'no-go');
  });

  it.each([
    ['a proof that is too old', { provenAt: NOW - PROOF_LASTS_MS - 1 }, ['no-go', 'not-proved']],
    ['no proof at all', { provenAt: null }, ['no-go', 'not-proved']],
    ['a relay that is missed', { code: 'relay' }, ['no-go', 'relay-fault']],
    ['one look at a missed relay', relay({ bearing: 'fault', isExpected: true }), ['caution', 'relay-fault']],
    ['a relay that nobody misses', relay({ bearing: 'fault', isExpected: false }), ['go']],
    [
      'a missed relay that was not seen',
      relay({ bearing: 'unknown', isExpected: true }),
      ['caution', 'relay-unknown'],
    ],
    ['a recent restart', { restartedAt: NOW - RECENT_MS + 1 }, ['caution', 'restarted']],
    ['an old restart', { restartedAt: NOW - RECENT_MS }, ['go']],
    ['a recent repair', { repairedAt: NOW - 1 }, ['caution', 'repaired']],
    ['an old device token', { deviceTokenIssuedAt: NOW - 400 * 86_400_000 }, ['go']],
    ['a finding', { findings: [{ code: 'idle-cut', at: NOW, figures: [] }] }, ['caution', 'finding']],
    ['a stop, whatever else', { code: 'down', restartedAt: NOW }, ['no-go', 'not-connected']],
  ] as const)('%s', (_, changes, expected) => {
    expect(judge(changes as Partial<GatewayStatus>)).toEqual(expected);
  });

  it('tells the age of the device token by the gateway’s clock', () => {
    const status = healthOf({ deviceTokenIssuedAt: NOW + 50_000, skewMs: 60_000 });
    expect(preflight(status, NOW).tokenAgeMs).toBe(10_000);
    expect(preflight(healthOf({ deviceTokenIssuedAt: NOW + 50_000, skewMs: null }), NOW).tokenAgeMs).toBe(0);
    expect(preflight(healthOf({ deviceTokenIssuedAt: null }), NOW).tokenAgeMs).toBeNull();
  });
});

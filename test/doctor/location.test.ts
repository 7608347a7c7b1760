import { describe, expect, it } from 'vitest';
import { DIAGNOSES } from '../../src/diagnoses.ts';
import { locate } from '../../src/doctor/location.ts';
import { LOCATIONS, type Location } from '../../src/doctor/types.ts';
import type { Diagnosis } from '../../src/remedy/types.ts';

describe('where a fault lies', () => {
  it.each<[Diagnosis, Location, Location]>([
    // Refused on this computer there is nothing in between.
    ['gateway-unreachable', 'gateway', 'unknown'],
    ['gateway-mute', 'gateway', 'unknown'],
    ['relay-unreachable', 'relay', 'unknown'],
    // A wrong address and a taken port look the same.
    ['not-a-gateway', 'unknown', 'unknown'],
    // What this browser holds is wrong.
    ['device-token-mismatch', 'browser', 'browser'],
    ['gateway-secret-mismatch', 'browser', 'browser'],
    ['relay-key-rotated', 'browser', 'browser'],
    // What the gateway has in its books or its settings is.
    ['not-paired', 'gateway', 'gateway'],
    ['origin-not-allowed', 'gateway', 'gateway'],
    ['device-token-unstable', 'gateway', 'gateway'],
    ['relay-plugin-missing', 'gateway', 'gateway'],
    // Only something in between cuts sockets by the clock while the gateway lives on.
    ['idle-cut', 'network', 'network'],
    ['offline', 'network', 'network'],
    // Two clocks differ; which one is wrong is not known.
    ['clock-ahead', 'unknown', 'unknown'],
    ['unknown-refusal', 'unknown', 'unknown'],
  ])('%s: %s on this computer, %s elsewhere', (diagnosis, near, far) => {
    expect(locate(diagnosis, 'loopback')).toBe(near);
    for (const reach of ['private', 'public'] as const) expect(locate(diagnosis, reach)).toBe(far);
  });

  it('does not blame the gateway for an encrypted address that lets nobody in: it may be the certificate', () => {
    expect(locate('gateway-unreachable', 'loopback', true)).toBe('unknown');
    expect(locate('gateway-mute', 'loopback', true)).toBe('gateway');
  });

  it('has a place for every diagnosis, and no surer one for a gateway that is far away', () => {
    for (const diagnosis of Object.keys(DIAGNOSES) as Diagnosis[]) {
      const [near, far] = [locate(diagnosis, 'loopback'), locate(diagnosis, 'public')];
      expect(LOCATIONS, diagnosis).toContain(near);
      expect([near, 'unknown'], diagnosis).toContain(far);
    }
  });
});

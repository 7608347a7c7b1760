import { describe, expect, it } from 'vitest';
import { examine } from '../../src/doctor/checks.ts';
import { roadFinding } from '../../src/doctor/road.ts';
import type { Observations, RoadLook } from '../../src/doctor/types.ts';
import { verdictOf } from '../../src/doctor/verdict.ts';
import type { Cause } from '../../src/gateway/causes.ts';
import type { RoadFinding } from '../../src/road/judge.ts';
import { looksOf } from '../fixtures/observed.ts';
import { roadSeen } from '../fixtures/road.ts';
import { NOW, statusOf } from '../fixtures/statuses.ts';

const lookOf = (finding: RoadFinding | null, isOriginAdmitted = false): RoadLook => ({
  finding,
  isOriginAdmitted,
  evidence: roadSeen({ address: 'ws://127.0.0.1:18789', reach: 'loopback' }),
});

const seenWith = (
  cause: Cause,
  road: RoadLook | null,
  code: 'down' | 'needs-you' | 'paused' = 'down',
): Observations => {
  const status = statusOf({ code, cause, provenAt: null });
  return {
    status,
    failure: status,
    storageProblem: null,
    looks: looksOf({ road, firstFrame: { found: 'refused', tookMs: 1 } }),
  };
};

describe('what was proved of the way', () => {
  it('is the verdict, between browser and gateway, where the connection cannot see why', () => {
    const seen = seenWith('handshake-failed', lookOf('proxy-no-websocket'));
    expect(verdictOf(seen, examine(seen))).toEqual({
      diagnosis: 'proxy-no-websocket',
      location: 'between',
    });
    expect(examine(seen).map(({ because }) => because)).toContain('proxy-no-websocket');
  });

  it('is named once: what failed after it failed for the same reason', () => {
    const seen = seenWith('handshake-failed', lookOf('browser-blocks-network'));
    const outcomes = examine({
      ...seen,
      looks: { ...seen.looks, knock: { found: 'refused', tookMs: 1 }, http: null, firstFrame: null },
    });
    const named = outcomes.filter(({ because }) => because === 'browser-blocks-network');
    expect(named.map(({ id, result }) => [id, result])).toEqual([['NET-LISTEN', 'fail']]);
    expect(outcomes.find(({ id }) => id === 'GW-SPEAKS')).toMatchObject({
      result: 'skip',
      because: 'NET-LISTEN',
    });
    expect(verdictOf(seen, outcomes).diagnosis).toBe('browser-blocks-network');
  });

  it('never stands before what the gateway itself said', () => {
    expect(roadFinding(seenWith('gateway-secret-mismatch', lookOf('other-program'), 'needs-you'))).toBeNull();
  });

  it('is nothing of a gateway that is paused, or that nobody looked at', () => {
    expect(roadFinding(seenWith('handshake-failed', lookOf('other-program'), 'paused'))).toBeNull();
    expect(roadFinding(seenWith('handshake-failed', null))).toBeNull();
  });

  it('is nothing any more once the gateway is connected', () => {
    const seen = seenWith('handshake-failed', lookOf('proxy-no-websocket'));
    for (const code of ['healthy', 'healed', 'relay'] as const) {
      const status = statusOf({ code, provenAt: NOW });
      expect(roadFinding({ ...seen, status })).toBeNull();
      // Also where it was back by the end of the run.
      const after = { ...seen, status, failure: status };
      expect(roadFinding(after)).toBeNull();
    }
  });

  it('is that of the failure that the run saw, and of no other', () => {
    const seen = seenWith('handshake-failed', lookOf('proxy-no-websocket'));
    const { status } = seen;
    expect(roadFinding({ ...seen, status: status && { ...status, latencyMs: 7 } })).toBe(
      'proxy-no-websocket',
    );
    const others = [{ cause: 'gateway-unreachable' }, { since: NOW }, { gatewayId: 'another' }] as const;
    for (const other of others) {
      expect(roadFinding({ ...seen, status: status && { ...status, ...other } })).toBeNull();
    }
    expect(roadFinding({ ...seen, failure: null })).toBeNull();
  });

  it('[W7] tells a replaced origin where the gateway admits ours', () => {
    const of = (isAdmitted: boolean) =>
      roadFinding(seenWith('origin-not-allowed', lookOf(null, isAdmitted), 'needs-you'));
    expect(of(true)).toBe('proxy-origin-changed');
    expect(of(false)).toBeNull();
  });
});

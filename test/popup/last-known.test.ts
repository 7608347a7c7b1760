import { describe, expect, it } from 'vitest';
import type { GatewayStatus } from '../../src/gateway-status.ts';
import { fromDisk, hearing, type LastKnown } from '../../src/popup/last-known.ts';
import { NOW, statusOf } from '../fixtures/statuses.ts';

const snapshotOf = (...statuses: GatewayStatus[]) => ({ statuses, storageProblem: null });
const shown = ({ snapshot, old }: LastKnown) =>
  snapshot.statuses.map(({ gatewayId, code }) => `${code}${old.has(gatewayId) ? ' (as of)' : ''}`);
const healthy = statusOf({ provenAt: NOW - 5_000 });
const checking = statusOf({ code: 'unknown', since: null, provenAt: NOW - 5_000 });
const down = statusOf({ code: 'down', cause: 'gateway-unreachable' });

describe('what stands while a worker starts', () => {
  it('what was stored is told with its age, until there is something newer', () => {
    const stored = fromDisk(snapshotOf(healthy));
    expect(shown(stored)).toEqual(['healthy (as of)']);
    const starting = hearing(stored, snapshotOf(checking), NOW);
    expect(shown(starting)).toEqual(['healthy (as of)']);
    expect(shown(hearing(starting, snapshotOf(healthy), NOW))).toEqual(['healthy']);
    expect(shown(hearing(starting, snapshotOf(down), NOW))).toEqual(['down']);
  });

  it('also when the worker dies under an open page', () => {
    const live = hearing(fromDisk(snapshotOf(healthy)), snapshotOf(healthy), NOW);
    expect(shown(hearing(live, snapshotOf(checking), NOW))).toEqual(['healthy (as of)']);
  });

  it('[C4] but no longer than a proof lasts, and only what was good', () => {
    const stored = fromDisk(snapshotOf(healthy));
    expect(shown(hearing(stored, snapshotOf(checking), NOW + 90_000))).toEqual(['unknown']);
    expect(shown(hearing(fromDisk(snapshotOf(down)), snapshotOf(checking), NOW))).toEqual(['unknown']);
    expect(shown(hearing(fromDisk(snapshotOf()), snapshotOf(checking), NOW))).toEqual(['unknown']);
  });

  it('each gateway for itself', () => {
    const other = statusOf({ gatewayId: 'two', provenAt: NOW });
    const stored = fromDisk(snapshotOf(healthy, other));
    expect(shown(hearing(stored, snapshotOf(checking, other), NOW))).toEqual(['healthy (as of)', 'healthy']);
    expect(shown(hearing(stored, snapshotOf(other), NOW))).toEqual(['healthy']);
  });
});

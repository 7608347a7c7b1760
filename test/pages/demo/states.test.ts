/** The demo's simulated gateway: every state there is, in a shape that pages take from a worker. */
import { describe, expect, it, vi } from 'vitest';
import { isSnapshot } from '../../../src/browser/page/worker-link.ts';
import { STATUS_CODES } from '../../../src/gateway/status.ts';
import { settled } from '../../../src/gateway-status.ts';
import { DEMO_CODES, DEMO_ID, snapshotOf, stateAfter } from '../../../src/pages/demo/states.ts';
import { storedPast } from '../../../src/pages/demo/stored-history.ts';
import { historyItem, watchedItem } from '../../../src/storage/items.ts';
import { NOW } from '../../fixtures/statuses.ts';

vi.mock('../../../src/browser/api.ts', () => ({ default: {} }));

describe('the demo', () => {
  it('offers every state once', () => {
    expect([...DEMO_CODES].sort()).toEqual([...STATUS_CODES].sort());
  });

  it.each(DEMO_CODES)('%s is what a page takes from a worker, and shows as it is', (code) => {
    const snapshot = snapshotOf(code, NOW - 60_000, NOW);
    expect(isSnapshot(snapshot)).toBe(true);
    expect(snapshot.statuses.map((status) => settled(status, NOW).code)).toEqual(
      code === 'not-set-up' ? [] : [code],
    );
  });

  it('has a past that can be read', () => {
    const stored = storedPast(NOW);
    for (const item of [historyItem(DEMO_ID), watchedItem(DEMO_ID)]) {
      expect(item.decode(stored[item.key]).type).toBe('value');
    }
  });

  it('lets a new text lead to the approval, and every try succeed', () => {
    const pair = { text: '', secret: null, withoutSecret: false, remember: false, gatewayId: null };
    expect(stateAfter('needs-you', { type: 'pair', ...pair })).toBe('approval');
    expect(stateAfter('approval', { type: 'check', gatewayId: DEMO_ID })).toBe('healthy');
    expect(stateAfter('down', { type: 'rename-gateway', gatewayId: DEMO_ID, name: null })).toBe('down');
  });
});

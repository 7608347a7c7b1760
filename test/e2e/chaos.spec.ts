/** The short version of `npm run chaos`: a fault of each quick kind, in an order that a fixed seed gives. */
import { chaos } from '../../labs/chaos/chaos.ts';
import type { FaultKind } from '../../labs/chaos/plan.ts';
import { expect, LAB, test } from './fixtures.ts';

const KINDS: readonly FaultKind[] = [
  'gateway-killed',
  'gateway-hung-briefly',
  'network-slow',
  'frame-truncated',
  'socket-cut',
  'browser-offline',
  'secret-changed',
  'token-rotated',
  'token-revoked',
  'repair-declined',
  'worker-killed',
  'browser-restarted',
  'clock-jumped',
  'storage-full',
];

test(
  'after random faults it is where the model predicts, and nothing was lost or leaked',
  LAB,
  async ({ makeGateway }) => {
    const gateway = await makeGateway({ started: false });
    const { failure, faults } = await chaos({ seed: 20, faults: KINDS.length, kinds: KINDS, gateway });
    expect(failure).toBeNull();
    expect(faults).toBe(KINDS.length);
  },
);

/** Every fault: how it is done for real, what it changes in the model's situation, and how it ends. */
import { CREDENTIAL_FAULTS } from './credential-faults.ts';
import type { Fault } from './deeds.ts';
import { GATEWAY_FAULTS } from './gateway-faults.ts';
import { otherGateway } from './other-gateway.ts';
import type { FaultKind } from './plan.ts';
import { SURROUNDING_FAULTS } from './surrounding-faults.ts';

export const FAULTS: Record<FaultKind, Fault> = {
  ...GATEWAY_FAULTS,
  'other-gateway': otherGateway,
  ...CREDENTIAL_FAULTS,
  ...SURROUNDING_FAULTS,
};

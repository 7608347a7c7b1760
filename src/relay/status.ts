/** The relay as pages and badge see it. */
import { bearingOf } from './causes.ts';
import type { RelayState, RelayStatus } from './state.ts';

/**
 * Projects a relay. While its gateway is away nothing is said of it: what was read before proves nothing now.
 */
export function toRelayStatus(
  { key, reading, since, isExpected }: RelayState,
  isGatewayConnected: boolean,
): RelayStatus {
  const held = { isKeyHeld: key !== null, isExpected };
  if (!isGatewayConnected || reading === null) {
    return {
      ...held,
      cause: 'relay-unchecked',
      bearing: 'unknown',
      generation: reading?.generation ?? 'unknown',
      address: null,
      attached: 'unseen',
      words: null,
      checkedAt: reading?.at ?? null,
      since: null,
      tookMs: null,
    };
  }
  const { at: checkedAt, ...facts } = reading;
  return { ...held, ...facts, bearing: bearingOf(reading.cause), checkedAt, since };
}

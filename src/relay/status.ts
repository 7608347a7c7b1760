/** The relay as pages and badge see it. */
import { bearingOf, type RelayBearing, type RelayCause } from './causes.ts';
import type { RelayReading, RelayState } from './state.ts';

/** Nothing was looked at yet. */
export const INITIAL_RELAY: RelayState = { key: null, reading: null, since: null, isExpected: false };

/** What pages may know of a relay. Times in milliseconds since the epoch. */
export interface RelayStatus {
  readonly cause: RelayCause;
  readonly bearing: RelayBearing;
  readonly generation: RelayReading['generation'];
  readonly address: string | null;
  readonly attached: RelayReading['attached'];
  readonly process: RelayReading['process'];
  readonly words: string | null;
  readonly checkedAt: number | null;
  readonly since: number | null;
  readonly tookMs: number | null;
  readonly isKeyHeld: boolean;
  /** When the relay last proved that it holds our key. */
  readonly keyProvenAt: number | null;
  readonly isExpected: boolean;
}

/** Whether a reading is about the relay of this very connection: what was there before proves nothing now. */
export const isCurrent = (reading: RelayReading | null, connectedSince: number | null): boolean =>
  reading !== null && connectedSince !== null && reading.at >= connectedSince;

/**
 * [L7] Projects a relay. While its gateway is away nothing is said of it, and what was read before this connection
 * began proves nothing now.
 *
 * @param connectedSince milliseconds since the epoch; `null` while the gateway is not connected
 */
export function toRelayStatus(
  { key, reading, since, isExpected }: RelayState,
  connectedSince: number | null,
): RelayStatus {
  const held = { isKeyHeld: key !== null, keyProvenAt: key?.provenAt ?? null, isExpected };
  if (reading === null || !isCurrent(reading, connectedSince)) {
    return {
      ...held,
      cause: 'relay-unchecked',
      bearing: 'unknown',
      generation: reading?.generation ?? 'unknown',
      address: null,
      attached: 'unseen',
      process: null,
      words: null,
      checkedAt: reading?.at ?? null,
      since: null,
      tookMs: null,
    };
  }
  const { at: checkedAt, ...facts } = reading;
  return { ...held, ...facts, bearing: bearingOf(reading.cause), checkedAt, since };
}

/** Milliseconds. After a restart of its gateway the official extension takes up to 30 s to come back by itself. */
const ATTACHES_WITHIN_MS = 45_000;

/**
 * [L12] Whether a relay's fault is worth the gateway's whole card and badge: the user expects the relay, and two looks
 * agree. A relay comes a moment after its gateway, and goes a moment before it.
 */
export function isNews({ cause, bearing, isExpected, since, checkedAt }: RelayStatus): boolean {
  if (bearing !== 'fault' || !isExpected || since === null || checkedAt === null) return false;
  return checkedAt - since > (cause === 'relay-not-attached' ? ATTACHES_WITHIN_MS : 0);
}

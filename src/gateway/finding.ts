/** What the past of a connection can prove. Apart from `evidence.ts`, because pages need no more than the names. */
import type { Cause } from './causes.ts';

export const FINDINGS = [
  /** The gateway's clock is ahead of this computer's, or behind it. Signatures do not mind (SPEC C8). */
  'clock-ahead',
  'clock-behind',
  'gateway-slow',
  /** Something cuts every connection at the same age. Not for idleness alone: we speak after 16 s of silence. */
  'idle-cut',
  'gateways-alternate',
  /** Another gateway answered for a while, and refused the token of the one that answers now. */
  'other-gateway-answered',
  'gateway-flapping',
  'restart-outlived',
  /** Refused before a restart and after it, by a gateway that may be unable to match the origin of one extension. */
  'origin-still-refused',
  'devices-forgotten',
] as const;

/** The code of something that the past proves. Shown to users and quoted in reports: never renamed. */
export type FindingCode = (typeof FINDINGS)[number];

export interface Finding {
  readonly code: FindingCode;
  /** Milliseconds since the epoch: the newest piece of the evidence. */
  readonly at: number;
  /** The figures of the sentence, in its order, for people: `60 s`, `2026.9.6`. Never a secret. */
  readonly figures: readonly (number | string)[];
}

const ENDINGS: readonly Cause[] = ['connection-lost', 'gateway-unreachable'];
const REFUSALS: readonly Cause[] = ['device-token-mismatch', 'device-token-unstable', 'not-paired'];
const RESTARTS: readonly Cause[] = ['gateway-starting', 'gateway-restarting', 'gateway-stopping'];

/** The causes that each finding lies behind. */
const EXPLAINS: Readonly<Record<FindingCode, readonly Cause[]>> = {
  'gateways-alternate': [...ENDINGS, ...RESTARTS, ...REFUSALS],
  'other-gateway-answered': [],
  'gateway-flapping': [...ENDINGS, ...RESTARTS],
  'restart-outlived': [],
  'origin-still-refused': ['origin-not-allowed'],
  'idle-cut': ['connection-lost'],
  'devices-forgotten': REFUSALS,
  'gateway-slow': ['handshake-timeout', 'gateway-not-answering'],
  'clock-ahead': ['clock-skew'],
  'clock-behind': ['clock-skew'],
};

/** [E3] Whether a cause is but the symptom of what was found: then the finding is what a page names. */
export const explains = (code: FindingCode, cause: Cause): boolean => EXPLAINS[code].includes(cause);

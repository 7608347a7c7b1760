/** What the past of a connection can prove. Apart from `evidence.ts`, because pages need no more than the names. */
export const FINDINGS = [
  'clock-ahead',
  'clock-behind',
  'gateway-slow',
  'idle-cut',
  'gateways-alternate',
  'gateway-flapping',
  'restart-outlived',
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

/**
 * The gateway versions that the matrix plays, one or more of every era of the wire, and what a user sees in
 * each scenario: the states that lasted, in order. `approval` and `needs-you` are followed by what the user then
 * does: runs the command on the card, or pastes the new secret.
 */

export const SCENARIOS = [
  'pair',
  'restart',
  'other gateway',
  'rotated',
  'removed',
  'secret changed',
  'wrong secret',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

export interface Expected {
  readonly version: string;
  /**
   * How a gateway of this version comes to admit an extension: it does not ask, it has an identity for us, it can be
   * given our exact origin, or only a setting that admits everybody (2026.3.1 to 6.33 and 7.1: a fault of theirs).
   */
  readonly admission: 'open' | 'copilot' | 'exact' | '*';
  readonly cells: Readonly<Record<Scenario, string>>;
}

const WRONG = 'needs-you:gateway-secret-mismatch';
const ORIGIN = 'needs-you:origin-not-allowed';
const APPROVE = 'approval:not-paired';
/** Another gateway refuses our credential, and nobody has to do anything until ours is back. */
const OTHER = 'needs-you:maybe-another-gateway > healthy';

/** Before 2026.2.22: paired silently on loopback; a stale token shows only at the next connect. */
const silent: Expected['cells'] = {
  pair: 'healthy',
  restart: 'healthy',
  'other gateway': OTHER,
  rotated: 'healed',
  removed: 'healed',
  'secret changed': 'healthy',
  'wrong secret': WRONG,
};

/** 2026.2.22 to 2.24: no device token for us at all, so nothing of it can go stale; the secret is everything. */
const secretOnly: Expected['cells'] = {
  pair: 'healthy',
  restart: 'healthy',
  'other gateway': `${WRONG} > healthy`,
  rotated: 'no device',
  removed: 'no device',
  'secret changed': `${WRONG} > healthy`,
  'wrong secret': WRONG,
};

/** From 2026.2.25 on with the generic client: listed by the owner, approved, and independent of the secret. */
const listed: Expected['cells'] = {
  pair: `${ORIGIN} > ${APPROVE} > healthy`,
  restart: 'healthy',
  'other gateway': OTHER,
  rotated: 'healed',
  removed: `${APPROVE} > healed`,
  'secret changed': 'healthy',
  'wrong secret': WRONG,
};

/** From 2026.8.1 on: approved; a device token that was minted with the secret dies with it. */
const copilot: Expected['cells'] = {
  pair: `${APPROVE} > healthy`,
  restart: 'healthy',
  'other gateway': OTHER,
  rotated: 'healed',
  removed: `${APPROVE} > healed`,
  'secret changed': `${WRONG} > healthy`,
  'wrong secret': WRONG,
};

export const EXPECTED: readonly Expected[] = [
  { version: '2026.2.19', admission: 'open', cells: silent },
  { version: '2026.2.21', admission: 'open', cells: silent },
  { version: '2026.2.24', admission: 'open', cells: secretOnly },
  { version: '2026.3.13', admission: '*', cells: listed },
  { version: '2026.5.28', admission: '*', cells: listed },
  { version: '2026.6.34', admission: 'exact', cells: listed },
  { version: '2026.7.1', admission: '*', cells: listed },
  { version: '2026.7.33', admission: 'exact', cells: listed },
  { version: '2026.8.1', admission: 'copilot', cells: copilot },
  { version: '2026.9.6', admission: 'copilot', cells: copilot },
];

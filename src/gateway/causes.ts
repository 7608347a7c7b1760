/**
 * The catalogue of causes: everything that can be wrong, and how it is treated. Data only; `diagnosis.ts` names
 * the cause of a refusal, `remedy.ts` the command that helps.
 *
 * Adding a cause: one row here, one mapping line in `diagnosis.ts`, one rule in SPEC.md, one test, and its texts
 * (`cause_<code>_…`) in `public/_locales`.
 */

/** A credential that is kept sealed. */
export type StoredCredentialKind = 'device-token' | 'setup-code' | 'gateway-secret';

/** Which credential a `connect` carried. `none`: the gateway may let us in without one, or know us by its proxy. */
export type CredentialKind = StoredCredentialKind | 'none';

/**
 * How a cause is treated. Only `stop` needs the user at once; every other class first does what we can.
 * - `reconnect`: transient, try again by the pace of `recovery.ts`
 * - `wait`: the gateway said when to come back
 * - `re-pair`: forget this one device token, then use what else we hold
 * - `drop-credential`: forget the secret or setup code that was refused, then use what else we hold
 * - `await-approval`: a person must approve on the gateway; we look again calmly
 * - `await-admission`: the owner must let us in by the gateway's configuration; we look again calmly
 * - `cool-down`: too many attempts; nothing before the deadline
 */
export type Recovery =
  | 'reconnect'
  | 'wait'
  | 're-pair'
  | 'drop-credential'
  | 'await-approval'
  | 'await-admission'
  | 'cool-down'
  | 'stop';

/** What the user is shown first: the family of the state, refined by time in `status.ts`. */
export type Bearing = 'transient' | 'restart' | 'offline' | 'approval' | 'limited' | 'needs-you';

interface Row {
  readonly recovery: Recovery;
  readonly bearing: Bearing;
  /**
   * What moves a `blocked` connection on: `new-credential` (paste something new) or `try-again` (a click is
   * enough, because the attempt burns no secret).
   */
  readonly unblock?: 'new-credential' | 'try-again';
  /** The remedy's command, built in `remedy.ts`. */
  readonly remedy?:
    | 'approve'
    | 'new-setup-code'
    | 'show-secret'
    | 'gateway-status'
    | 'update'
    | 'allow-origin'
    | 'generate-secret';
}

const CATALOGUE = {
  // We are working on it
  'connection-lost': { recovery: 'reconnect', bearing: 'transient' },
  'gateway-unreachable': { recovery: 'reconnect', bearing: 'transient', remedy: 'gateway-status' },
  'gateway-not-answering': { recovery: 'reconnect', bearing: 'transient', remedy: 'gateway-status' },
  'handshake-failed': { recovery: 'reconnect', bearing: 'transient', remedy: 'gateway-status' },
  'handshake-timeout': { recovery: 'reconnect', bearing: 'transient', remedy: 'gateway-status' },
  'gateway-unavailable': { recovery: 'wait', bearing: 'transient' },
  'gateway-starting': { recovery: 'wait', bearing: 'restart' },
  'gateway-restarting': { recovery: 'reconnect', bearing: 'restart' },
  'gateway-stopping': { recovery: 'reconnect', bearing: 'restart', remedy: 'gateway-status' },
  offline: { recovery: 'reconnect', bearing: 'offline' },
  // Approval on the gateway
  'not-paired': { recovery: 'await-approval', bearing: 'approval', remedy: 'approve' },
  'role-upgrade': { recovery: 'await-approval', bearing: 'approval', remedy: 'approve' },
  'scope-upgrade': { recovery: 'await-approval', bearing: 'approval', remedy: 'approve' },
  'metadata-upgrade': { recovery: 'await-approval', bearing: 'approval', remedy: 'approve' },
  // Locked out for a while
  'rate-limited': { recovery: 'cool-down', bearing: 'limited' },
  // Credentials
  'device-token-mismatch': {
    recovery: 're-pair',
    bearing: 'needs-you',
    unblock: 'new-credential',
    remedy: 'new-setup-code',
  },
  'device-token-unstable': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'try-again',
    remedy: 'gateway-status',
  },
  'gateway-secret-mismatch': {
    recovery: 'drop-credential',
    bearing: 'needs-you',
    unblock: 'new-credential',
    remedy: 'show-secret',
  },
  'gateway-secret-missing': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    remedy: 'new-setup-code',
  },
  'setup-code-rejected': {
    recovery: 'drop-credential',
    bearing: 'needs-you',
    unblock: 'new-credential',
    remedy: 'new-setup-code',
  },
  'setup-code-expired': {
    recovery: 'drop-credential',
    bearing: 'needs-you',
    unblock: 'new-credential',
    remedy: 'new-setup-code',
  },
  'no-credential': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    remedy: 'new-setup-code',
  },
  'credential-unanswered': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  'credential-unreadable': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    remedy: 'new-setup-code',
  },
  /** This browser would not give us the device key (IndexedDB refused, or no Ed25519). */
  'identity-unavailable': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  /** The gateway knows its users by a proxy or by Tailscale, and we did not come that way. */
  'proxy-identity-missing': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  /** The gateway is set to a secret that it does not have. */
  'gateway-secret-unset': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'try-again',
    remedy: 'generate-secret',
  },
  // The gateway will not have this client
  'scope-mismatch': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    remedy: 'new-setup-code',
  },
  'origin-not-allowed': {
    recovery: 'await-admission',
    bearing: 'needs-you',
    unblock: 'try-again',
    remedy: 'allow-origin',
  },
  'protocol-mismatch': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again', remedy: 'update' },
  'client-not-accepted': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again', remedy: 'update' },
  'identity-conflict': { recovery: 'stop', bearing: 'needs-you', unblock: 'new-credential' },
  'device-auth-invalid': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  'clock-skew': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  'unknown-refusal': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
} as const satisfies Record<string, Row>;

/** The diagnosis code of everything that can be wrong. Shown to users and quoted in reports: never renamed. */
export type Cause = keyof typeof CATALOGUE;

export const CAUSES = Object.keys(CATALOGUE) as readonly Cause[];

/** The catalogue's row of a cause. */
export const causeOf = (cause: Cause): Row => CATALOGUE[cause];

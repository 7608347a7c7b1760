/**
 * The catalogue of causes and the one function that names a cause: {@link diagnose}.
 *
 * Structured detail codes come first, the gateway's words only where an old gateway sends no code, the
 * close code last. A dozen different faults arrive under the number 1008; the number alone names none.
 *
 * Adding a cause: one row here, one mapping line below, one rule in SPEC.md, one test, and its texts
 * (`cause_<code>_…`) in `public/_locales`.
 */
import { ConnectErrorDetailCodes as Detail } from '@openclaw/gateway-protocol/connect-error-details';
import type { ConnectFailure } from './protocol.ts';

/** Which credential a `connect` carried. */
export type CredentialKind = 'device-token' | 'setup-code' | 'gateway-secret';

/**
 * How a cause is treated. Only `stop` needs the user at once; every other class first does what we can.
 * - `reconnect`: transient, try again by the pace of `recovery.ts`
 * - `wait`: the gateway said when to come back
 * - `re-pair`: forget this one device token, then use what else we hold
 * - `drop-credential`: forget the secret or setup code that was refused, then use what else we hold
 * - `await-approval`: a person must approve on the gateway; we look again calmly
 * - `cool-down`: too many attempts; nothing before the deadline
 */
export type Recovery =
  | 'reconnect'
  | 'wait'
  | 're-pair'
  | 'drop-credential'
  | 'await-approval'
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
  readonly remedy?: 'approve' | 'new-setup-code' | 'show-secret' | 'gateway-status' | 'update';
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
  // The gateway will not have this client
  'scope-mismatch': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    remedy: 'new-setup-code',
  },
  'origin-not-allowed': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
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

/** Detail codes of `error.details.code`, by the tables of the protocol package. */
const BY_DETAIL: Readonly<Record<string, Cause>> = {
  [Detail.AUTH_DEVICE_TOKEN_MISMATCH]: 'device-token-mismatch',
  [Detail.AUTH_TOKEN_MISMATCH]: 'gateway-secret-mismatch',
  [Detail.AUTH_PASSWORD_MISMATCH]: 'gateway-secret-mismatch',
  [Detail.AUTH_TOKEN_MISSING]: 'gateway-secret-missing',
  [Detail.AUTH_PASSWORD_MISSING]: 'gateway-secret-missing',
  [Detail.AUTH_BOOTSTRAP_TOKEN_INVALID]: 'setup-code-rejected',
  [Detail.AUTH_SCOPE_MISMATCH]: 'scope-mismatch',
  [Detail.AUTH_RATE_LIMITED]: 'rate-limited',
  [Detail.CONTROL_UI_ORIGIN_NOT_ALLOWED]: 'origin-not-allowed',
  [Detail.PROTOCOL_MISMATCH]: 'protocol-mismatch',
  [Detail.DEVICE_AUTH_SIGNATURE_EXPIRED]: 'clock-skew',
  [Detail.DEVICE_AUTH_INVALID]: 'device-auth-invalid',
  [Detail.DEVICE_AUTH_DEVICE_ID_MISMATCH]: 'device-auth-invalid',
  [Detail.DEVICE_AUTH_NONCE_REQUIRED]: 'device-auth-invalid',
  [Detail.DEVICE_AUTH_NONCE_MISMATCH]: 'device-auth-invalid',
  [Detail.DEVICE_AUTH_SIGNATURE_INVALID]: 'device-auth-invalid',
  [Detail.DEVICE_AUTH_PUBLIC_KEY_INVALID]: 'device-auth-invalid',
  [Detail.DEVICE_IDENTITY_REQUIRED]: 'device-auth-invalid',
};

/** Words of gateways that send no detail code, first match wins (gateway-facts 3). */
const BY_WORDS: readonly (readonly [RegExp, Cause])[] = [
  [/device token mismatch/i, 'device-token-mismatch'],
  [/gateway (token|password) mismatch/i, 'gateway-secret-mismatch'],
  [/gateway (token|password) missing/i, 'gateway-secret-missing'],
  [/(bootstrap token|setup code) invalid/i, 'setup-code-rejected'],
  [/too many failed authentication attempts/i, 'rate-limited'],
  [/origin not allowed|invalid browser copilot origin/i, 'origin-not-allowed'],
  [/protocol mismatch/i, 'protocol-mismatch'],
  [/requires a dedicated paired device identity/i, 'identity-conflict'],
  [/invalid connect params|browser copilot requires/i, 'client-not-accepted'],
  [/device signature expired/i, 'clock-skew'],
  [/device (signature|nonce|identity)/i, 'device-auth-invalid'],
];

const PAIRING_REASONS: readonly Cause[] = ['not-paired', 'role-upgrade', 'scope-upgrade', 'metadata-upgrade'];

/**
 * Names the cause of a refused `connect`. What it cannot prove it calls `unknown-refusal`, and the gateway's
 * own words are shown instead.
 *
 * @param used the credential that the refused `connect` carried; gateways up to 2026.2.21 answer a wrong
 * gateway secret with "device token mismatch" too, and only this tells the two apart.
 */
export function diagnose(failure: ConnectFailure, used: CredentialKind | null): Cause {
  const cause = nameCause(failure);
  if (cause === 'device-token-mismatch' && used === 'gateway-secret') return 'gateway-secret-mismatch';
  return cause;
}

function nameCause(failure: ConnectFailure): Cause {
  if (failure.pairing) {
    return PAIRING_REASONS.find((reason) => reason === failure.pairing?.reason) ?? 'not-paired';
  }
  if (failure.detailCode !== null) {
    const known = BY_DETAIL[failure.detailCode];
    if (known) return known;
  }
  if (failure.errorCode === 'UNAVAILABLE' && failure.isRetryable) {
    return /starting|restart/i.test(failure.message) ? 'gateway-starting' : 'gateway-unavailable';
  }
  // A detail code that we do not know says something we do not understand: words must not overrule it.
  if (failure.detailCode !== null) return 'unknown-refusal';
  return BY_WORDS.find(([words]) => words.test(failure.message))?.[1] ?? 'unknown-refusal';
}

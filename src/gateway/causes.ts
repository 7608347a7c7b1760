/**
 * The catalogue of causes: everything that can be wrong, and how the connection acts on it. Data only; `diagnosis.ts`
 * names the cause of a refusal, `src/diagnoses.ts` says what it means and what helps.
 */

/** A credential that is kept sealed. */
export type StoredCredentialKind = 'device-token' | 'setup-code' | 'gateway-secret';

/** Which credential a `connect` carried. `none`: the gateway may let us in without one, or know us by its proxy. */
export type CredentialKind = StoredCredentialKind | 'none';

/**
 * How a cause is treated. Only `stop` needs the user at once; every other class first does what we can.
 * - `reconnect`: transient, try again by the pace of `recovery.ts`
 * - `wait`: the gateway said when to come back
 * - `re-pair`: set this one device token aside, then use what else we hold
 * - `drop-credential`: set the secret or setup code aside that was refused, then use what else we hold
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

/** What the user is shown first: the family of the state, refined by time in `projection.ts`. */
export type Bearing = 'transient' | 'restart' | 'offline' | 'approval' | 'limited' | 'needs-you';

interface Row {
  readonly recovery: Recovery;
  readonly bearing: Bearing;
  /**
   * What moves a `blocked` connection on: `new-credential` (paste something new) or `try-again` (a click is
   * enough, because the attempt burns no secret).
   */
  readonly unblock?: 'new-credential' | 'try-again';
  /**
   * How current gateways close a connection for it: code and words as OpenClaw's own programs print them and
   * people search for them. Never translated. Absent where no such close exists, or where its words vary.
   */
  readonly close?: string;
  /** [R20] It lies in this browser or in what we hold, so no other run of a gateway can end it. */
  readonly isOurs?: true;
}

const CATALOGUE = {
  // We are working on it
  'connection-lost': { recovery: 'reconnect', bearing: 'transient' },
  'gateway-unreachable': { recovery: 'reconnect', bearing: 'transient' },
  'gateway-not-answering': { recovery: 'reconnect', bearing: 'transient' },
  'handshake-failed': { recovery: 'reconnect', bearing: 'transient' },
  'handshake-timeout': { recovery: 'reconnect', bearing: 'transient' },
  /** It speaks WebSocket, but not as a gateway does: those speak first, and their first frame is the challenge. */
  'not-a-gateway': { recovery: 'reconnect', bearing: 'transient' },
  /** The WebSocket opened and no challenge came. */
  'gateway-mute': { recovery: 'reconnect', bearing: 'transient' },
  /** It sent more than it may (`allowance.ts`). */
  'gateway-flooding': { recovery: 'reconnect', bearing: 'transient' },
  /** It answered our connect with more than we read. */
  'answer-too-large': { recovery: 'reconnect', bearing: 'transient' },
  /** No gateway was ever met here, and a knock got neither an answer nor a refusal. */
  'address-silent': { recovery: 'reconnect', bearing: 'transient' },
  'gateway-unavailable': { recovery: 'wait', bearing: 'transient' },
  'gateway-starting': { recovery: 'wait', bearing: 'restart', close: '1013 gateway starting' },
  'gateway-restarting': { recovery: 'reconnect', bearing: 'restart', close: '1012 service restart' },
  'gateway-stopping': { recovery: 'reconnect', bearing: 'restart' },
  offline: { recovery: 'reconnect', bearing: 'offline' },
  // Approval on the gateway
  'not-paired': { recovery: 'await-approval', bearing: 'approval', close: '1008 pairing required' },
  'role-upgrade': { recovery: 'await-approval', bearing: 'approval', close: '1008 pairing required' },
  'scope-upgrade': { recovery: 'await-approval', bearing: 'approval', close: '1008 pairing required' },
  'metadata-upgrade': { recovery: 'await-approval', bearing: 'approval', close: '1008 pairing required' },
  // Locked out for a while
  'rate-limited': {
    recovery: 'cool-down',
    bearing: 'limited',
    close: '1008 too many failed authentication attempts',
  },
  // Credentials
  'device-token-mismatch': {
    recovery: 're-pair',
    bearing: 'needs-you',
    unblock: 'new-credential',
    close: '1008 device token mismatch',
  },
  /** [R19] A run of a gateway that may not be the one that issued it refused the device token. */
  'maybe-another-gateway': {
    recovery: 're-pair',
    bearing: 'needs-you',
    unblock: 'new-credential',
    close: '1008 device token mismatch',
  },
  'device-token-unstable': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'try-again',
    close: '1008 device token mismatch',
  },
  'gateway-secret-mismatch': {
    recovery: 'drop-credential',
    bearing: 'needs-you',
    unblock: 'new-credential',
    close: '1008 gateway token mismatch',
  },
  /** The gateway asks for a password instead of a token. */
  'gateway-password-mismatch': {
    recovery: 'drop-credential',
    bearing: 'needs-you',
    unblock: 'new-credential',
    close: '1008 gateway password mismatch',
  },
  'gateway-secret-missing': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    close: '1008 gateway token missing',
  },
  'gateway-password-missing': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    close: '1008 gateway password missing',
  },
  'setup-code-rejected': {
    recovery: 'drop-credential',
    bearing: 'needs-you',
    unblock: 'new-credential',
    close: '1008 setup code invalid',
  },
  'setup-code-expired': {
    recovery: 'drop-credential',
    bearing: 'needs-you',
    unblock: 'new-credential',
  },
  'no-credential': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    isOurs: true,
  },
  'credential-unanswered': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again', isOurs: true },
  'credential-unreadable': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    isOurs: true,
  },
  /** This browser would not give us the device key (IndexedDB refused, or no Ed25519). */
  'identity-unavailable': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again', isOurs: true },
  /** The gateway knows its users by a proxy or by Tailscale, and we did not come that way. */
  'proxy-identity-missing': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  /** It is asked through a proxy that it does not trust, or that does not say who asks. */
  'proxy-untrusted': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  /** In trusted-proxy mode: who asked is none of its proxies, … */
  'proxy-source-untrusted': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  /** … is on the gateway's own computer, by loopback, or by another of its addresses, … */
  'proxy-loopback-source': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  'proxy-on-gateway-host': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  /** … or is one, and names no user, one that is not let in, or lacks a header. */
  'proxy-user-missing': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  'proxy-user-not-allowed': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  'proxy-header-missing': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  /** The gateway is set to a secret that it does not have. */
  'gateway-secret-unset': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'try-again',
  },
  // The gateway will not have this client
  'scope-mismatch': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'new-credential',
    close: '1008 device token scope mismatch',
  },
  'origin-not-allowed': {
    recovery: 'await-admission',
    bearing: 'needs-you',
    unblock: 'try-again',
    close: '1008 origin not allowed',
  },
  /** The gateway named the protocol that it speaks, and it is older or newer than all of ours. */
  'gateway-too-old': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'try-again',
    close: '1002 protocol mismatch',
  },
  'gateway-too-new': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'try-again',
    close: '1002 protocol mismatch',
  },
  /** It did not say which protocol it speaks. */
  'protocol-mismatch': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'try-again',
    close: '1002 protocol mismatch',
  },
  'client-not-accepted': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'try-again',
    close: '1008 invalid connect params',
  },
  'identity-conflict': { recovery: 'stop', bearing: 'needs-you', unblock: 'new-credential' },
  'device-auth-invalid': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  /** The gateway saw no device identity in a connect that carried one. */
  'device-identity-required': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
  'clock-skew': {
    recovery: 'stop',
    bearing: 'needs-you',
    unblock: 'try-again',
    close: '1008 device signature expired',
  },
  'unknown-refusal': { recovery: 'stop', bearing: 'needs-you', unblock: 'try-again' },
} as const satisfies Record<string, Row>;

/** The diagnosis code of everything that can be wrong. Shown to users and quoted in reports: never renamed. */
export type Cause = keyof typeof CATALOGUE;

export const CAUSES = Object.keys(CATALOGUE) as readonly Cause[];

/** The catalogue's row of a cause. */
export const causeOf = (cause: Cause): Row => CATALOGUE[cause];

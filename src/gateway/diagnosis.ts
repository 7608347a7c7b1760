/**
 * The one function that names a cause: {@link diagnose}.
 *
 * Structured detail codes come first, the gateway's words only where an old gateway sends no code, the close
 * code last. A dozen different faults arrive under the number 1008; the number alone names none.
 */
import { ConnectErrorDetailCodes as Detail } from '@openclaw/gateway-protocol/connect-error-details';
import type { Cause, CredentialKind } from './causes.ts';
import type { ConnectFailure } from './protocol.ts';

/** Detail codes of `error.details.code`, by the tables of the protocol package. */
const BY_DETAIL: Readonly<Record<string, Cause>> = {
  [Detail.AUTH_DEVICE_TOKEN_MISMATCH]: 'device-token-mismatch',
  [Detail.AUTH_TOKEN_MISMATCH]: 'gateway-secret-mismatch',
  [Detail.AUTH_PASSWORD_MISMATCH]: 'gateway-secret-mismatch',
  [Detail.AUTH_TOKEN_MISSING]: 'gateway-secret-missing',
  [Detail.AUTH_PASSWORD_MISSING]: 'gateway-secret-missing',
  [Detail.AUTH_BOOTSTRAP_TOKEN_INVALID]: 'setup-code-rejected',
  [Detail.AUTH_TOKEN_NOT_CONFIGURED]: 'gateway-secret-unset',
  [Detail.AUTH_PASSWORD_NOT_CONFIGURED]: 'gateway-secret-unset',
  [Detail.AUTH_TAILSCALE_IDENTITY_MISSING]: 'proxy-identity-missing',
  [Detail.AUTH_TAILSCALE_PROXY_MISSING]: 'proxy-identity-missing',
  [Detail.AUTH_TAILSCALE_WHOIS_FAILED]: 'proxy-identity-missing',
  [Detail.AUTH_TAILSCALE_IDENTITY_MISMATCH]: 'proxy-identity-missing',
  [Detail.AUTH_IDENTITY_HEADER_REQUIRED]: 'proxy-identity-missing',
  [Detail.AUTH_VERIFIED_USER_REQUIRED]: 'proxy-identity-missing',
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

/** Finer reasons beside codes that stand for many: `DEVICE_AUTH_INVALID` (2026.2.22 to 2.26), `AUTH_UNAUTHORIZED`. */
const BY_REASON: readonly (readonly [RegExp, Cause])[] = [
  [/^device-signature-stale$/, 'clock-skew'],
  [/^trusted_proxy_origin_not_allowed$/, 'origin-not-allowed'],
  [/^(trusted_proxy|tailscale)_/, 'proxy-identity-missing'],
];

/** Words of gateways that send no detail code, first match wins (gateway-facts 3). */
const BY_WORDS: readonly (readonly [RegExp, Cause])[] = [
  [/device token mismatch/i, 'device-token-mismatch'],
  [/device token scope mismatch/i, 'scope-mismatch'],
  [/gateway (token|password) mismatch/i, 'gateway-secret-mismatch'],
  [/gateway (token|password) missing/i, 'gateway-secret-missing'],
  [/(bootstrap token|setup code) invalid/i, 'setup-code-rejected'],
  [/too many failed authentication attempts/i, 'rate-limited'],
  [/origin not allowed|copilot origin|canonical chrome extension origin/i, 'origin-not-allowed'],
  [/protocol mismatch/i, 'protocol-mismatch'],
  [/requires a dedicated paired device identity/i, 'identity-conflict'],
  [/invalid connect params|invalid role|browser copilot requires/i, 'client-not-accepted'],
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
  // [D5] The other way round where the device token travelled in `auth.token` (gateways that know no other field).
  if (cause === 'gateway-secret-mismatch' && used === 'device-token') return 'device-token-mismatch';
  return cause;
}

function nameCause(failure: ConnectFailure): Cause {
  if (failure.pairing) {
    return PAIRING_REASONS.find((reason) => reason === failure.pairing?.reason) ?? 'not-paired';
  }
  if (failure.detailCode !== null) {
    const known =
      BY_REASON.find(([reason]) => reason.test(failure.detailReason ?? ''))?.[1] ??
      BY_DETAIL[failure.detailCode];
    if (known) return known;
  }
  if (failure.errorCode === 'UNAVAILABLE' && failure.isRetryable) {
    return /starting|restart/i.test(failure.message) ? 'gateway-starting' : 'gateway-unavailable';
  }
  // A detail code that we do not know says something we do not understand: words must not overrule it.
  if (failure.detailCode !== null) return 'unknown-refusal';
  return BY_WORDS.find(([words]) => words.test(failure.message))?.[1] ?? 'unknown-refusal';
}

/**
 * The one function that names a cause: {@link diagnose}.
 *
 * Structured detail codes come first, the gateway's words only where an old gateway sends no code, the close
 * code last. A dozen different faults arrive under the number 1008; the number alone names none.
 */
import type { ConnectErrorDetailCode } from '@openclaw/gateway-protocol/connect-error-details';
import type { Cause, CredentialKind } from './causes.ts';
import { type ConnectFailure, PROTOCOLS } from './protocol.ts';

/** Detail codes of `error.details.code`, by the tables of the protocol package. */
const BY_DETAIL: Readonly<Partial<Record<ConnectErrorDetailCode, Cause>>> = {
  AUTH_DEVICE_TOKEN_MISMATCH: 'device-token-mismatch',
  AUTH_TOKEN_MISMATCH: 'gateway-secret-mismatch',
  AUTH_PASSWORD_MISMATCH: 'gateway-password-mismatch',
  AUTH_TOKEN_MISSING: 'gateway-secret-missing',
  AUTH_PASSWORD_MISSING: 'gateway-password-missing',
  AUTH_BOOTSTRAP_TOKEN_INVALID: 'setup-code-rejected',
  AUTH_TOKEN_NOT_CONFIGURED: 'gateway-secret-unset',
  AUTH_PASSWORD_NOT_CONFIGURED: 'gateway-secret-unset',
  AUTH_TAILSCALE_IDENTITY_MISSING: 'proxy-identity-missing',
  AUTH_TAILSCALE_PROXY_MISSING: 'proxy-identity-missing',
  AUTH_TAILSCALE_WHOIS_FAILED: 'proxy-identity-missing',
  AUTH_TAILSCALE_IDENTITY_MISMATCH: 'proxy-identity-missing',
  AUTH_IDENTITY_HEADER_REQUIRED: 'proxy-identity-missing',
  AUTH_VERIFIED_USER_REQUIRED: 'proxy-identity-missing',
  AUTH_SCOPE_MISMATCH: 'scope-mismatch',
  AUTH_RATE_LIMITED: 'rate-limited',
  CONTROL_UI_ORIGIN_NOT_ALLOWED: 'origin-not-allowed',
  PROTOCOL_MISMATCH: 'protocol-mismatch',
  DEVICE_AUTH_SIGNATURE_EXPIRED: 'clock-skew',
  DEVICE_AUTH_INVALID: 'device-auth-invalid',
  DEVICE_AUTH_DEVICE_ID_MISMATCH: 'device-auth-invalid',
  DEVICE_AUTH_NONCE_REQUIRED: 'device-auth-invalid',
  DEVICE_AUTH_NONCE_MISMATCH: 'device-auth-invalid',
  DEVICE_AUTH_SIGNATURE_INVALID: 'device-auth-invalid',
  DEVICE_AUTH_PUBLIC_KEY_INVALID: 'device-auth-invalid',
  DEVICE_IDENTITY_REQUIRED: 'device-identity-required',
};

/** The code comes from outside: `constructor` is none of ours. */
const isListed = (code: string): code is ConnectErrorDetailCode => Object.hasOwn(BY_DETAIL, code);

/** Finer reasons beside codes that stand for many: `DEVICE_AUTH_INVALID` (2026.2.22 to 2.26), `AUTH_UNAUTHORIZED`. */
const BY_REASON: readonly (readonly [RegExp, Cause])[] = [
  [/^device-signature-stale$/, 'clock-skew'],
  [/^trusted_proxy_origin_not_allowed$/, 'origin-not-allowed'],
  [/^proxy_attribution_required$/, 'proxy-untrusted'],
  [/^trusted_proxy_(untrusted_source|no_proxies_configured)$/, 'proxy-source-untrusted'],
  [/^trusted_proxy_loopback_source$/, 'proxy-loopback-source'],
  [/^trusted_proxy_local_interface_/, 'proxy-on-gateway-host'],
  [/^trusted_proxy_user_missing$/, 'proxy-user-missing'],
  [/^trusted_proxy_user_not_allowed$/, 'proxy-user-not-allowed'],
  [/^trusted_proxy_missing_header_/, 'proxy-header-missing'],
  [/^(trusted_proxy|tailscale)_/, 'proxy-identity-missing'],
];

/** Words of gateways that send no detail code, first match wins: see docs/gateway.md, Refusals. */
const BY_WORDS: readonly (readonly [RegExp, Cause])[] = [
  [/device token mismatch/i, 'device-token-mismatch'],
  [/device token scope mismatch/i, 'scope-mismatch'],
  [/gateway token mismatch/i, 'gateway-secret-mismatch'],
  [/gateway password mismatch/i, 'gateway-password-mismatch'],
  [/gateway token missing/i, 'gateway-secret-missing'],
  [/gateway password missing/i, 'gateway-password-missing'],
  [/(bootstrap token|setup code) invalid/i, 'setup-code-rejected'],
  [/too many failed authentication attempts/i, 'rate-limited'],
  [/origin not allowed|copilot origin|canonical chrome extension origin/i, 'origin-not-allowed'],
  [/protocol mismatch/i, 'protocol-mismatch'],
  [/proxy client attribution is required/i, 'proxy-untrusted'],
  [/requires a dedicated paired device identity/i, 'identity-conflict'],
  [/invalid connect params|invalid role|browser copilot requires/i, 'client-not-accepted'],
  [/device signature expired/i, 'clock-skew'],
  [/device identity required|requires device identity/i, 'device-identity-required'],
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
  const isOfSecret = cause === 'gateway-secret-mismatch' || cause === 'gateway-password-mismatch';
  if (isOfSecret && used === 'device-token') return 'device-token-mismatch';
  if (cause === 'protocol-mismatch') return versionGap(failure.expectedProtocol) ?? cause;
  return cause;
}

/**
 * [D12] The code with which a gateway closes after this refusal: so it was with every refusal that was captured, in
 * every version.
 */
export function closeCodeOf({ errorCode, detailCode, message }: ConnectFailure): number {
  if (errorCode === 'UNAVAILABLE') return 1013;
  return detailCode === 'PROTOCOL_MISMATCH' || /^protocol mismatch/i.test(message) ? 1002 : 1008;
}

/** [D11] Which side is behind, if the gateway said what it speaks. */
function versionGap(expected: number | null): Cause | null {
  if (expected === null) return null;
  if (expected < PROTOCOLS.min) return 'gateway-too-old';
  return expected > PROTOCOLS.max ? 'gateway-too-new' : null;
}

function nameCause(failure: ConnectFailure): Cause {
  if (failure.pairing) {
    return PAIRING_REASONS.find((reason) => reason === failure.pairing?.reason) ?? 'not-paired';
  }
  if (failure.detailCode !== null) {
    const known =
      BY_REASON.find(([reason]) => reason.test(failure.detailReason ?? ''))?.[1] ??
      (isListed(failure.detailCode) ? BY_DETAIL[failure.detailCode] : undefined);
    if (known) return known;
  }
  if (failure.errorCode === 'UNAVAILABLE' && failure.isRetryable) {
    return /starting|restart/i.test(failure.message) ? 'gateway-starting' : 'gateway-unavailable';
  }
  // A detail code that we do not know says something we do not understand: words must not overrule it.
  if (failure.detailCode !== null) return 'unknown-refusal';
  return BY_WORDS.find(([words]) => words.test(failure.message))?.[1] ?? 'unknown-refusal';
}

import { describe, expect, it } from 'vitest';
import { CAUSES, type Cause, type CredentialKind, causeOf } from '../../src/gateway/causes.ts';
import { diagnose } from '../../src/gateway/diagnosis.ts';
import { failureFromClose } from '../../src/gateway/protocol.ts';
import { failureOf as failure } from '../fixtures/connection.ts';

describe('[D1] structured details decide', () => {
  it.each<[string, Cause]>([
    ['AUTH_DEVICE_TOKEN_MISMATCH', 'device-token-mismatch'],
    ['AUTH_TOKEN_MISMATCH', 'gateway-secret-mismatch'],
    ['AUTH_PASSWORD_MISMATCH', 'gateway-password-mismatch'],
    ['AUTH_TOKEN_MISSING', 'gateway-secret-missing'],
    ['AUTH_PASSWORD_MISSING', 'gateway-password-missing'],
    ['AUTH_BOOTSTRAP_TOKEN_INVALID', 'setup-code-rejected'],
    ['AUTH_TOKEN_NOT_CONFIGURED', 'gateway-secret-unset'],
    ['AUTH_TAILSCALE_IDENTITY_MISSING', 'proxy-identity-missing'],
    ['AUTH_IDENTITY_HEADER_REQUIRED', 'proxy-identity-missing'],
    ['AUTH_SCOPE_MISMATCH', 'scope-mismatch'],
    ['AUTH_RATE_LIMITED', 'rate-limited'],
    ['CONTROL_UI_ORIGIN_NOT_ALLOWED', 'origin-not-allowed'],
    ['PROTOCOL_MISMATCH', 'protocol-mismatch'],
    ['DEVICE_AUTH_SIGNATURE_EXPIRED', 'clock-skew'],
    ['DEVICE_AUTH_SIGNATURE_INVALID', 'device-auth-invalid'],
    ['DEVICE_IDENTITY_REQUIRED', 'device-identity-required'],
  ])('%s is %s', (detailCode, cause) => {
    expect(diagnose(failure({ detailCode, message: 'device token mismatch' }), null)).toBe(cause);
  });

  it('[D5] a mismatch is that of the credential we sent, in whatever field it travelled', () => {
    expect(diagnose(failure({ detailCode: 'AUTH_TOKEN_MISMATCH' }), 'device-token')).toBe(
      'device-token-mismatch',
    );
    expect(diagnose(failure({ detailCode: 'AUTH_TOKEN_MISMATCH' }), 'gateway-secret')).toBe(
      'gateway-secret-mismatch',
    );
  });

  it('[D5] a password is a secret like any other', () => {
    const facts = { detailCode: 'AUTH_PASSWORD_MISMATCH' };
    expect(diagnose(failure(facts), 'device-token')).toBe('device-token-mismatch');
    expect(diagnose(failure(facts), 'gateway-secret')).toBe('gateway-password-mismatch');
  });

  it.each<[number | null, Cause]>([
    [2, 'gateway-too-old'],
    [5, 'gateway-too-new'],
    // Ours: then something else is wrong with it.
    [4, 'protocol-mismatch'],
    [null, 'protocol-mismatch'],
  ])('[D11] a gateway that expects protocol %s is %s', (expectedProtocol, cause) => {
    for (const facts of [{ detailCode: 'PROTOCOL_MISMATCH' }, { message: 'protocol mismatch' }])
      expect(diagnose(failure({ ...facts, expectedProtocol }), null)).toBe(cause);
  });

  it.each<[string, Cause]>([
    ['proxy_attribution_required', 'proxy-untrusted'],
    ['trusted_proxy_untrusted_source', 'proxy-source-untrusted'],
    ['trusted_proxy_no_proxies_configured', 'proxy-source-untrusted'],
    ['trusted_proxy_loopback_source', 'proxy-loopback-source'],
    ['trusted_proxy_local_interface_source', 'proxy-on-gateway-host'],
    ['trusted_proxy_local_interface_check_failed', 'proxy-on-gateway-host'],
    ['trusted_proxy_user_missing', 'proxy-user-missing'],
    ['trusted_proxy_user_not_allowed', 'proxy-user-not-allowed'],
    ['trusted_proxy_missing_header_x-forwarded-proto', 'proxy-header-missing'],
    ['trusted_proxy_config_missing', 'proxy-identity-missing'],
    ['tailscale_user_missing', 'proxy-identity-missing'],
    ['trusted_proxy_origin_not_allowed', 'origin-not-allowed'],
    ['something_new', 'unknown-refusal'],
  ])('AUTH_UNAUTHORIZED because of %s is %s', (detailReason, cause) => {
    expect(diagnose(failure({ detailCode: 'AUTH_UNAUTHORIZED', detailReason }), 'none')).toBe(cause);
  });

  it.each(['NEW_THING', 'constructor'])('%s is unknown, whatever the words say', (detailCode) => {
    expect(diagnose(failure({ detailCode, message: 'gateway token mismatch' }), null)).toBe(
      'unknown-refusal',
    );
  });
});

describe('[D3] words decide where there is nothing else', () => {
  it.each<[string, CredentialKind, Cause]>([
    [
      'unauthorized: device token mismatch (rotate/reissue device token)',
      'device-token',
      'device-token-mismatch',
    ],
    // [D5] gateways up to 2026.2.21
    [
      'unauthorized: device token mismatch (rotate/reissue device token)',
      'gateway-secret',
      'gateway-secret-mismatch',
    ],
    [
      'unauthorized: gateway token mismatch (open the dashboard URL)',
      'gateway-secret',
      'gateway-secret-mismatch',
    ],
    [
      'unauthorized: gateway token missing (paste in Control UI settings)',
      'gateway-secret',
      'gateway-secret-missing',
    ],
    ['unauthorized: gateway password mismatch', 'gateway-secret', 'gateway-password-mismatch'],
    ['unauthorized: gateway password missing (enter it)', 'none', 'gateway-password-missing'],
    ['device identity required', 'none', 'device-identity-required'],
    ['control ui requires device identity (use HTTPS)', 'none', 'device-identity-required'],
    [
      'unauthorized: bootstrap token invalid or expired (scan a fresh setup code)',
      'setup-code',
      'setup-code-rejected',
    ],
    [
      'unauthorized: setup code invalid, expired, revoked, or already used',
      'setup-code',
      'setup-code-rejected',
    ],
    ['unauthorized: too many failed authentication attempts (retry later)', 'gateway-secret', 'rate-limited'],
    ['pairing required', 'gateway-secret', 'not-paired'],
    ['origin not allowed (open the Control UI from the gateway host)', 'setup-code', 'origin-not-allowed'],
    ['protocol mismatch', 'device-token', 'protocol-mismatch'],
    ['browser copilot requires a dedicated paired device identity', 'gateway-secret', 'identity-conflict'],
    ['invalid connect params: at /client/id: must be equal to constant', 'setup-code', 'client-not-accepted'],
    ['device signature expired', 'device-token', 'clock-skew'],
    ['device nonce mismatch', 'device-token', 'device-auth-invalid'],
    ['the moon is in the wrong house', 'device-token', 'unknown-refusal'],
  ])('%s, after a %s', (reason, used, cause) => {
    expect(diagnose(failureFromClose(reason), used)).toBe(cause);
  });
});

describe('the catalogue', () => {
  it('a gateway that will be there in a moment is not broken', () => {
    const starting = {
      errorCode: 'UNAVAILABLE',
      isRetryable: true,
      message: 'gateway starting; retry shortly',
    };
    expect(diagnose(failure(starting), null)).toBe('gateway-starting');
    expect(diagnose(failure({ ...starting, message: 'busy' }), null)).toBe('gateway-unavailable');
  });

  it.each(CAUSES.filter((cause) => causeOf(cause).bearing === 'needs-you'))(
    '%s says how it is ended',
    (cause) => {
      expect(causeOf(cause).unblock).toBeDefined();
    },
  );
});

/** With what a client came, as the gateway's log names it beside the reason for a refusal. */
import type { CredentialKind } from '../gateway/causes.ts';

const KINDS: ReadonlyMap<string, CredentialKind> = new Map([
  ['token', 'gateway-secret'],
  ['password', 'gateway-secret'],
  ['device-token', 'device-token'],
  ['bootstrap-token', 'setup-code'],
  ['none', 'none'],
]);

/**
 * The credential of a refused connect; `null` where the log does not tell.
 *
 * [D5] Gateways up to 2026.2.21 call an old secret and an old device token by one name, and log them as one kind.
 *
 * @param provided `authProvided` of the log
 * @param reason `authReason`
 */
export function loggedCredential(provided: string | null, reason: string | null): CredentialKind | null {
  const isEither = provided === 'token' && reason === 'device_token_mismatch';
  return isEither ? null : (KINDS.get(provided ?? '') ?? null);
}

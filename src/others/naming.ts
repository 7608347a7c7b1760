/**
 * What a refusal is called: which kind of client, which diagnosis. The same names as for ourselves and for pasted texts, so
 * that one table of cures serves all. Pure.
 *
 * - O7 Client and cause are named by the gateway's own codes, and by nothing else. What they do not tell is `unknown`; what
 *   was said of the same device elsewhere counts.
 */
import { resolveAuthConnectErrorDetailCode } from '@openclaw/gateway-protocol/connect-error-details';
import { loggedCredential } from '../explain/logged-credential.ts';
import type { ClientKind, ExplainedCode } from '../explain/types.ts';
import { diagnose } from '../gateway/diagnosis.ts';
import type { Facts, Others, Visitor } from './state.ts';

/** Who it is. Names, version and platform are the client's own words. */
export interface Client {
  readonly kind: ClientKind;
  /** The protocol's name of the program, such as `openclaw-tui`, and its mode. */
  readonly id: string | null;
  readonly mode: string | null;
  readonly name: string | null;
  readonly version: string | null;
  readonly platform: string | null;
  /** The beginning of the device id. */
  readonly device: string | null;
  /** An IP address; of a client on the gateway's own computer that of loopback. */
  readonly address: string | null;
  /** Of the page or extension that it runs in. */
  readonly origin: string | null;
}

const KINDS: ReadonlyMap<string, ClientKind> = new Map([
  ['cli', 'cli'],
  ['openclaw-probe', 'cli'],
  ['openclaw-tui', 'tui'],
  ['openclaw-control-ui', 'dashboard'],
  ['webchat-ui', 'dashboard'],
  ['webchat', 'dashboard'],
  ['openclaw-ios', 'phone'],
  ['openclaw-android', 'phone'],
  ['openclaw-watchos', 'phone'],
  ['node-host', 'node'],
  ['openclaw-browser-copilot', 'extension'],
  ['gateway-client', 'operator'],
  ['openclaw-macos', 'operator'],
  ['openclaw-linux', 'operator'],
  ['openclaw-worker', 'operator'],
]);

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

export const isLoopback = (address: string | null): boolean => address !== null && LOOPBACK.test(address);

/** What kind of client it is. */
export function kindOf({ id, mode, name, platform, address, origin }: Omit<Client, 'kind'>): ClientKind {
  if (origin !== null) return /^https?:/.test(origin) ? 'dashboard' : 'extension';
  // Lists of before 2026.9 give no program; this extension says of itself what it runs on.
  if (mode === 'node') return 'node';
  if (mode === 'webchat') return 'dashboard';
  if (platform === 'browser-extension') return 'extension';
  // Commands call by that name, and so do the gateway's own tools; those come from its own computer.
  const isCall = id === 'gateway-client' && name?.startsWith('gateway:') === true;
  if (isCall && address !== null && !isLoopback(address)) return 'cli';
  return KINDS.get(id ?? '') ?? 'unknown';
}

const kinded = (client: Omit<Client, 'kind'>): Client => ({ ...client, kind: kindOf(client) });

/** The client of a refusal: what its line does not say may have been said of the same device before. */
export function clientOf(
  facts: Facts,
  { refused, visitors, names }: Pick<Others, 'refused' | 'visitors' | 'names'>,
): Client {
  const told = {
    id: facts.client,
    mode: facts.mode,
    name: facts.clientDisplayName,
    version: facts.version,
    platform: facts.platform,
    device: facts.deviceId,
    address: facts.forwardedFor ?? facts.remoteAddr,
    origin: facts.origin,
  };
  const { deviceId } = facts;
  if (told.id !== null || deviceId === null) return kinded(told);
  const visitor = visitors.find((each) => each.deviceId === deviceId);
  if (visitor) {
    const { id, mode, name, version, platform } = visitorClient(visitor);
    return kinded({ ...told, id, mode, name, version, platform });
  }
  const other = refused.find((each) => each.deviceId === deviceId && each.client !== null);
  return kinded({ ...told, id: other?.client ?? names[deviceId] ?? null });
}

export function visitorClient({ clientId, host, ip, deviceId, ...rest }: Visitor): Client {
  // A gateway lists who has no name by the program's.
  const isProgram = KINDS.has(host ?? '');
  return kinded({
    id: clientId ?? (isProgram ? host : null),
    mode: rest.mode,
    name: isProgram ? null : host,
    version: rest.version,
    platform: rest.platform,
    device: deviceId,
    address: ip,
    origin: null,
  });
}

/** Causes of the log that are codes of ours by another name. */
const BY_CAUSE: ReadonlyMap<string, ExplainedCode> = new Map([
  ['protocol-mismatch', 'protocol-mismatch'],
  ['control-ui-build-mismatch', 'protocol-mismatch'],
  ['origin-mismatch', 'origin-not-allowed'],
  ['device-required', 'device-identity-required'],
  ['control-ui-insecure-auth', 'device-identity-required'],
  // Its first frame has something in it that this version does not know.
  ['invalid-handshake', 'client-not-accepted'],
  ['invalid-role', 'client-not-accepted'],
  ['invalid-client', 'client-not-accepted'],
]);

const BY_REASON: ReadonlyMap<string, ExplainedCode> = new Map([
  ['proxy_attribution_required', 'proxy-untrusted'],
  // The client sends what stands for the secret where a configuration was shown.
  ['token_redacted_config', 'gateway-secret-mismatch'],
]);

/** Why it was refused. */
export function codeOf({ cause, reason, authReason, authProvided }: Facts): ExplainedCode {
  const known = BY_REASON.get(authReason ?? '') ?? BY_CAUSE.get(cause ?? '');
  if (known) return known;
  const detailCode =
    cause === 'device-auth-invalid'
      ? 'DEVICE_AUTH_INVALID'
      : cause === 'unauthorized'
        ? resolveAuthConnectErrorDetailCode(authReason ?? undefined)
        : null;
  const failure = {
    errorCode: null,
    detailCode,
    detailReason: authReason ?? reason,
    message: '',
    pairing: cause === 'pairing-required' ? { reason, requestId: null } : null,
    isRetryable: false,
    retryAfterMs: null,
    expectedProtocol: null,
  };
  return diagnose(failure, loggedCredential(authProvided, authReason));
}

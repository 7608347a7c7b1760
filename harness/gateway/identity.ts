/** Device identities and the `connect` frames that they sign. Frames may be wrong on purpose. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { buildDeviceAuthPayload } from '@openclaw/gateway-client/browser';
import type { AuthField, Sent } from './capture-format.ts';

/** The id under which the extension is known: that of the `key` in our manifest. */
export const EXTENSION_ORIGIN = 'chrome-extension://ihhfanmngfalclojimmjibekiibklooo';

/** The id of every `connect`; answers to it are recognised by it. */
export const CONNECT_ID = 'connect';

export interface Identity {
  readonly deviceId: string;
  readonly publicKey: string;
  readonly key: KeyObject;
}

export function newIdentity(): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  // The raw key is the last 32 bytes of its DER form.
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return {
    deviceId: createHash('sha256').update(raw).digest('hex'),
    publicKey: raw.toString('base64url'),
    key: privateKey,
  };
}

/** Who a client says it is. */
export interface Profile {
  readonly id: string;
  readonly mode: string;
  readonly caps: readonly string[];
}

export const COPILOT: Profile = {
  id: 'openclaw-browser-copilot',
  mode: 'ui',
  caps: ['run-tool-bindings', 'session-scoped-events'],
};
export const GATEWAY_CLIENT: Profile = { id: 'gateway-client', mode: 'ui', caps: [] };

/** A credential: where it goes, what it is called in fixtures, and what it is. */
export interface Credential {
  readonly field: AuthField;
  readonly value: string;
  readonly secret: string;
}

/** One `connect`. What is left out is what the extension does. */
export interface Attempt {
  readonly profile: Profile;
  /** `null` sends no device block. */
  readonly identity: Identity | null;
  readonly credential?: Credential | undefined;
  readonly role?: string;
  readonly scopes?: readonly string[];
  readonly platform?: string;
  readonly origin?: string | null;
  readonly protocol?: number;
  /** Added to the challenge's time, in milliseconds. */
  readonly signedAtOffset?: number;
  readonly nonce?: string;
  readonly deviceId?: string;
  readonly badSignature?: boolean;
  /** Merged into the parameters. */
  readonly extra?: Record<string, unknown>;
  readonly note?: string;
}

const DEFAULTS = { role: 'operator', scopes: ['operator.read'], platform: 'browser-extension' };

/** What a fixture tells about an attempt. */
export const describeAttempt = (attempt: Attempt): Sent => ({
  clientId: attempt.profile.id,
  mode: attempt.profile.mode,
  role: attempt.role ?? DEFAULTS.role,
  scopes: attempt.scopes ?? DEFAULTS.scopes,
  platform: attempt.platform ?? DEFAULTS.platform,
  credential: attempt.credential
    ? { field: attempt.credential.field, value: attempt.credential.value }
    : null,
  origin: attempt.origin === undefined ? EXTENSION_ORIGIN : attempt.origin,
  ...(attempt.note && { note: attempt.note }),
});

/** The text of the frame that answers a challenge. */
export function connectText(attempt: Attempt, challenge: { nonce: string; ts: number }): string {
  const { profile, identity, credential } = attempt;
  const role = attempt.role ?? DEFAULTS.role;
  const scopes = [...(attempt.scopes ?? DEFAULTS.scopes)];
  const client = {
    id: profile.id,
    mode: profile.mode,
    displayName: 'Relay Health',
    version: '1',
    platform: attempt.platform ?? DEFAULTS.platform,
  };
  const protocol = attempt.protocol;
  return JSON.stringify({
    type: 'req',
    id: CONNECT_ID,
    method: 'connect',
    params: {
      minProtocol: protocol ?? 3,
      maxProtocol: protocol ?? 4,
      client,
      role,
      scopes,
      ...(profile.caps.length > 0 && { caps: profile.caps }),
      ...(credential && { auth: { [credential.field]: credential.secret } }),
      ...(identity && { device: deviceBlock(attempt, identity, role, scopes, challenge) }),
      ...attempt.extra,
    },
  });
}

function deviceBlock(
  attempt: Attempt,
  identity: Identity,
  role: string,
  scopes: string[],
  challenge: { nonce: string; ts: number },
): unknown {
  const { profile, credential } = attempt;
  const nonce = attempt.nonce ?? challenge.nonce;
  const signedAt = challenge.ts + (attempt.signedAtOffset ?? 0);
  const deviceId = attempt.deviceId ?? identity.deviceId;
  const payload = buildDeviceAuthPayload({
    deviceId,
    clientId: profile.id,
    clientMode: profile.mode,
    role,
    scopes,
    signedAtMs: signedAt,
    // A password is never part of what is signed.
    token: credential && credential.field !== 'password' ? credential.secret : '',
    nonce,
  });
  const signed = attempt.badSignature ? `${payload} ` : payload;
  return {
    id: deviceId,
    publicKey: identity.publicKey,
    signature: sign(null, Buffer.from(signed), identity.key).toString('base64url'),
    signedAt,
    nonce,
  };
}

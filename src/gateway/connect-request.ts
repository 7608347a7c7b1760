/** The `connect` frame: what is claimed, what is signed, which field carries the credential. Pure. */
import type { Secret } from '../secret.ts';
import type { CredentialKind } from './causes.ts';
import { CLIENT_MODE, OWN_CLIENTS, type OwnClientKind, type Profile } from './compatibility.ts';
import { CONNECT_ID, PROTOCOLS } from './protocol.ts';

/** [K1] Constant for ever, and without a browser or OS version: a change would ask for a new approval. */
const DESCRIPTION = { displayName: 'Relay Health', version: '1', platform: 'browser-extension' } as const;

/** The least that lets us know whether the gateway lives. Frozen with the pairing. */
export const ROLE = 'operator';
export const SCOPES = ['operator.read'] as const;

/** The device identity's public side. */
export interface PublicIdentity {
  /** Lower-case hex SHA-256 of the raw public key. */
  readonly deviceId: string;
  /** base64url of the raw Ed25519 public key. */
  readonly publicKey: string;
}

export interface Challenge {
  readonly nonce: string;
  /** [C8] The challenge's own time: a wrong local clock cannot spoil the signature. */
  readonly signedAt: number;
}

/**
 * What the device key signs. Version 2 of the payload, which every gateway since 2026.2 accepts; version 3
 * fails before 2026.2.26.
 *
 * @param credential `null` where none is sent
 */
export const signedPayload = (
  deviceId: string,
  client: OwnClientKind,
  { nonce, signedAt }: Challenge,
  credential: Secret | null,
): string =>
  [
    'v2',
    deviceId,
    OWN_CLIENTS[client].id,
    CLIENT_MODE,
    ROLE,
    SCOPES.join(','),
    signedAt,
    credential?.reveal() ?? '',
    nonce,
  ].join('|');

/**
 * [K2] The credential in the field that this gateway knows; anything unknown in `auth` is refused. A gateway
 * secret goes into both fields: whether it is a token or a password is the gateway's setting, and it reads one.
 */
function authOf(kind: CredentialKind, credential: Secret, profile: Profile): Record<string, string> {
  const value = credential.reveal();
  switch (kind) {
    case 'device-token':
      return { [profile.deviceTokenField]: value };
    case 'setup-code':
      return { bootstrapToken: value };
    case 'gateway-secret':
      return { token: value, password: value };
    case 'none':
      return {};
    default:
      return kind satisfies never;
  }
}

/** What a `connect` is made of. */
interface ConnectRequest {
  readonly identity: PublicIdentity;
  readonly profile: Profile;
  readonly challenge: Challenge;
  readonly kind: CredentialKind;
  /** `null` where none is sent. */
  readonly credential: Secret | null;
  /** Of {@link signedPayload}, base64url. */
  readonly signature: string;
}

/** The frame's text. It contains the credential: send it, and let go of it. */
export function connectFrame({
  identity,
  profile,
  challenge,
  kind,
  credential,
  signature,
}: ConnectRequest): string {
  const { id, caps } = OWN_CLIENTS[profile.client];
  return JSON.stringify({
    type: 'req',
    id: CONNECT_ID,
    method: 'connect',
    params: {
      // [K3] A range, because gateways before 2026.5.12 insist on 3 and later ones on 4.
      minProtocol: PROTOCOLS.min,
      maxProtocol: PROTOCOLS.max,
      client: { id, mode: CLIENT_MODE, ...DESCRIPTION },
      role: ROLE,
      scopes: SCOPES,
      caps,
      ...(credential && { auth: authOf(kind, credential, profile) }),
      device: {
        id: identity.deviceId,
        publicKey: identity.publicKey,
        signature,
        signedAt: challenge.signedAt,
        nonce: challenge.nonce,
      },
    },
  });
}

/**
 * The cheapest question a connected gateway answers: 200 bytes in under a millisecond on 2026.9.6. A gateway
 * that does not know it says so, which proves its life just as well.
 */
export const askFrame = (id: string): string =>
  JSON.stringify({ type: 'req', id, method: 'gateway.identity.get', params: {} });

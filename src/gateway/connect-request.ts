/** The `connect` frame: which identity we claim, what is signed, which field carries the credential. Pure. */
import { buildDeviceAuthPayload } from '@openclaw/gateway-client/browser';
import {
  GATEWAY_CLIENT_CAPS,
  GATEWAY_CLIENT_IDS,
  GATEWAY_CLIENT_MODES,
} from '@openclaw/gateway-protocol/client-info';
import type { Secret } from '../secret.ts';
import type { CredentialKind } from './causes.ts';
import { CONNECT_ID } from './protocol.ts';

/**
 * [K1] Who we say we are. Every value is constant for ever: the gateway pins platform and client id at
 * pairing, and a change of either would ask the user for a new approval. No browser or OS version in it.
 */
export const CLIENT = {
  id: GATEWAY_CLIENT_IDS.BROWSER_COPILOT,
  mode: GATEWAY_CLIENT_MODES.UI,
  displayName: 'Relay Health',
  version: '1',
  platform: 'browser-extension',
} as const;

/** The least that lets us know whether the gateway lives. Frozen with the pairing. */
export const ROLE = 'operator';
export const SCOPES = ['operator.read'] as const;

/** Required of this client id by the gateway; the second also keeps session broadcasts away from us. */
const CAPS = [GATEWAY_CLIENT_CAPS.RUN_TOOL_BINDINGS, GATEWAY_CLIENT_CAPS.SESSION_SCOPED_EVENTS];

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
 */
export const signedPayload = (deviceId: string, { nonce, signedAt }: Challenge, credential: Secret): string =>
  buildDeviceAuthPayload({
    deviceId,
    clientId: CLIENT.id,
    clientMode: CLIENT.mode,
    role: ROLE,
    scopes: [...SCOPES],
    signedAtMs: signedAt,
    token: credential.reveal(),
    nonce,
  });

/** [K2] One credential in one field: anything unknown in `auth` makes a gateway refuse the whole frame. */
const authField = (kind: CredentialKind): 'token' | 'deviceToken' | 'bootstrapToken' =>
  kind === 'device-token' ? 'deviceToken' : kind === 'setup-code' ? 'bootstrapToken' : 'token';

/** The frame's text. It contains the credential: send it, and let go of it. */
export function connectFrame(
  identity: PublicIdentity,
  challenge: Challenge,
  kind: CredentialKind,
  credential: Secret,
  signature: string,
): string {
  return JSON.stringify({
    type: 'req',
    id: CONNECT_ID,
    method: 'connect',
    params: {
      // [K3] A range, because gateways before 2026.5.12 insist on 3 and later ones on 4.
      minProtocol: 3,
      maxProtocol: 4,
      client: CLIENT,
      role: ROLE,
      scopes: SCOPES,
      caps: CAPS,
      auth: { [authField(kind)]: credential.reveal() },
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

/** Would a gateway of 2026.9.6 let this `connect` in? In the order in which it looks. Pure but for the new token. */
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { buildDeviceAuthPayload, buildDeviceAuthPayloadV3 } from '@openclaw/gateway-client/browser';

const CAPS = ['run-tool-bindings', 'session-scoped-events'];
/** Milliseconds that a signature is good for. */
const SIGNATURE_LASTS_MS = 120_000;
/** DER of an Ed25519 public key, up to the key itself. */
const DER_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** A paired device: who it is, and the token that it was given. */
export interface Device {
  readonly clientId: string;
  readonly token: string;
}

export interface Register {
  readonly secret: string;
  /** By device id. A device that knows the secret is paired at once: nobody is there to approve it. */
  readonly devices: Map<string, Device>;
}

export interface Challenged {
  readonly nonce: string;
  readonly origin: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type Verdict =
  | { readonly admitted: true; readonly method: 'token' | 'device-token'; readonly device: Device }
  /** `situation` is the capture that has the refusal's words. */
  | { readonly admitted: false; readonly situation: string };

const refused = (situation: string): Verdict => ({ admitted: false, situation });

/** @param params those of the `connect` request, as they came */
export function judgeConnect(params: any, challenged: Challenged, register: Register): Verdict {
  const { client, device, role, scopes, caps = [] } = params;
  if (client?.id !== 'openclaw-browser-copilot') return refused('gateway-client-not-listed');
  if (!challenged.origin?.startsWith('chrome-extension://')) return refused('copilot-no-origin');
  if (!(params.minProtocol <= 4 && params.maxProtocol >= 4)) return refused('copilot-protocol-9');
  if (client.mode !== 'ui' || !CAPS.every((cap) => caps.includes(cap)))
    return refused('copilot-without-caps');
  if (!device) return refused('copilot-no-device');
  const { token = '', deviceToken = '', password = '' } = params.auth ?? {};
  const raw = Buffer.from(device.publicKey, 'base64url');
  if (createHash('sha256').update(raw).digest('hex') !== device.id) return refused('copilot-wrong-device-id');
  if (Math.abs(challenged.now - device.signedAt) > SIGNATURE_LASTS_MS)
    return refused('copilot-expired-signed-at');
  if (device.nonce !== challenged.nonce) return refused('copilot-bad-nonce');
  const signed = {
    deviceId: device.id,
    clientId: client.id,
    clientMode: client.mode,
    role,
    scopes,
    signedAtMs: device.signedAt,
    token: token || deviceToken,
    nonce: device.nonce,
    platform: client.platform,
    deviceFamily: client.deviceFamily,
  };
  const key = createPublicKey({ key: Buffer.concat([DER_HEAD, raw]), format: 'der', type: 'spki' });
  const signature = Buffer.from(device.signature, 'base64url');
  const isGenuine = [buildDeviceAuthPayloadV3(signed), buildDeviceAuthPayload(signed)].some((payload) =>
    verify(null, Buffer.from(payload), key, signature),
  );
  if (!isGenuine) return refused('copilot-bad-signature');
  const known = register.devices.get(device.id);
  if (deviceToken !== '') {
    return known && known.token === deviceToken
      ? { admitted: true, method: 'device-token', device: known }
      : refused('copilot-bogus-device-token');
  }
  if (token === '' && password === '') return refused('copilot-no-credential');
  if (token !== register.secret && password !== register.secret) return refused('copilot-wrong-secret');
  // A connect by the secret mints the device's token anew, and the one before dies.
  const fresh = { clientId: client.id, token: randomBytes(32).toString('base64url') };
  register.devices.set(device.id, fresh);
  return { admitted: true, method: 'token', device: fresh };
}

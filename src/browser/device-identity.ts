/** Who this browser is to one gateway: a device id, a public key, and the ability to sign. */
import type { PublicIdentity } from '../gateway/connect-request.ts';
import { toBase64Url, toHex } from './bytes.ts';
import { deviceKey } from './keys.ts';

export interface DeviceIdentity extends PublicIdentity {
  /** base64url of the Ed25519 signature over the UTF-8 of `text`. */
  sign(text: string): Promise<string>;
}

/** Loads or makes the identity. Rejects if the browser cannot keep or use the key. */
export async function deviceIdentity(gatewayId: string, clientId: string): Promise<DeviceIdentity> {
  const { publicKey, privateKey } = await deviceKey(gatewayId, clientId);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return {
    deviceId: toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', raw))),
    publicKey: toBase64Url(raw),
    async sign(text) {
      const signature = await crypto.subtle.sign('Ed25519', privateKey, new TextEncoder().encode(text));
      return toBase64Url(new Uint8Array(signature));
    },
  };
}

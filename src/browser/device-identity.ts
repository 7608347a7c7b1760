/** Who this browser is to one gateway: a device id, a public key, and the ability to sign. */
import type { PublicIdentity } from '../gateway/connect-request.ts';
import { toBase64Url, toHex } from './bytes.ts';
import { deviceKey, storedDeviceKey } from './keys.ts';

export interface DeviceIdentity extends PublicIdentity {
  /** base64url of the Ed25519 signature over the UTF-8 of `text`. */
  sign(text: string): Promise<string>;
}

/** Loads or makes the identity. Rejects if the browser cannot keep or use the key. */
export async function deviceIdentity(gatewayId: string, clientId: string): Promise<DeviceIdentity> {
  const { publicKey, privateKey } = await deviceKey(gatewayId, clientId);
  const raw = await rawKey(publicKey);
  return {
    deviceId: await deviceIdOf(raw),
    publicKey: toBase64Url(raw),
    async sign(text) {
      const signature = await crypto.subtle.sign('Ed25519', privateKey, new TextEncoder().encode(text));
      return toBase64Url(new Uint8Array(signature));
    },
  };
}

/** The device id by which a gateway knows this browser, as it lies there; `null` if there is none. Never throws. */
export async function storedDeviceId(gatewayId: string, clientId: string): Promise<string | null> {
  try {
    const pair = await storedDeviceKey(gatewayId, clientId);
    return pair ? await deviceIdOf(await rawKey(pair.publicKey)) : null;
  } catch {
    return null;
  }
}

const rawKey = async (key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.exportKey('raw', key));

/** Lower-case hex of the SHA-256 of the raw public key. */
const deviceIdOf = async (raw: Uint8Array<ArrayBuffer>): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', raw)));

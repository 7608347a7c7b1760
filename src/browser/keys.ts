/**
 * The keys of this installation: one Ed25519 device key per gateway and client identity, and one AES-GCM key
 * that seals what is stored. All are made non-extractable and never leave IndexedDB; neither our own code nor
 * anything that reads `storage.local` can get at them.
 */
import { createStore, del, delMany, get, keys, set } from 'idb-keyval';

const STORE = createStore('relay-health', 'keys');
const SEALING_KEY = 'sealing';

const DEVICE_KEYS = 'device:';
const deviceKeyName = (gatewayId: string, clientId: string): string =>
  `${DEVICE_KEYS}${gatewayId}:${clientId}`;

/** Keys being made or loaded, so that two callers at once get the same one. */
const pending = new Map<string, Promise<CryptoKey | CryptoKeyPair>>();

function once<K extends CryptoKey | CryptoKeyPair>(name: string, make: () => Promise<K>): Promise<K> {
  const running = pending.get(name) as Promise<K> | undefined;
  if (running) return running;
  const loading = (async () => {
    const stored = await get<K>(name, STORE);
    if (stored) return stored;
    const made = await make();
    await set(name, made, STORE);
    return made;
  })();
  pending.set(name, loading);
  // A failure must not stick: the next caller tries again.
  loading.catch(() => pending.delete(name));
  return loading;
}

/** The device key for one gateway; made on first use. Rejects if the browser has no IndexedDB or no Ed25519. */
export const deviceKey = (gatewayId: string, clientId: string): Promise<CryptoKeyPair> =>
  once(deviceKeyName(gatewayId, clientId), async () => {
    const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return pair as CryptoKeyPair;
  });

/** The device key as it lies there, without making one. Rejects if the browser cannot reach it. */
export const storedDeviceKey = (gatewayId: string, clientId: string): Promise<CryptoKeyPair | undefined> =>
  get<CryptoKeyPair>(deviceKeyName(gatewayId, clientId), STORE);

export const sealingKey = (): Promise<CryptoKey> =>
  once(SEALING_KEY, () =>
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  );

/** Ends the identity at one gateway for good: the next pairing is that of a new device. */
export async function forgetDeviceKey(gatewayId: string, clientId: string): Promise<void> {
  const name = deviceKeyName(gatewayId, clientId);
  pending.delete(name);
  await del(name, STORE);
}

/**
 * Ends every identity, also those of gateways that nobody knows any more. The sealing key stays: a worker that runs
 * would go on with one that is not kept.
 */
export async function forgetAllDeviceKeys(): Promise<void> {
  const names = await keys<string>(STORE);
  await delMany(
    names.filter((name) => name.startsWith(DEVICE_KEYS)),
    STORE,
  );
}

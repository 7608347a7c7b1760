/** What the tests look at from outside: the gateway's log and what lies on the browser's disk. */
import type { ExtensionBrowser } from './browser/browser.ts';
import { extensionId } from './browser/extension-id.ts';
import type { Connect, Gateway } from './gateway/openclaw.ts';
import { BUILD } from './process/build.ts';

const OUR_ORIGIN = `chrome-extension://${extensionId(BUILD)}`;

/** How many connects the gateway has seen until now, of anybody: what {@link connectsSince} counts from. */
export async function connectsSoFar(gateway: Gateway): Promise<number> {
  await gateway.logIsWhole();
  return gateway.connects().length;
}

/** Our connects that the gateway saw after the first `since` ones; those of its own command line left out. */
export async function connectsSince(gateway: Gateway, since: number): Promise<Connect[]> {
  await gateway.logIsWhole();
  return gateway
    .connects()
    .slice(since)
    .filter(({ clientId, origin }) =>
      origin === undefined ? clientId === 'openclaw-browser-copilot' : origin === OUR_ORIGIN,
    );
}

/** Connects that the gateway judged: those it only asked to come back later are left out. */
export async function judgedSince(gateway: Gateway, since: number): Promise<Connect[]> {
  return (await connectsSince(gateway, since)).filter(({ cause }) => cause !== 'startup-sidecars-pending');
}

/** All of `storage.local`, as text. */
export const everythingStored = (ext: ExtensionBrowser): Promise<string> =>
  ext.evaluate(async () => JSON.stringify(await (globalThis as any).chrome.storage.local.get(null)), null);

/** Opens the sealed device token as the extension itself does: with the key that is kept beside it. */
export const deviceToken = (ext: ExtensionBrowser): Promise<string> =>
  ext.evaluate(async () => {
    const { storage } = (globalThis as any).chrome;
    const everything: Record<string, any> = await storage.local.get(null);
    const [name = '', item] =
      Object.entries(everything).find(([key]) => /^credential:.*:device-token$/.test(key)) ?? [];
    const bytes = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const database = await new Promise<IDBDatabase>((done) => {
      const opening = indexedDB.open('relay-health');
      opening.onsuccess = () => done(opening.result);
    });
    const key = await new Promise<CryptoKey>((done) => {
      const reading = database.transaction('keys').objectStore('keys').get('sealing');
      reading.onsuccess = () => done(reading.result);
    });
    database.close();
    const additionalData = new TextEncoder().encode(name.slice('credential:'.length));
    const { iv, data } = item.value[0];
    return new TextDecoder().decode(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv), additionalData }, key, bytes(data)),
    );
  }, null);

/** The keys in IndexedDB: name, and whether any of them could be exported. */
export const publicKeys = (ext: ExtensionBrowser): Promise<{ name: string; isExtractable: boolean }[]> =>
  ext.evaluate(
    () =>
      new Promise<{ name: string; isExtractable: boolean }[]>((done, failed) => {
        const opening = indexedDB.open('relay-health');
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('keys').objectStore('keys');
          const found: { name: string; isExtractable: boolean }[] = [];
          const cursor = store.openCursor();
          cursor.onerror = () => failed(cursor.error);
          cursor.onsuccess = () => {
            const row = cursor.result;
            if (!row) {
              opening.result.close();
              return done(found);
            }
            const secretKey = row.value.privateKey ?? row.value;
            found.push({ name: String(row.key), isExtractable: secretKey.extractable });
            row.continue();
          };
        };
      }),
    null,
  );

/** The device id of this browser's identity, by its public key. */
export const ownDeviceId = (ext: Pick<ExtensionBrowser, 'evaluate'>): Promise<string> =>
  ext.evaluate(
    () =>
      new Promise<string>((done, failed) => {
        const opening = indexedDB.open('relay-health');
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('keys').objectStore('keys');
          const keys = store.getAll(IDBKeyRange.bound('device:', 'device;'));
          keys.onerror = () => failed(keys.error);
          keys.onsuccess = async () => {
            opening.result.close();
            const raw = await crypto.subtle.exportKey('raw', keys.result[0].publicKey);
            const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', raw));
            done([...hash].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
          };
        };
      }),
    null,
  );

/** Ids of the devices of this extension that a gateway has paired; other tests may have left theirs. */
export async function ourDevices(gateway: Gateway): Promise<string[]> {
  const { paired } = await gateway.devices();
  return paired
    .filter(({ clientId }) => clientId === 'openclaw-browser-copilot')
    .map(({ deviceId }) => deviceId)
    .sort();
}

/** Ids of the requests by which this device waits for approval; other tests may have left theirs. */
export async function requestsOf(gateway: Gateway, deviceId: string): Promise<string[]> {
  const { pending } = await gateway.devices();
  return pending.filter((each) => each.deviceId === deviceId).map(({ requestId }) => requestId);
}

/** The process group of the browser, to stop and continue it as sleep does. */
export async function browserGroup(ext: ExtensionBrowser): Promise<number> {
  const session = await ext.context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  const pid = processInfo.find(({ type }) => type === 'browser')?.id;
  if (pid === undefined) throw new Error('the browser does not tell its process id');
  return -pid;
}

/** Faults of this browser: what it lost, forgot, or is cut off from. */
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { waitForStatus } from '../../harness/browser/popup-page.ts';
import { type Fault, told, WELL } from './fault.ts';
import { LAN_NAME } from './stage.ts';

/** Deletes keys of this installation whose name begins so, and lets the worker forget what it holds in memory. */
async function loseKeys(ext: ExtensionBrowser, prefix: string): Promise<void> {
  await ext.evaluate(
    (start) =>
      new Promise<void>((done, failed) => {
        const opening = indexedDB.open('relay-health');
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          const deletion = opening.result.transaction('keys', 'readwrite');
          deletion.objectStore('keys').delete(IDBKeyRange.bound(start, `${start}\uffff`));
          deletion.oncomplete = () => {
            opening.result.close();
            done();
          };
        };
      }),
    prefix,
  );
  await ext.stopWorker();
}

export const BROWSER: readonly Fault[] = [
  {
    name: 'device-key-lost',
    how: 'our device key is deleted from IndexedDB',
    expected: told('needs-you', 'device-token-mismatch', 'browser', 'new-setup-code', 1),
    async play(stage) {
      await stage.paired();
      await loseKeys(stage.ext, 'device:');
      await stage.page.reload();
    },
  },
  {
    name: 'sealing-key-lost',
    how: 'the key that seals our credentials is deleted from IndexedDB',
    expected: told('needs-you', 'credential-unreadable', 'browser', 'new-setup-code'),
    async play(stage) {
      await stage.paired();
      await loseKeys(stage.ext, 'sealing');
      await stage.page.reload();
    },
  },
  {
    name: 'storage-of-newer-version',
    how: 'the list of gateways was written by a newer version of this extension',
    expected: { ...told('needs-you', 'storage-newer', 'browser', null), cause: null },
    async play(stage) {
      await stage.paired();
      await stage.ext.evaluate(async () => {
        const { local } = (globalThis as any).chrome.storage;
        const { gateways } = await local.get('gateways');
        await local.set({ gateways: { ...gateways, version: 99 } });
      }, null);
      await stage.ext.stopWorker();
      await stage.page.reload();
    },
  },
  {
    name: 'worker-killed',
    how: 'the service worker is ended while connected',
    expected: WELL,
    async play(stage) {
      await stage.paired();
      await stage.ext.stopWorker();
      await stage.page.reload();
    },
  },
  {
    name: 'browser-offline',
    how: 'the browser loses its network; the gateway is at a name of the home network',
    expected: told('offline', 'offline', 'network', 'join-network'),
    async play(stage) {
      await stage.paired({ url: `ws://${LAN_NAME}:${stage.gateway.port}` });
      await stage.ext.context.setOffline(true);
      stage.atEnd(() => stage.ext.context.setOffline(false));
      // The open socket survives the emulation; a new worker has none.
      await stage.ext.stopWorker();
      await stage.page.reload();
      await waitForStatus(stage.page, 'offline');
    },
  },
];

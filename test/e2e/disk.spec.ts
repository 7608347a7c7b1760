/** What somebody finds who has the browser's profile: the files on the disk, after it was closed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { expect, pair, runRemedy, test, waitForStatus } from './fixtures.ts';

/** How every Ed25519 private key begins when it is written as PKCS#8. */
const PRIVATE_KEY = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Opens the sealed device token as the extension itself does: with the key that is kept beside it. */
const deviceToken = (ext: ExtensionBrowser): Promise<string> =>
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
    const { iv, data } = item.value;
    return new TextDecoder().decode(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv), additionalData }, key, bytes(data)),
    );
  }, null);

test('the profile holds no credential in clear text; the keys that open them lie in it', async ({
  launch,
  gateway,
}) => {
  const ext = await launch();
  const page = await ext.openPopupInTab();
  // In both fields: what a user types or pastes must not be remembered by the browser either.
  await pair(page, gateway.url, { secret: gateway.token });
  await waitForStatus(page, 'approval');
  await runRemedy(page, gateway);
  await waitForStatus(page, 'healthy', 60_000);
  const setupCode = await gateway.setupCode();
  await page.goto(ext.url('src/popup/index.html?add'));
  await page.getByTestId('pairing-link').fill(`${setupCode} `);
  // Left as it is: of a page that is left the browser keeps what its fields hold, unless they forbid it.
  await page.goto(ext.url('src/pages/options/index.html'));
  const token = await deviceToken(ext);
  expect(token.length).toBeGreaterThan(20);
  const { profileDir } = ext;
  await ext.close();

  const files = readdirSync(profileDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const holding = (needle: Buffer): string[] => files.filter((file) => readFileSync(file).includes(needle));
  for (const credential of [gateway.token, token, setupCode]) {
    expect(holding(Buffer.from(credential))).toEqual([]);
    expect(holding(Buffer.from(credential, 'utf16le'))).toEqual([]);
  }
  // Addresses and the past are not sealed.
  expect(holding(Buffer.from(gateway.url))).not.toEqual([]);
  // Honest: "not extractable" binds scripts, not whoever reads the disk. When this fails, SECURITY.md says too little.
  expect(holding(PRIVATE_KEY).map((file) => file.includes('IndexedDB'))).toContain(true);
});

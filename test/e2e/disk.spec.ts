/** The disk: what somebody finds there who has the browser's profile, and what happens when it is full. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { connectsSoFar, deviceToken } from '../../harness/observe.ts';
import { Simulator } from '../../harness/servers/simulator/simulator.ts';
import { mostFor } from '../../src/history/room.ts';
import { historyItem, watchedItem } from '../../src/storage/items.ts';
import { approve, expect, LONG, pair, test, waitForStatus } from './fixtures.ts';
import { needy, seed } from './seeding.ts';

/** How every Ed25519 private key begins when it is written as PKCS#8. */
const PRIVATE_KEY = Buffer.from('302e020100300506032b657004220420', 'hex');

test(
  'the profile holds no credential in clear text; the keys that open them lie in it',
  LONG,
  async ({ launch, gateway }) => {
    const ext = await launch();
    const page = await ext.openPopupInTab();
    // In both fields: what a user types or pastes must not be remembered by the browser either.
    await pair(page, gateway.url, { secret: gateway.token });
    await waitForStatus(page, 'approval');
    await approve(page, gateway);
    await waitForStatus(page, 'healthy');
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
  },
);

/** Fills what is left of the extension's share of the disk, to the last hundred bytes. */
const fillDisk = (ext: ExtensionBrowser): Promise<void> =>
  ext.evaluate(async () => {
    const { local } = (globalThis as any).chrome.storage;
    const left = local.QUOTA_BYTES - (await local.getBytesInUse(null));
    await local.set({ filler: 'x'.repeat(left - 100) });
  }, null);

const freeDisk = (ext: ExtensionBrowser): Promise<void> =>
  ext.evaluate(() => (globalThis as any).chrome.storage.local.remove('filler'), null);

const storedKeys = (ext: ExtensionBrowser): Promise<string[]> =>
  ext.evaluate(async () => Object.keys(await (globalThis as any).chrome.storage.local.get(null)), null);

test(
  '[R21] storage that is full when the owner approves loses no pairing, and says that it is not saved yet',
  LONG,
  async ({ launch, gateway }) => {
    const ext = await launch();
    const page = await ext.openPopupInTab();
    await pair(page, await gateway.setupCode());
    await waitForStatus(page, 'approval');
    await fillDisk(ext);
    await approve(page, gateway);
    await waitForStatus(page, 'healthy');
    const words = page.locator('body');
    await expect(page.getByRole('alert')).toContainText('can’t save data');
    await expect(words).toContainText('The pairing isn’t saved yet');
    await expect(words).not.toContainText('device token');
    const holds = async (kind: string): Promise<boolean> =>
      (await storedKeys(ext)).some((key) => key.startsWith('credential:') && key.endsWith(kind));
    expect([await holds(':device-token'), await holds(':setup-code')]).toEqual([false, true]);

    // The worker dies with the token; what brought it is still there.
    await page.close();
    await ext.stopWorker();
    const again = await ext.openPopupInTab();
    await waitForStatus(again, 'healthy');
    await expect(again.getByRole('alert')).toContainText('can’t save data');

    await freeDisk(ext);
    await expect(again.getByRole('alert')).toBeHidden();
    await expect.poll(() => holds(':device-token')).toBe(true);
    await expect.poll(() => holds(':setup-code')).toBe(false);
    const connects = await connectsSoFar(gateway);
    await ext.stopWorker();
    await again.reload();
    await waitForStatus(again, 'healthy');
    await expect
      .poll(() => gateway.connects().slice(connects).at(-1))
      .toMatchObject({ accepted: true, auth: 'device-token' });
  },
);

test('[H4] a past that fills the disk gives way to a pairing', LONG, async ({ launch }) => {
  const ext = await launch();
  const now = Date.now();
  const fullest = mostFor(1);
  const past = {
    startedAt: now - 90 * 86_400_000,
    incidents: Array.from({ length: fullest.incidents }, (_, index) => ({
      startedAt: now - index * 60_000,
      endedAt: now - index * 60_000 + 1,
      cause: 'connection-lost' as const,
      worst: 'reconnecting' as const,
      closeCode: 1006,
      cure: 'by-itself' as const,
    })).reverse(),
    connects: Array.from({ length: fullest.connects }, (_, index) => ({
      at: now - index * 60_000,
      helloMs: 31,
    })).reverse(),
  };
  const watched = Array.from({ length: fullest.spans }, (_, index) => ({
    from: now - index * 60_000 - 30_000,
    to: now - index * 60_000,
  })).reverse();
  // As a version without a bound over all gateways left it.
  const seeds = Array.from({ length: 50 }, (_, index) => needy(`gateway-${index}`, null, 4 + index));
  await seed(
    ext,
    seeds,
    null,
    Object.fromEntries(
      seeds.flatMap(({ gateway: { id } }) => [
        [historyItem(id).key, historyItem(id).encode(past)],
        [watchedItem(id).key, watchedItem(id).encode(watched)],
      ]),
    ),
  );
  await fillDisk(ext);
  const simulator = await Simulator.start();
  const page = await ext.open('src/popup/index.html?add');
  await pair(page, `${simulator.url}#token=${simulator.secret}`);
  await expect.poll(() => simulator.isConnected).toBe(true);
  await expect(page.getByRole('alert')).toBeHidden();
  await expect
    .poll(async () => (await storedKeys(ext)).filter((key) => key.endsWith(':device-token')).length)
    .toBe(1);
  await simulator.stop();
});

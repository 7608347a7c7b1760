/** The Browser Relay beside the gateway: what is known of it, and that nobody notices our looking. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { everythingStored } from '../../harness/observe.ts';
import { BUILD } from '../../harness/process/build.ts';
import { connectOfficialExtension, officialExtensionPath } from '../../labs/bench/official-extension.ts';
import { expect, LONG, pairAndApprove, remedyCommand, test, waitForStatus } from './fixtures.ts';

const LOOKS = 100;

/** Where a gateway keeps its relay key. */
const keyFile = (gateway: Gateway): string =>
  join(gateway.home, 'state/credentials/browser-extension-relay.secret');

const keyOf = (pairingString: string): string => pairingString.split('#').at(-1) ?? '';

/** Pastes a relay pairing string where the card asks for one. */
async function pasteRelayKey(page: Page, pairingString: string): Promise<void> {
  const field = page.getByTestId('relay-pairing-string');
  const help = page.getByTestId('relay-help');
  // On the card of a broken key it is open already.
  await expect(field.or(help)).toBeVisible();
  if (!(await field.isVisible())) await help.click();
  await field.fill(pairingString);
  await page.getByTestId('relay-verify').click();
}

const expectRelay = (page: Page, cause: string): Promise<void> =>
  expect(page.getByTestId('relay')).toHaveAttribute('data-relay', cause);

const checkNow = (page: Page): Promise<void> => page.getByRole('button', { name: /^check now/i }).click();

/** The time of the last look, as it is stored. Milliseconds. */
const lastLookAt = (ext: ExtensionBrowser): Promise<number> =>
  ext.evaluate(async () => {
    const stored = await (globalThis as any).chrome.storage.local.get(null);
    const key = Object.keys(stored).find((name) => name.startsWith('relay:')) ?? '';
    return stored[key].value.reading.at;
  }, null);

/** How often the official extension has connected, by the gateway's own account. */
async function officialConnects(gateway: Gateway): Promise<number> {
  await gateway.logIsWhole();
  return gateway.log().match(/extension connected over gateway/g)?.length ?? 0;
}

/** Asks for one look after the other, each when the one before has left its result, and returns the results. */
const lookAgain = (page: Page, times: number): Promise<{ at: number; cause: string }[]> =>
  page.evaluate(async (wanted) => {
    const { runtime, storage } = (globalThis as any).chrome;
    const stored = Object.keys(await storage.local.get(null)).find((key) => key.startsWith('relay:')) ?? '';
    const gatewayId = stored.slice('relay:'.length);
    const read = async () => (await storage.local.get(stored))[stored].value.reading;
    const results: { at: number; cause: string }[] = [];
    while (results.length < wanted) {
      const before = await read();
      const changed = new Promise<void>((done) => {
        const onChanged = (changes: object): void => {
          if (!(stored in changes)) return;
          storage.onChanged.removeListener(onChanged);
          done();
        };
        storage.onChanged.addListener(onChanged);
      });
      await runtime.sendMessage({ type: 'check', gatewayId });
      await changed;
      const { at, cause } = await read();
      if (at !== before.at) results.push({ at, cause });
    }
    return results;
  }, times);

/** The same extension, after its user has allowed it to read this computer's answers: no test can click there. */
async function withHostAccess(folder: string): Promise<string> {
  await cp(BUILD, folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({ ...manifest, host_permissions: ['http://127.0.0.1/*'] }),
  );
  return folder;
}

async function expectKeySealed(ext: ExtensionBrowser, page: Page, key: string): Promise<void> {
  const stored = await everythingStored(ext);
  expect(stored).toMatch(/credential:[^"]+:relay-key/);
  expect(stored).not.toContain(key);
  expect(await page.content()).not.toContain(key);
}

test(
  `the official extension never notices ${LOOKS} looks, and the relay proves its key to us`,
  LONG,
  async ({ launch, makeGateway }, testInfo) => {
    // One whose relay nobody was ever paired with.
    const gateway = await makeGateway();
    const ext = await launch({ extraExtensions: [officialExtensionPath(gateway.version)] });
    const page = await pairAndApprove(ext, gateway);
    await expectRelay(page, 'relay-never-paired');

    const official = await connectOfficialExtension(ext, gateway);
    await official.log.settled(60_000);
    expect(official.log.isConnected).toBe(true);
    const since = Date.now();
    await page.bringToFront();
    await checkNow(page);
    await expectRelay(page, 'relay-answers');

    const pairingString = await gateway.relayPairingString();
    await pasteRelayKey(page, pairingString);
    await expectRelay(page, 'relay-key-proved');
    await expect(page.getByTestId('relay')).toHaveAttribute('data-attached', 'unseen');
    await expect(page.getByTestId('relay')).toContainText(/can’t check the official extension/i);

    const looks = await lookAgain(page, LOOKS);
    expect(new Set(looks.map(({ cause }) => cause))).toEqual(new Set(['relay-key-proved']));
    expect(new Set(looks.map(({ at }) => at)).size).toBe(LOOKS);
    expect(official.log.lostSince(since)).toEqual([]);
    expect(official.log.isConnected).toBe(true);
    // One socket from first to last.
    expect(await officialConnects(gateway)).toBe(1);
    await expectKeySealed(ext, page, keyOf(pairingString));

    // The next life of the worker knows the key, looks for itself, and says the same.
    const before = await lastLookAt(ext);
    await ext.stopWorker();
    await page.reload();
    await expect.poll(() => lastLookAt(ext)).toBeGreaterThan(before);
    await waitForStatus(page, ['healthy', 'healed']);
    await expectRelay(page, 'relay-key-proved');
    expect(official.log.lostSince(since)).toEqual([]);
    await official.close();

    // With the permission to read its host the relay tells who is attached, and that one does not notice either.
    await ext.close();
    const permitted = await launch({
      extensionPath: await withHostAccess(testInfo.outputPath('permitted')),
      extraExtensions: [officialExtensionPath(gateway.version)],
    });
    const popup = await permitted.openPopupInTab();
    await waitForStatus(popup, ['healthy', 'healed']);
    // It takes up to half a minute to come back after its browser.
    await expect(async () => {
      await checkNow(popup);
      await expect(popup.getByTestId('relay')).toHaveAttribute('data-attached', 'yes', { timeout: 1_000 });
    }).toPass({ timeout: 180_000 });
    await expectRelay(popup, 'relay-attached');
    const sockets = await officialConnects(gateway);
    expect(sockets).toBeGreaterThan(1);
    await lookAgain(popup, 10);
    await expectRelay(popup, 'relay-attached');
    expect(await officialConnects(gateway)).toBe(sockets);
  },
);

test(
  'asleep, refused, changed, switched off: each is told apart, and a fresh pairing string ends what it can',
  LONG,
  async ({ ext, makeGateway }) => {
    const gateway = await makeGateway();
    const page = await pairAndApprove(ext, gateway);
    const pairingString = await gateway.relayPairingString();
    await checkNow(page);
    await expectRelay(page, 'relay-asleep');

    await pasteRelayKey(page, pairingString.replace(keyOf(pairingString), 'ab'.repeat(32)));
    await waitForStatus(page, 'relay');
    await expectRelay(page, 'relay-key-rejected');
    await expect.poll(async () => (await ext.badge()).text).toBe('R!');
    await expect.poll(async () => (await ext.badge()).title).toMatch(/browser relay rejects the saved key/);

    await pasteRelayKey(page, pairingString);
    await waitForStatus(page, 'healthy');
    await expectRelay(page, 'relay-asleep');
    await expect(page.getByTestId('relay')).toContainText(/key verified at/i);
    await expectKeySealed(ext, page, keyOf(pairingString));

    // Rotated for real: the file is gone, and the command that the card shows makes a new one.
    await rm(keyFile(gateway));
    await gateway.relayPairingString();
    await checkNow(page);
    await waitForStatus(page, 'relay');
    await expectRelay(page, 'relay-key-rotated');
    const printed = await gateway.shell(await remedyCommand(page));
    await pasteRelayKey(page, printed);
    await waitForStatus(page, 'healthy');
    await expectRelay(page, 'relay-asleep');

    await gateway.configure((config) => {
      config.plugins = { entries: { browser: { enabled: false } } };
    });
    await gateway.stop();
    await gateway.start();
    await gateway.ready();
    await waitForStatus(page, 'relay');
    await expectRelay(page, 'relay-plugin-missing');

    await page.getByRole('button', { name: /^more/i }).click();
    await page.getByRole('button', { name: /forget relay key/i }).click();
    await waitForStatus(page, 'healthy');
    await expectRelay(page, 'relay-plugin-missing');
    expect(await everythingStored(ext)).not.toMatch(/credential:[^"]+:relay-key/);
  },
);

/**
 * Updates: a pairing, its history and the settings outlive them, and an older version refuses what a newer one wrote
 * without harm. `PREVIOUS_PATH` names an unpacked earlier release to begin with; without one the present build begins,
 * under a lower version and with everything stored as it was first stored.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { readManifest } from '../../harness/browser/extension-id.ts';
import { connectsSince, connectsSoFar, judgedSince, ourDevices, ownDeviceId } from '../../harness/observe.ts';
import { BUILD } from '../../harness/process/build.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';
import { historyItem, settingsItem, watchedItem } from '../../src/storage/items.ts';
import { CONNECTION, GATEWAYS } from '../../src/storage/layout.ts';
import { test as base, expect, LONG, pairAndApprove, waitForStatus } from './fixtures.ts';
import { aPast } from './history-seed.ts';
import { stored } from './seeding.ts';

const PREVIOUS = process.env.PREVIOUS_PATH;

/** A folder that first holds the earlier release; `update` puts the present build in its place. */
interface Installed {
  readonly folder: string;
  update(): Promise<void>;
}

/** A lower version, whose worker has another content and so another name, and can be told from the present one. */
async function makeOlder(folder: string): Promise<void> {
  const { background, ...manifest } = readManifest(folder);
  const worker = 'assets/index.ts-previous.js';
  const code = await readFile(join(folder, background.service_worker), 'utf8');
  await rm(join(folder, background.service_worker));
  await writeFile(join(folder, worker), `globalThis.isPrevious = true;\n${code}`);
  const older = { ...manifest, version: '0.0.9', background: { ...background, service_worker: worker } };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(older));
}

const test = base.extend<{ installed: Installed }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a destructured first parameter.
  installed: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'relay-health-upgrade-'));
    const forget = keepFolder(folder);
    await cp(PREVIOUS ?? BUILD, folder, { recursive: true });
    if (PREVIOUS === undefined) await makeOlder(folder);
    await use({
      folder,
      async update() {
        await rm(folder, { recursive: true });
        await cp(BUILD, folder, { recursive: true });
      },
    });
    await rm(folder, { recursive: true, force: true });
    forget();
  },
});

/** Replaces what is stored, under a worker that does not run. */
async function rewrite(ext: ExtensionBrowser, items: Record<string, unknown>): Promise<void> {
  await ext.stopWorker();
  await ext.evaluate((all) => (globalThis as any).chrome.storage.local.set(all), items);
}

/** Gateways and connections in their first format: without a name, and without a past. */
function firstFormat(items: Record<string, any>): Record<string, unknown> {
  const old = Object.entries(items).map(([key, { value }]): [string, unknown] | null => {
    if (key === GATEWAYS.key) {
      return [key, { version: 1, value: value.map(({ name: _, ...rest }: any) => rest) }];
    }
    if (!key.startsWith(CONNECTION.key(''))) return null;
    const { evidence: _, phase, ...rest } = value;
    const { openedAt: __, ...oldPhase } = phase;
    return [key, { version: 1, value: { ...rest, phase: oldPhase } }];
  });
  return Object.fromEntries(old.filter((each) => each !== null));
}

/** As after an update: the extension is loaded anew from its folder. Pages that survive that are cut off from it. */
async function reload(ext: ExtensionBrowser): Promise<void> {
  await ext.context.newPage();
  const page = await ext.open('manifest.json');
  await page.evaluate(() => (globalThis as any).chrome.runtime.reload()).catch(() => {});
  for (const each of ext.context.pages()) if (each.url().startsWith(ext.url(''))) await each.close();
  // Until it is there again, its pages are blocked.
  const opens = (): Promise<boolean> =>
    ext.open('manifest.json').then(
      (opened) => opened.close().then(() => true),
      () => false,
    );
  await expect.poll(opens).toBe(true);
}

const SETTINGS = { ...DEFAULT_SETTINGS, theme: 'dark', keepDays: 90, showsOk: true } as const;

/** Pairs, and leaves behind what a user has after some months. Returns what has to be there after the update. */
async function lived(ext: ExtensionBrowser) {
  const before = await stored(ext);
  const [{ id }] = before[GATEWAYS.key].value;
  const { watched, ...past } = aPast(Date.now());
  await rewrite(ext, {
    ...(PREVIOUS === undefined && firstFormat(before)),
    [historyItem(id).key]: historyItem(id).encode(past),
    [watchedItem(id).key]: watchedItem(id).encode(watched),
    [settingsItem.key]: settingsItem.encode(SETTINGS),
  });
  return { id, past, deviceId: await ownDeviceId(ext) };
}

for (const when of ['while the browser runs', 'while the browser is closed'] as const) {
  test(
    `an update ${when}: the same device, nothing paired anew, history and settings as before`,
    LONG,
    async ({ launch, gateway, installed }) => {
      const first = await launch({ extensionPath: installed.folder });
      await (await pairAndApprove(first, gateway)).close();
      const { id, past, deviceId } = await lived(first);
      const devices = await ourDevices(gateway);
      expect(devices).toContain(deviceId);
      const since = await connectsSoFar(gateway);
      if (when === 'while the browser is closed') await first.close();
      await installed.update();
      const ext =
        when === 'while the browser is closed' ? await launch({ extensionPath: installed.folder }) : first;
      if (ext === first) await reload(ext);
      const { version } = readManifest(BUILD);
      await expect
        .poll(() => ext.evaluate(() => (globalThis as any).chrome.runtime.getManifest().version, null))
        .toBe(version);
      await expect.poll(async () => (await connectsSince(gateway, since)).length).toBeGreaterThan(0);
      await waitForStatus(await ext.openPopupInTab(), 'healthy');
      // The worker is the new one, not that of before beside new pages.
      expect(await ext.evaluateInWorker(() => (globalThis as any).isPrevious, null)).toBeUndefined();

      const judged = await judgedSince(gateway, since);
      expect(judged.every(({ accepted, auth }) => accepted && auth === 'device-token')).toBe(true);
      expect(await ourDevices(gateway)).toEqual(devices);
      expect(await ownDeviceId(ext)).toBe(deviceId);

      const after = await stored(ext);
      expect(settingsItem.decode(after[settingsItem.key])).toEqual({ type: 'value', value: SETTINGS });
      const history = historyItem(id).decode(after[historyItem(id).key]);
      expect(history.type === 'value' && history.value.incidents.slice(0, past.incidents.length)).toEqual(
        past.incidents,
      );
      await expect.poll(async () => (await stored(ext))[CONNECTION.key(id)].version).toBe(CONNECTION.version);
    },
  );
}

test(
  'what a newer version wrote is refused, not destroyed: with that version back, all goes on',
  LONG,
  async ({ ext, gateway }) => {
    const page = await pairAndApprove(ext, gateway);
    await page.close();
    await ext.stopWorker();
    const written = await stored(ext);
    const newer = Object.fromEntries(
      Object.entries(written).map(([key, item]) => [key, { ...item, version: 99 }]),
    );
    const since = await connectsSoFar(gateway);
    await rewrite(ext, newer);
    const refused = await ext.openPopupInTab();
    await expect(refused.getByRole('alert')).toContainText('newer version');
    // The worker has loaded by now, and whatever it does it has done.
    await refused.reload();
    await expect(refused.getByRole('alert')).toContainText('newer version');
    expect(await stored(ext)).toEqual(newer);
    expect(await connectsSince(gateway, since)).toEqual([]);
    await refused.close();

    await rewrite(ext, written);
    await waitForStatus(await ext.openPopupInTab(), 'healthy');
    const judged = await judgedSince(gateway, since);
    expect(judged.every(({ accepted, auth }) => accepted && auth === 'device-token')).toBe(true);
  },
);

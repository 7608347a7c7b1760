/** The page of settings, on seeded storage: what it changes, what it refuses, and that forgetting can be undone. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { expect, LONG, test } from './fixtures.ts';
import { needy, seed, stored } from './seeding.ts';

const PAGE = 'src/pages/options/index.html';

async function options(ext: ExtensionBrowser, hash = ''): Promise<Page> {
  const page = await ext.open(PAGE + hash);
  await page.getByTestId('options').waitFor();
  return page;
}

/** Away from the page, to one that wakes no worker. */
const leave = (page: Page, ext: ExtensionBrowser): Promise<unknown> => page.goto(ext.url('manifest.json'));

const told = (page: Page) => page.getByTestId('told');
const row = (page: Page, id: string) => page.locator(`[data-gateway="${id}"]`);
const names = (page: Page) => page.getByTestId('gateway').locator('h3').allInnerTexts();

const settings = async (ext: ExtensionBrowser): Promise<any> => (await stored(ext)).settings?.value;
const gateways = async (ext: ExtensionBrowser): Promise<any[]> => (await stored(ext)).gateways?.value ?? [];

test('gateways: named, put first, forgotten and kept; the last click decides', async ({ ext }) => {
  await seed(ext, [needy('one', 'Home'), needy('two', null, 5), needy('three', 'Lab', 6)]);
  const page = await options(ext);
  expect(await names(page)).toEqual(['Home', 'Local gateway, port 5', 'Lab']);
  await expect(row(page, 'one').getByTestId('primary')).toBeVisible();

  await row(page, 'two').getByTestId('rename').click();
  await page.getByTestId('name').fill('N'.repeat(500));
  await page.keyboard.press('Enter');
  await expect(row(page, 'two').getByRole('alert')).toContainText('60 characters');
  await page.getByTestId('name').fill('  Büro \u202e\u0007 ');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await gateways(ext))[1].name).toBe('Büro');
  await expect(row(page, 'two').locator('h3')).toHaveText('Büro');
  await expect(row(page, 'two').getByTestId('rename')).toBeFocused();

  await row(page, 'two').getByTestId('make-primary').click();
  await expect.poll(async () => (await gateways(ext)).map(({ id }) => id)).toEqual(['two', 'one', 'three']);
  await expect(told(page)).toContainText('Büro is the primary gateway now.');

  const before = await stored(ext);
  await row(page, 'one').getByTestId('forget').click();
  await expect(row(page, 'one')).toHaveCount(0);
  await expect(page.getByTestId('undo')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, 'one').getByTestId('forget')).toBeFocused();
  const after = await stored(ext);
  for (const key of ['gateways', 'connection:one', 'relay:one']) expect(after[key], key).toEqual(before[key]);

  // Leaving the page ends the time to undo it.
  await row(page, 'three').getByTestId('forget').click();
  await leave(page, ext);
  await expect.poll(async () => (await gateways(ext)).map(({ id }) => id)).toEqual(['two', 'one']);
  await expect
    .poll(async () => Object.keys(await stored(ext)).filter((key) => key.endsWith(':three')))
    .toEqual([]);

  // So does the time itself.
  const again = await options(ext);
  await again.clock.install();
  // A clock that is only installed goes on, however long the looks in between take.
  await again.clock.pauseAt(Date.now() + 60_000);
  await row(again, 'one').getByTestId('forget').click();
  await again.clock.runFor(9_500);
  await expect(again.getByTestId('forgotten')).toBeVisible();
  expect(await gateways(ext)).toHaveLength(2);
  await again.clock.runFor(1_000);
  await expect.poll(async () => (await gateways(ext)).map(({ id }) => id)).toEqual(['two']);
  await expect(again.getByTestId('forgotten')).toHaveCount(0);
  // All pages have the same clock.
  await again.clock.resume();

  const opening = ext.context.waitForEvent('page');
  await row(again, 'two').getByTestId('pair-again').click();
  const popup = await opening;
  await expect(popup.getByTestId('pairing-link')).toBeFocused();
  await expect(popup.locator('h2')).toContainText('Büro');
});

test('settings are saved on change, shown at once in every page, and confirmed in words', async ({ ext }) => {
  await seed(ext, [needy('one', 'Home')]);
  const page = await options(ext, '#appearance');
  await expect(page.locator('#appearance')).toBeInViewport();
  const popup = await ext.openPopupInTab();
  const scheme = (of: Page) => of.evaluate(() => getComputedStyle(document.documentElement).colorScheme);

  await page.getByTestId('theme').getByLabel('Dark').check();
  await expect(told(page)).toContainText('Saved. Theme: Dark.');
  await expect.poll(() => scheme(page)).toBe('dark');
  await expect.poll(() => scheme(popup)).toBe('dark');
  expect(await scheme(await options(ext))).toBe('dark');

  await page.getByTestId('repairs-by-itself').uncheck();
  await page.getByTestId('keep-days').getByLabel('90').check();
  await page.getByTestId('icons').getByLabel('White').check();
  await expect
    .poll(() => settings(ext))
    .toMatchObject({ theme: 'dark', repairsByItself: false, keepDays: 90, icons: 'on-dark', showsOk: false });
  for (const picture of await page.locator('.pictures img').all()) {
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(32);
  }
});

test('whether the browser is light or dark is told by every page, for the icons in the toolbar', async ({
  ext,
}) => {
  const seen = () =>
    ext.evaluate(
      async () => (await (globalThis as any).chrome.storage.local.get('scheme')).scheme?.value,
      null,
    );
  const page = await ext.openPopupInTab();
  await expect.poll(seen).toBe('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(seen).toBe('dark');
});

test(
  'a full disk: what could not be stored is said, taken back, and works again later',
  LONG,
  async ({ ext }) => {
    await seed(ext, [needy('one', 'Home')]);
    const page = await options(ext);
    await ext.evaluate(async () => {
      const { local } = (globalThis as any).chrome.storage;
      for (let size = 6 * 1024 * 1024, index = 0; size >= 1; index += 1) {
        await local.set({ [`filling-${index}`]: 'x'.repeat(size) }).catch(() => {
          size = Math.floor(size / 2);
        });
      }
    }, null);
    await page.getByTestId('theme').getByLabel('Dark').click();
    await expect(told(page)).toHaveAttribute('data-problem', 'true');
    await expect(told(page)).toContainText('couldn’t save');
    await expect(page.getByTestId('theme').getByLabel('System')).toBeChecked();
    expect(await settings(ext)).toBeUndefined();
    await row(page, 'one').getByTestId('rename').click();
    await page.getByTestId('name').fill('A name that is much longer than before');
    await page.keyboard.press('Enter');
    await expect(row(page, 'one').getByRole('alert')).toContainText('couldn’t save');

    await ext.evaluate(async () => {
      const { local } = (globalThis as any).chrome.storage;
      const keys = Object.keys(await local.get(null)).filter((key) => key.startsWith('filling-'));
      await local.remove(keys);
    }, null);
    await page.keyboard.press('Enter');
    await expect(row(page, 'one').locator('h3')).toContainText('A name that is');
    await page.getByTestId('theme').getByLabel('Dark').check();
    await expect(told(page)).toContainText('Saved.');
  },
);

test(
  'notifications: a refused and a withdrawn permission are said, and the setting falls back',
  LONG,
  async ({ ext }) => {
    await seed(ext, []);
    const page = await options(ext);
    // The browser's own question cannot be answered by a test; this is how a no comes back.
    await page.evaluate(() => {
      (globalThis as any).chrome.permissions.request = async () => false;
    });
    const level = page.getByTestId('notify-level');
    await level.getByLabel('Only what I must act on').click();
    await expect(page.getByTestId('notify-problem')).toContainText('didn’t allow notifications');
    await expect(level.getByLabel('Nothing')).toBeChecked();
    expect((await settings(ext))?.notify.level ?? 'off').toBe('off');

    // Withdrawn while the page was closed, and while it is open.
    await leave(page, ext);
    await seed(ext, [], { notify: { level: 'all' } });
    const later = await options(ext);
    for (const each of ['closed', 'open']) {
      if (each === 'open') await seed(ext, [], { notify: { level: 'needs-you' } });
      await expect(later.getByTestId('notify-problem')).toContainText('no longer allows');
      await expect.poll(async () => (await settings(ext)).notify.level).toBe('off');
      await expect(later.getByTestId('notify-level').getByLabel('Nothing')).toBeChecked();
    }
  },
);

test(
  'a file carries settings and names, but makes no gateway; a broken one changes nothing',
  LONG,
  async ({ ext }) => {
    await seed(ext, [needy('one', 'Home')], { keepDays: 90, notify: { level: 'all', snoozedUntil: 9e12 } });
    const page = await options(ext);
    const downloading = page.waitForEvent('download');
    await page.getByTestId('export').click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      settings: { keepDays: 90, notify: { snoozedUntil: null } },
      names: [{ address: 'ws://127.0.0.1:4', name: 'Home' }],
    });
    expect(text).not.toMatch(/serial|credential|token|secret/);

    const load = (content: string) =>
      page
        .getByTestId('import')
        .setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from(content) });
    const before = await stored(ext);
    for (const broken of ['', 'not json', '[]', text.slice(0, -20), text.replace('90', '91')]) {
      await load(broken);
      await expect(told(page)).toContainText('Nothing was changed');
      await told(page).getByRole('button').click();
    }
    await load(text.replace('"version": 2', '"version": 3'));
    await expect(told(page)).toContainText('newer version');
    expect(await stored(ext)).toEqual(before);

    const file = JSON.parse(text);
    file.settings.notify.level = 'all';
    file.settings.theme = 'light';
    file.names = [
      { address: 'ws://127.0.0.1:4', name: 'From the file' },
      { address: 'wss://secret@elsewhere.example', name: 'Elsewhere' },
    ];
    await load(JSON.stringify(file));
    await expect(told(page)).toContainText('Names set: 1. Gateways in the file that aren’t paired here: 1.');
    await expect(told(page)).toContainText('Notifications stay off');
    expect(await names(page)).toEqual(['From the file']);
    expect(await gateways(ext)).toHaveLength(1);
    expect(await settings(ext)).toMatchObject({ theme: 'light', notify: { level: 'off' } });
    expect(JSON.stringify(await stored(ext))).not.toContain('elsewhere');
  },
);

test('history and everything are removed in two steps, even what cannot be read', async ({ ext }) => {
  const past = { startedAt: 1, incidents: [], connects: [] };
  await seed(ext, [needy('one', 'Home')], { theme: 'dark' }, { 'history:one': { version: 1, value: past } });
  const page = await options(ext);
  await page.getByTestId('delete-history').click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(Object.keys(await stored(ext))).toContain('history:one');
  await page.getByTestId('delete-history').click();
  await page.getByTestId('delete-history-confirm').click();
  await expect(told(page)).toContainText('History deleted');
  await expect.poll(async () => (await stored(ext))['history:one']?.value.startedAt).not.toBe(1);

  await page.getByTestId('reset').click();
  await page.getByTestId('reset-confirm').click();
  await expect(told(page)).toContainText('Everything was removed');
  await expect(page.getByTestId('gateway')).toHaveCount(0);
  expect(await gateways(ext)).toEqual([]);
  expect((await settings(ext)).theme).toBe('system');
  expect(await page.evaluate(() => document.documentElement.style.colorScheme)).toBe('');
  await expect.poll(async () => (await ext.badge()).text).toBe('+');

  await leave(page, ext);
  await seed(ext, [], null, { gateways: { version: 99, value: 'from the future' } });
  const later = await options(ext);
  await expect(later.getByRole('alert')).toContainText('newer version');
  await later.getByTestId('reset').click();
  await later.getByTestId('reset-confirm').click();
  // The extension starts anew, and takes its pages with it.
  await expect.poll(() => later.isClosed()).toBe(true);
  const fresh = await ext.context.newPage();
  await expect
    .poll(async () => {
      await leave(fresh, ext).catch(() => {});
      return fresh.evaluate(async () => {
        const { storage } = (globalThis as any).chrome;
        return storage ? Object.keys(await storage.local.get('gateways')) : 'not yet';
      });
    })
    .toEqual([]);
});

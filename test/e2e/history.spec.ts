/** The history page: what it makes of a past that is on the disk, and of one that happens while it is open. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { NO_HISTORY } from '../../src/history/state.ts';
import { historyItem } from '../../src/storage/items.ts';
import { approve, expect, LONG, pair, test, waitForStatus } from './fixtures.ts';
import { aPast, seed, stored } from './history-seed.ts';

const PAGE = 'src/pages/history/index.html';

async function historyOf(ext: ExtensionBrowser, gatewayId: string, past = 'value'): Promise<Page> {
  const page = await ext.open(`${PAGE}?gateway=${gatewayId}`);
  await expect(page.locator('html')).toHaveAttribute('data-past', past);
  return page;
}

const figure = (page: Page, id: string) => page.locator(`[data-figure="${id}"] dd`);
const incidents = (page: Page) => page.locator('[data-incident]');
const slots = (page: Page, kind: string) => page.locator(`.strip [data-slot="${kind}"]`);

/** Clicks an export, and returns the file that comes of it. */
async function exported(page: Page, testId: string): Promise<{ name: string; text: string }> {
  const started = page.waitForEvent('download');
  await page.getByTestId(testId).click();
  const download = await started;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

test('a past: strip, figures, incidents and reasons, without the hours that nobody watched', async ({
  ext,
}) => {
  const now = Date.now();
  const gateways = [
    { id: 'home', name: 'Home', history: aPast(now) },
    { id: 'new', name: `${'x'.repeat(300)} ${'y '.repeat(100)}`, history: NO_HISTORY },
  ];
  await seed(ext, stored(gateways, now));
  const page = await historyOf(ext, 'home');

  await expect(figure(page, 'watched')).toHaveText('6 h');
  await expect(figure(page, 'connected')).toContainText('83%');
  await expect(figure(page, 'reconnect')).toContainText('10 min');
  await expect(figure(page, 'hello')).toContainText('31 ms');
  await expect(figure(page, 'hello')).toContainText('88 ms');
  await expect(figure(page, 'repairs')).toHaveText('1');

  await expect(page.locator('.strip .slot')).toHaveCount(96);
  // Six hours are 24 quarters, and up to three more that were watched in part.
  expect(await slots(page, 'unwatched').count()).toBeGreaterThanOrEqual(96 - 24 - 3);
  expect(await slots(page, 'trouble').count()).toBeGreaterThanOrEqual(4);
  await expect(slots(page, 'nothing')).toHaveCount(0);
  await expect(page.getByTestId('strip')).toHaveAttribute(
    'aria-label',
    /Monitored: 6 h\. Connected: 83% of it\. Incidents: 3\./,
  );

  await expect(incidents(page)).toHaveCount(3);
  await expect(incidents(page).nth(0)).toHaveAttribute('data-cause', 'gateway-unreachable');
  await expect(incidents(page).nth(0)).toContainText('14 h 30 min');
  await expect(incidents(page).nth(0)).toContainText('monitored for 30 min');
  await expect(incidents(page).nth(0)).toContainText('gateway-unreachable · 1006');
  await expect(incidents(page).nth(1)).toHaveAttribute('data-cure', 'repaired');
  await expect(incidents(page).nth(1)).toContainText('Pairing repaired automatically');
  await expect(page.getByTestId('close-reasons')).toHaveCount(0);

  // The strip is walked by keys, and says when each slot was and what happened.
  const line = page.getByTestId('slot-line');
  await page.getByTestId('strip').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(line).toHaveText(/: connected/);
  await page.keyboard.press('Home');
  await expect(line).toHaveText(/: not monitored$/);
  await expect(page.locator('#spoken')).toHaveText((await line.textContent()) ?? '');
  await page.locator('.strip [data-slot="trouble"]').nth(1).hover();
  await expect(line).toHaveText(/: Gateway restart \(1012\) for \d/);

  await page.locator('[data-range="week"]').click();
  await expect(incidents(page)).toHaveCount(20);
  // What lies before the first record is no axis of nothing, but for the rest of its row.
  expect(await slots(page, 'nothing').count()).toBeLessThan(28);
  await page.getByTestId('show-more').click();
  await expect(incidents(page)).toHaveCount(33);
  await expect(page.getByTestId('show-more')).toHaveCount(0);
  await expect(incidents(page).nth(20)).toBeFocused();
  await expect(page.locator('[data-close-code="1012"]')).toHaveAttribute('data-count', '31');

  const json = await exported(page, 'export-json');
  expect(json.name).toMatch(/^relay-health-history-\d{4}-\d\d-\d\d\.json$/);
  expect(json.text).not.toContain('secret-host');
  expect(JSON.parse(json.text)).toMatchObject({ gateway: { name: 'Home' } });
  expect(JSON.parse(json.text).incidents).toHaveLength(33);
  const csv = await exported(page, 'export-csv');
  expect(csv.text.trim().split('\r\n')).toHaveLength(34);

  // Narrow: the strip is broken into rows, and no name makes the page wider than its window.
  await page.setViewportSize({ width: 320, height: 700 });
  const tops = await page
    .locator('.strip .slot')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  // Three rows at most: one of nothing is left out.
  expect([2, 3]).toContain(new Set(tops.map(Math.round)).size);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);

  await page.getByTestId('gateway-chooser').selectOption('new');
  await expect(page.getByTestId('notice')).toContainText('Nothing recorded yet');
  await expect(incidents(page)).toHaveCount(0);
  await expect(page.getByTestId('export-json')).toHaveAttribute('aria-disabled', 'true');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test('a past that cannot be read is left alone and said so; it can be deleted', async ({ ext }) => {
  const now = Date.now();
  const item = historyItem('home');
  const newer = { version: 99, value: {} };
  await seed(ext, { ...stored([{ id: 'home', name: null, history: aPast(now) }], now), [item.key]: newer });
  const page = await historyOf(ext, 'home', 'newer');
  await expect(page.getByTestId('notice')).toContainText('saved by a newer version of this extension');
  await expect(page.getByTestId('export-csv')).toHaveAttribute('aria-disabled', 'true');
  const read = (key: string) =>
    ext.evaluate(async (key) => (await (globalThis as any).chrome.storage.local.get(key))[key], key);
  expect(await read(item.key)).toEqual(newer);

  await page.getByTestId('delete-history').click();
  await expect(page.getByTestId('delete-history-keep')).toBeFocused();
  await page.getByTestId('delete-history-keep').click();
  await expect(page.getByTestId('delete-history')).toBeFocused();
  expect(await read(item.key)).toEqual(newer);
  await page.getByTestId('delete-history').click();
  await page.getByRole('button', { name: 'Yes, delete it' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-past', 'value');
  await expect(page.getByTestId('notice')).toContainText('Nothing recorded yet');
  await expect(page.getByTestId('delete-history')).toBeFocused();
  expect(await read(item.key)).toBeUndefined();
});

test(
  'a gateway dies and comes back: the open page shows the incident begin, end, and deleted',
  LONG,
  async ({ ext, gateway }) => {
    const popup = await ext.openPopupInTab();
    await pair(popup, `${gateway.url}#${gateway.token}`);
    await waitForStatus(popup, 'approval');
    await approve(popup, gateway);
    await waitForStatus(popup, 'healthy');
    const opened = ext.context.waitForEvent('page');
    await popup.getByTestId('open-history').click();
    const page = await opened;
    await expect(figure(page, 'connected')).toContainText('100%');
    await expect(incidents(page)).toHaveCount(0);

    await gateway.stop('SIGKILL');
    await expect(incidents(page)).toHaveAttribute('data-cure', 'running');
    await expect(incidents(page)).toContainText(/so far.*Ongoing/s);
    // In the last slot, and in the one before if a quarter of an hour ended meanwhile.
    await expect(slots(page, 'trouble')).not.toHaveCount(0);
    await gateway.start();
    await gateway.ready();
    await waitForStatus(popup, 'healthy');
    await expect(incidents(page)).toHaveAttribute('data-cure', 'by-itself');
    await expect(incidents(page)).toHaveAttribute(
      'data-cause',
      /^(connection-lost|gateway-\w+|handshake-\w+)$/,
    );
    await expect(incidents(page).locator('.length')).toHaveText(/\d+(\.\d)? (ms|s|min)/);
    await expect(figure(page, 'reconnect')).toContainText(/\d/);
    await expect(figure(page, 'connected')).not.toContainText('100%');

    const [json, csv] = [await exported(page, 'export-json'), await exported(page, 'export-csv')];
    const {
      incidents: [incident],
      connects,
    } = JSON.parse(json.text);
    expect(incident).toMatchObject({ cure: 'by-itself', durationMs: expect.any(Number) });
    expect(connects).toHaveLength(2);
    expect(csv.text.split('\r\n')[1]).toContain(
      `${incident.startedAt},${incident.endedAt},${incident.durationMs},`,
    );
    for (const { text } of [json, csv]) {
      expect(text).not.toContain(String(gateway.port));
      expect(text).not.toContain('127.0.0.1');
      expect(text).not.toContain(gateway.token);
    }

    // What is back is said once it has stayed so for a second: not after what is said of the deletion.
    await expect(page.locator('#spoken')).toContainText('Connected');
    await page.getByTestId('delete-history').click();
    await page.getByRole('button', { name: 'Yes, delete it' }).click();
    await expect(incidents(page)).toHaveCount(0);
    await expect(page.locator('#spoken')).toHaveText('History deleted.');
    await expect(popup.locator('html')).toHaveAttribute('data-status', 'healthy');
  },
);

/** The demo: a simulated gateway in every state, marked as what it is, without a gateway, a network or a trace. */
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { overflowing } from '../../labs/gallery/flaws.ts';
import { DEMO_CODES } from '../../src/pages/demo/states.ts';
import { expect, LONG, test, waitForStatus } from './fixtures.ts';
import { stored } from './seeding.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Each page with the states to look at: what doctor and history show in all others, the gallery shows too. */
const PAGES = {
  'index.html': DEMO_CODES,
  'doctor.html': ['healthy', 'down'],
  'history.html': ['healthy', 'not-set-up'],
} as const;
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What a page asks of anything but the extension itself. */
function foreignRequests(page: Page): string[] {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('chrome-extension://')) foreign.push(request.url());
  });
  page.on('websocket', (socket) => void foreign.push(socket.url()));
  return foreign;
}

const axe = async (page: Page): Promise<string[]> => {
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (tags) => (globalThis as any).axe.run(document, { runOnly: tags, preload: false }),
    WCAG,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
};

/** The doctor has looked, the history is read. */
const painted = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () =>
      document.documentElement.dataset.run !== 'running' &&
      document.documentElement.dataset.past !== 'loading',
  );

for (const [file, codes] of Object.entries(PAGES)) {
  test(`${file}: its states can be read by everybody, and leaves nothing behind`, LONG, async ({ ext }) => {
    const before = await stored(ext);
    const page = await ext.context.newPage();
    const foreign = foreignRequests(page);
    await page.addInitScript({ path: AXE });
    await page.setViewportSize({ width: 1000, height: 700 });
    await page.goto(ext.url(`src/pages/demo/${file}`));
    const found: string[] = [];
    for (const code of codes) {
      await page.getByTestId(`demo-${code}`).click();
      await expect(page.locator('.demo-mark')).toBeInViewport();
      if (file === 'index.html') await waitForStatus(page, code);
      await painted(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        found.push(...(await axe(page)).map((each) => `${code}, ${colorScheme}: ${each}`));
      }
    }
    await page.setViewportSize({ width: 320, height: 700 });
    found.push(...(await page.evaluate(overflowing)).map((each) => `320 px: ${each}`));
    expect(found).toEqual([]);
    expect(foreign).toEqual([]);
    expect(await stored(ext)).toEqual(before);
    await page.close();
  });
}

test('it is found from the settings, and played like the real thing', LONG, async ({ ext }) => {
  const settings = await ext.open('src/pages/options/index.html');
  // Every page tells which colours the browser has.
  await expect.poll(async () => Object.keys(await stored(ext))).toContain('scheme');
  const before = await stored(ext);
  const [page] = await Promise.all([
    ext.context.waitForEvent('page'),
    settings.getByTestId('open-demo').click(),
  ]);
  const foreign = foreignRequests(page);
  await waitForStatus(page, 'healthy');
  // By itself, as a gateway comes back.
  await page.getByTestId('demo-reconnecting').click();
  await waitForStatus(page, 'reconnecting');
  await waitForStatus(page, 'healthy');
  // By the user: a secret that is refused, a new one, the approval.
  await page.getByTestId('demo-needs-you').click();
  await page.getByTestId('pairing-link').fill('http://127.0.0.1:18789/#token=0123456789abcdef0123');
  await page.getByTestId('connect').click();
  await waitForStatus(page, 'approval');
  await page.getByRole('button', { name: 'Check now' }).click();
  await waitForStatus(page, 'healthy');
  // The links of the popup lead to the demo of the other pages.
  await page.getByTestId('demo-down').click();
  await page.getByTestId('open-doctor').click();
  await page.waitForURL(/demo\/doctor\.html\?state=down$/);
  await expect(page.locator('html')).toHaveAttribute('data-run', 'done');
  await expect(page.locator('.demo-mark')).toBeVisible();
  await page.getByTestId('open-history').click();
  await page.waitForURL(/demo\/history\.html\?state=down$/);
  await expect(page.locator('html')).toHaveAttribute('data-past', 'value');
  const incidents = page.locator('.incidents li');
  await expect(incidents).not.toHaveCount(0);
  await page.getByTestId('delete-history').click();
  await page.getByTestId('delete-history-confirm').click();
  await expect(incidents).toHaveCount(0);
  expect(foreign).toEqual([]);
  expect(await stored(ext)).toEqual(before);
});

test('a new user finds it on the page that greets', async ({ ext }) => {
  const page = await ext.open('src/pages/welcome/index.html');
  await expect(page.getByTestId('open-demo')).toHaveAttribute('href', '/src/pages/demo/index.html');
});

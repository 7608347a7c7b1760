/** The page that greets a new user: it opens on install, and each of its three steps shows by itself when it is done. */
import { approve, expect, pair, test } from './fixtures.ts';
import { liveStatus, PlayedWorker } from './played-worker.ts';

const PAGE = 'src/pages/welcome/index.html';

test('a new user is greeted, pairs on the page and sees the gateway connect', async ({ launch, gateway }) => {
  const ext = await launch({ isGreeted: true });
  const greeting = (): ReturnType<typeof ext.context.pages> =>
    ext.context.pages().filter((page) => page.url().startsWith(ext.url(PAGE)));
  await expect.poll(() => greeting().length).toBe(1);
  const [page] = greeting();
  if (!page) throw new Error('the page is gone');
  // The test's profile has the icon on the toolbar.
  await expect(page.locator('[data-step="pin"]')).toHaveAttribute('data-done', 'true');
  await expect(page.locator('[data-step="pair"]')).toHaveAttribute('data-done', 'false');
  await pair(page, `${gateway.url}#${gateway.token}`);
  await expect(page.getByTestId('state')).toHaveAttribute('data-state', 'approval');
  await expect(page.locator('[data-step="pair"]')).toHaveAttribute('data-done', 'false');
  await approve(page, gateway);
  await expect(page.getByTestId('state')).toHaveAttribute('data-state', /^(healthy|healed)$/, {});
  await expect(page.locator('[data-step="done"]')).toHaveAttribute('data-done', 'true');
  await expect(page.locator('[data-step="pair"]')).toHaveAttribute('data-done', 'true');
});

test('it lets go of the worker while nobody looks', async ({ ext }) => {
  const { page, worker } = await PlayedWorker.open(ext, PAGE, []);
  await expect.poll(() => worker.connections()).toBe(1);
  const look = (state: 'visible' | 'hidden'): Promise<void> =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await look('hidden');
  expect(await worker.connections()).toBe(0);
  await look('visible');
  expect(await worker.connections()).toBe(1);
  const step = page.locator('[data-step="pair"]');
  await worker.tell([liveStatus({ code: 'healthy' })]);
  await expect(step).toHaveAttribute('data-done', 'true');
  // What was paired once and is refused now is not ticked.
  await worker.tell([liveStatus({ code: 'needs-you', cause: 'gateway-secret-mismatch' })]);
  await expect(page.getByTestId('state')).toHaveAttribute('data-state', 'needs-you');
  await expect(step).toHaveAttribute('data-done', 'false');
});

test('whoever pairs here is led to where the state stands, and hears it', async ({ ext }) => {
  const { page, worker } = await PlayedWorker.open(ext, PAGE, []);
  await pair(page, 'ws://127.0.0.1:18789#a-new-gateway-secret');
  await expect.poll(() => worker.sent()).toMatchObject([{ type: 'pair' }]);
  const heading = (step: string) => page.locator(`[data-step="${step}"] h2`);
  // The form goes, and the focus of its button with it.
  await worker.tell([liveStatus({ code: 'approval', cause: 'not-paired', provenAt: null })]);
  await expect(heading('pair')).toBeFocused();
  await worker.tell([liveStatus()]);
  await expect(heading('done')).toBeFocused();
  await expect(page.locator('#spoken')).toContainText('Connected');
});

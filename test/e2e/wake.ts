/** Another life of the worker, for tests that count what comes of one. */
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import type { ShownStatus, StatusCode } from '../../harness/browser/popup-page.ts';
import { expect, status, waitForStatus } from './fixtures.ts';

/**
 * Ends the worker, has the popup's page wake the next one, and resolves to what the page says once that has spoken. Of a
 * gateway that is not connected: it says `code` before, and has to say it after.
 */
export async function wakeAnew(ext: ExtensionBrowser, page: Page, code: StatusCode): Promise<ShownStatus> {
  await ext.stopWorker();
  await page.reload();
  // Painted from the disk, under a worker that may not even run. It has its age until that speaks.
  await waitForStatus(page, code);
  await expect(page.getByTestId('age')).toHaveCount(0);
  // By the time of its answer it has begun whatever it does by itself. Nothing of this question goes to a gateway.
  await page.evaluate(() =>
    (globalThis as any).chrome.runtime.sendMessage({
      type: 'ask-gateway',
      gatewayId: document.documentElement.dataset.gateway,
      method: 'update.available',
      params: {},
    }),
  );
  const shown = await status(page);
  expect(shown.status).toBe(code);
  return shown;
}

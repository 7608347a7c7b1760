/**
 * The README's pictures, taken from the real popup beside a real gateway: `npm run screenshots`.
 * Each state in light and dark, in `docs/screenshots`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchExtension } from './lib/browser.ts';
import { BUILD } from './lib/build.ts';
import { createGateway, OPENCLAW_PORT } from './lib/openclaw.ts';
import { pair, runRemedy, waitForStatus } from './lib/popup-page.ts';

const FOLDER = join(import.meta.dirname, '../docs/screenshots');

async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator('#app').screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
  }
}

/** The doctor's page beside it, as wide as a laptop's window and as narrow as a phone's. */
async function takeDoctor(name: string): Promise<void> {
  const page = await browser.open('src/pages/doctor/index.html');
  await page.waitForFunction(() => document.documentElement.dataset.run === 'done');
  for (const [view, width] of [
    ['wide', 1100],
    ['narrow', 360],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const path = join(FOLDER, `doctor-${name}-${view}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  }
  await page.close();
}

await mkdir(FOLDER, { recursive: true });
// The usual port, so that the pictures show what most users will see.
const gateway = await createGateway({ port: OPENCLAW_PORT });
const browser = await launchExtension({ extensionPath: BUILD });
try {
  await gateway.start();
  await gateway.ready();
  const page = await browser.openPopupInTab();
  await page.setViewportSize({ width: 360, height: 600 });
  await take(page, 'not-set-up');
  await pair(page, `http://127.0.0.1:${gateway.port}/#token=${gateway.token}`);
  await waitForStatus(page, 'approval');
  await take(page, 'approval');
  await takeDoctor('approval');
  await runRemedy(page, gateway);
  await waitForStatus(page, 'healthy', 60_000);
  await take(page, 'healthy');
  await takeDoctor('well');
  const { paired } = await gateway.devices();
  const device = paired.find(({ clientId }) => clientId === 'openclaw-browser-copilot')?.deviceId ?? '';
  await gateway.cli('devices', 'rotate', '--device', device, '--role', 'operator');
  await waitForStatus(page, 'healed', 30_000);
  await take(page, 'healed');
  await gateway.stop('SIGKILL');
  await waitForStatus(page, 'down', 45_000);
  await take(page, 'down');
  await takeDoctor('down');
} finally {
  await browser.close();
  await gateway.remove();
}

/**
 * The README's pictures, in light and dark, in `docs/screenshots`: `npm run screenshots`. Popup and doctor are taken
 * beside a real gateway; what needs a past or several gateways comes from the gallery.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchExtension } from '../harness/browser/browser.ts';
import { pair, runRemedy, waitForStatus } from '../harness/browser/popup-page.ts';
import { createGateway, OPENCLAW_PORT } from '../harness/gateway/openclaw.ts';
import { BUILD } from '../harness/process/build.ts';
import { openGallery, show } from '../labs/gallery/visit.ts';
import { encodePng } from './lib/png.ts';

const FOLDER = join(import.meta.dirname, '../docs/screenshots');

/** Saves a picture with a palette. `page`: any, it reads the picture. */
async function save(page: Page, name: string, picture: Buffer): Promise<void> {
  const { width, height, data } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    const text = Array.from(pixels, (value) => String.fromCharCode(value)).join('');
    return { width: bitmap.width, height: bitmap.height, data: btoa(text) };
  }, picture.toString('base64'));
  const png = encodePng({ width, height, data: Uint8Array.from(Buffer.from(data, 'base64')) });
  await writeFile(join(FOLDER, `${name}.png`), png);
}

async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await save(page, `${name}-${colorScheme}`, await page.locator('#app').screenshot());
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
    await take(page, `doctor-${name}-${view}`);
  }
  await page.close();
}

/** Frames of the gallery, and how wide they are. */
const FRAMES = [
  ['several-gateways', { page: 'popup', state: 'several-gateways' }, 360],
  ['relay', { page: 'popup', state: 'relay-relay-not-attached' }, 360],
  ['history', { page: 'history', state: 'month' }, 900],
  ['options', { page: 'options', state: 'several-gateways' }, 900],
  ['welcome', { page: 'welcome', state: 'fresh' }, 900],
] as const;

async function takeGallery(): Promise<void> {
  const gallery = await openGallery();
  try {
    const page = await gallery.browser.newPage();
    for (const [name, frame, width] of FRAMES) {
      await page.setViewportSize({ width, height: 600 });
      await show(page, gallery.url(frame));
      await take(page, name);
    }
  } finally {
    await gallery.close();
  }
}

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
await takeGallery();
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

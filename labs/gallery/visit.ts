/** Opens the gallery's frames in a real browser, several at a time, and says what is wrong with them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { ensureChromium } from '../../harness/browser/find-browser.mjs';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import type { PageName } from '../../src/browser/worker/pages.ts';
import { buildGallery } from './build.ts';
import { pathOf } from './scenes/all.ts';
import { serveGallery } from './server.ts';

/** Two cores carry three pages: one paints while another waits. */
const AT_ONCE = 3;

const HOST = 'gallery.localhost';

export interface Frame {
  readonly page: PageName;
  readonly state: string;
}

export interface Gallery {
  readonly browser: Browser;
  readonly url: (frame: Frame, more?: Readonly<Record<string, string>>) => string;
  readonly close: () => Promise<void>;
}

/** Builds the gallery into a folder of its own, serves it, and starts a browser without any extension. */
export async function openGallery(): Promise<Gallery> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-health-gallery-'));
  const forget = keepFolder(folder);
  await buildGallery(folder);
  const { origin, close } = await serveGallery(folder);
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [
      // A page may show its origin: always the same one, and a secure one as an extension's is.
      `--host-resolver-rules=MAP ${HOST}:80 ${new URL(origin).host}`,
      '--disable-gpu',
      '--disable-lcd-text',
      // Letters as wide as the font says, whatever this machine's settings for fonts are.
      '--font-render-hinting=none',
      '--force-color-profile=srgb',
      '--hide-scrollbars',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  return {
    browser,
    url: ({ page, state }, more) =>
      `http://${HOST}/${pathOf(page)}?${new URLSearchParams({ state, ...more })}`,
    async close() {
      await browser.close();
      await close();
      await rm(folder, { recursive: true, force: true });
      forget();
    },
  };
}

/** Loads one frame and waits until it is painted. Rejects with what the page reports instead. */
export async function show(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.gallery !== undefined);
  const outcome = await page.evaluate(() => document.documentElement.dataset.gallery);
  if (outcome !== 'ready') throw new Error(`${url}: ${outcome}`);
}

/**
 * Calls `visit` for every frame, several at a time, each with a page of its own that other frames used before.
 *
 * @returns all that the visits and the pages' consoles complain of, with the frame's name before it
 */
export async function visitAll(
  { browser }: Gallery,
  frames: readonly Frame[],
  visit: (page: Page, frame: Frame) => Promise<readonly string[]>,
): Promise<string[]> {
  const left = [...frames];
  const complaints: string[] = [];
  async function work(): Promise<void> {
    const page = await browser.newPage();
    let heard: string[] = [];
    page.on('pageerror', ({ message }) => heard.push(`error: ${message}`));
    page.on('console', (message) => {
      // A browser asks for this by itself.
      const isIcon = message.location().url.endsWith('/favicon.ico');
      if (message.type() === 'error' && !isIcon) heard.push(`console: ${message.text()}`);
    });
    for (let frame = left.shift(); frame; frame = left.shift()) {
      heard = [];
      const { page: name, state } = frame;
      const found = await visit(page, frame).catch((error: Error) => [error.message]);
      complaints.push(...[...heard, ...found].map((each) => `${name} ${state}: ${each}`));
    }
    await page.close();
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return complaints;
}

/** Every state of every page, from the gallery: readable by everybody, in both themes, at any width and text size. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import { changedLooks } from '../../labs/gallery/compared.ts';
import { faintIcons, moving, overflowing, tinyTargets } from '../../labs/gallery/flaws.ts';
import { snapshotOf } from '../../labs/gallery/scene.ts';
import { PAGE_NAMES, SCENES } from '../../labs/gallery/scenes/all.ts';
import { BY_CODE } from '../../labs/gallery/scenes/statuses.ts';
import { type Frame, type Gallery, openGallery, show, visitAll } from '../../labs/gallery/visit.ts';
import { NOW, statusOf } from '../fixtures/statuses.ts';

const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a destructured first parameter.
    async ({}, use) => {
      const gallery = await openGallery();
      await use(gallery);
      await gallery.close();
    },
    { scope: 'worker' },
  ],
});

// Recording every page would take longer than all the rest.
test.use({ trace: 'off' });
// In one worker: the gallery is built once.
test.describe.configure({ mode: 'default' });

const LOCALES = join(import.meta.dirname, '../../public/_locales');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const WCAG: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** All that a change of colours can break. */
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

const axe = async (page: Page, options: RunOptions): Promise<string[]> => {
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    (options) => (globalThis as any).axe.run(document, options),
    // Nothing is loaded from elsewhere.
    { ...options, resultTypes: ['violations'], preload: false },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
};

const framesOf = (page: Frame['page']): Frame[] =>
  Object.keys(SCENES[page]).map((state) => ({ page, state }));

for (const name of PAGE_NAMES) {
  test(`${name}: everybody can read every state`, async ({ gallery }) => {
    const complaints = await visitAll(gallery, framesOf(name), async (page, frame) => {
      const found: string[] = [];
      const look = async (label: string, faults: Promise<string[]>): Promise<void> => {
        found.push(...(await faults).map((each) => `${label}: ${each}`));
      };
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.setViewportSize({ width: 360, height: 600 });
      await show(page, gallery.url(frame, { view: 'tab' }));
      await page.addScriptTag({ path: AXE });
      await look('reduced motion', page.evaluate(moving));
      await look('targets', page.evaluate(tinyTargets));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await look(colorScheme, axe(page, colorScheme === 'light' ? WCAG : COLOURS));
        await look(colorScheme, page.evaluate(faintIcons));
        await page.emulateMedia({ forcedColors: 'active' });
        await look(`forced colours, ${colorScheme}`, page.evaluate(faintIcons));
        await page.emulateMedia({ forcedColors: 'none' });
      }
      await page.setViewportSize({ width: 320, height: 600 });
      await look('320 px', page.evaluate(overflowing));
      // As when the browser's text size is doubled: all lengths are in rem.
      await page.setViewportSize({ width: name === 'popup' ? 360 : 640, height: 600 });
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
      await look('text of 200 %', page.evaluate(overflowing));
      return found;
    });
    expect(complaints).toEqual([]);
  });
}

/** Whose sentences are longest, or stand closest to each other. */
const TIGHT: readonly Frame[] = [
  ...[
    'first-run',
    'state-needs-you',
    'state-relay',
    'state-limited',
    'state-healthy',
    'more',
    'paste-address',
  ].map((state) => ({ page: 'popup', state }) as const),
  { page: 'doctor', state: 'state-down' },
  { page: 'history', state: 'day' },
  { page: 'options', state: 'several-gateways' },
  { page: 'welcome', state: 'fresh' },
];

for (const language of readdirSync(LOCALES).filter((each) => each !== 'en')) {
  test(`${language}: the words have room`, async ({ gallery }) => {
    const complaints = await visitAll(gallery, TIGHT, async (page, frame) => {
      await page.setViewportSize({ width: frame.page === 'popup' ? 360 : 900, height: 600 });
      await show(page, gallery.url(frame, { language }));
      const wide = await page.evaluate(overflowing);
      await page.setViewportSize({ width: 320, height: 600 });
      await show(page, gallery.url(frame, { language, view: 'tab' }));
      return [...wide, ...(await page.evaluate(overflowing)).map((each) => `320 px: ${each}`)];
    });
    expect(complaints).toEqual([]);
  });
}

test('a state that is under way moves, unless the user wants no motion', async ({ gallery }) => {
  const page = await gallery.browser.newPage();
  await show(page, gallery.url({ page: 'popup', state: 'state-reconnecting' }));
  expect(await page.evaluate(moving)).toEqual(['turn moves']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await page.evaluate(moving)).toEqual([]);
  await page.close();
});

test('a screen reader hears changes of the state, and nothing else', async ({ gallery }) => {
  const page = await gallery.browser.newPage();
  await page.clock.install();
  await page.goto(gallery.url({ page: 'popup', state: 'known-before' }));
  await expect(page.locator('html')).toHaveAttribute('data-status', 'healthy');
  const spoken = page.locator('#spoken');
  /** Long enough for anything that was going to be said. */
  const hear = async (): Promise<string> => {
    await page.clock.runFor(3_000);
    return spoken.innerText();
  };
  const say = (changes: Parameters<typeof statusOf>[0]) =>
    page.evaluate((snapshot) => (globalThis as any).gallery.say(snapshot), snapshotOf([statusOf(changes)]));
  expect(await hear()).toBe('');
  await say({ latencyMs: 900, provenAt: NOW, serverVersion: '2026.9.7' });
  expect(await hear()).toBe('');
  await say(BY_CODE.down);
  await say({});
  expect(await hear(), 'a blip').toBe('');
  await say(BY_CODE.down);
  const said = await hear();
  expect(said).toContain('Local gateway');
  await say({ ...BY_CODE.down, attempt: 9, nextTryAt: NOW + 30_000 });
  expect(await hear()).toBe(said);
  await say(BY_CODE.approval);
  expect(await hear()).not.toBe(said);
  await page.close();
});

test('pages look as they did', async ({ gallery }) => {
  expect(await changedLooks(gallery)).toEqual([]);
});

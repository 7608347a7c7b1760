/** Every state of every page, from the gallery: readable by everybody, in both themes, at any width and text size. */
import { expect } from '@playwright/test';
import { changedLooks } from '../../labs/gallery/compared.ts';
import { faintIcons, moving, overflowing, tinyTargets } from '../../labs/gallery/flaws.ts';
import { snapshotOf } from '../../labs/gallery/scene.ts';
import { PAGE_NAMES, SCENES } from '../../labs/gallery/scenes/all.ts';
import { BY_CODE } from '../../labs/gallery/scenes/statuses.ts';
import { type Frame, show, visitAll } from '../../labs/gallery/visit.ts';
import { NOW, statusOf } from '../fixtures/statuses.ts';
import { AXE, axe, COLOURS, LANGUAGES, test, WCAG } from './gallery-fixture.ts';

// Recording every page would take longer than all the rest.
test.use({ trace: 'off' });
// In one worker: the gallery is built once.
test.describe.configure({ mode: 'default' });

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
      // As when the browser's text size is doubled: all lengths are in rem, a popup's width too.
      await page.setViewportSize({ width: name === 'popup' ? 720 : 640, height: 600 });
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

for (const language of LANGUAGES.filter((each) => each !== 'en')) {
  test(`${language}: the words have room`, async ({ gallery }) => {
    const complaints = await visitAll(gallery, TIGHT, async (page, frame) => {
      await page.setViewportSize({ width: frame.page === 'popup' ? 360 : 900, height: 600 });
      await show(page, gallery.url(frame, { language }));
      const wide = await page.evaluate(overflowing);
      await page.setViewportSize({ width: 320, height: 600 });
      await show(page, gallery.url(frame, { language, view: 'tab' }));
      await page.addScriptTag({ path: AXE });
      wide.push(...(await axe(page, WCAG)));
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

/** Every state of every page, from the gallery: readable by everybody, in both themes, at any width and text size. */
import { expect, type Page } from '@playwright/test';
import { changedLooks } from '../../labs/gallery/compared.ts';
import {
  faintIcons,
  leading,
  markStops,
  moving,
  namelessOrAlike,
  overflowing,
  stopHere,
  tinyTargets,
  unfold,
} from '../../labs/gallery/flaws.ts';
import { snapshotOf } from '../../labs/gallery/scene.ts';
import { PAGE_NAMES, SCENES } from '../../labs/gallery/scenes/all.ts';
import { BY_CODE } from '../../labs/gallery/scenes/statuses.ts';
import { type Frame, show, visitAll } from '../../labs/gallery/visit.ts';
import { NOW, statusOf } from '../fixtures/statuses.ts';
import { LAB, LONG } from './fixtures.ts';
import { AXE, axe, COLOURS, LANGUAGES, test, WCAG } from './gallery-fixture.ts';

// Recording every page would take longer than all the rest.
test.use({ trace: 'off' });
// In one worker: the gallery is built once.
test.describe.configure({ mode: 'default' });

const framesOf = (page: Frame['page']): Frame[] =>
  Object.keys(SCENES[page]).map((state) => ({ page, state }));

// The language with the longest words tells soonest.
const longUnless = (isTelling: boolean): object => (isTelling ? {} : LONG);

const READABLE = LANGUAGES.flatMap((language) => PAGE_NAMES.map((name) => ({ language, name })));
for (const { language, name } of READABLE) {
  const weight = language === 'en' ? LONG : LAB;
  test(`${language}, ${name}: everybody can read every state`, weight, async ({ gallery }) => {
    const complaints = await visitAll(gallery, framesOf(name), async (page, frame) => {
      const found: string[] = [];
      const look = async (label: string, faults: Promise<string[]>): Promise<void> => {
        found.push(...(await faults).map((each) => `${label}: ${each}`));
      };
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.setViewportSize({ width: 360, height: 600 });
      await show(page, gallery.url(frame, { language, view: 'tab' }));
      await page.addScriptTag({ path: AXE });
      await look('reduced motion', page.evaluate(moving));
      await look('targets', page.evaluate(tinyTargets));
      await look('next step', page.evaluate(leading));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await look(colorScheme, axe(page, colorScheme === 'light' ? WCAG : COLOURS));
        await look(colorScheme, page.evaluate(faintIcons));
        await page.emulateMedia({ forcedColors: 'active' });
        await look(`forced colours, ${colorScheme}`, page.evaluate(faintIcons));
        await page.emulateMedia({ forcedColors: 'none' });
      }
      await page.evaluate(unfold);
      await look('unfolded', page.evaluate(tinyTargets));
      await look('unfolded', page.evaluate(namelessOrAlike));
      await page.setViewportSize({ width: 320, height: 600 });
      await look('320 px', page.evaluate(overflowing));
      await enlarge(page, name);
      await look('text of 200 %', page.evaluate(overflowing));
      return found;
    });
    expect(complaints).toEqual([]);
  });
}

/** As when the browser's text size is doubled: all lengths are in rem, a popup's width too. */
async function enlarge(page: Page, name: Frame['page']): Promise<void> {
  await page.setViewportSize({ width: name === 'popup' ? 720 : 640, height: 600 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
}

/** Whose sentences are longest, or stand closest to each other. */
const TIGHT: readonly Frame[] = [
  ...[
    'first-run',
    'state-needs-you',
    'state-approval',
    'cause-device-token-mismatch',
    'cause-origin-not-allowed',
    'state-down',
    'several-gateways',
    'state-relay',
    'state-limited',
    'state-healthy',
    'more',
    'paste-address',
  ].map((state) => ({ page: 'popup', state }) as const),
  { page: 'doctor', state: 'state-down' },
  { page: 'doctor', state: 'well' },
  { page: 'history', state: 'day' },
  { page: 'history', state: 'month' },
  { page: 'options', state: 'several-gateways' },
  { page: 'others', state: 'many' },
  { page: 'welcome', state: 'fresh' },
];

for (const language of LANGUAGES.filter((each) => each !== 'en')) {
  test(`${language}: the words have room`, longUnless(language === 'de'), async ({ gallery }) => {
    const complaints = await visitAll(gallery, TIGHT, async (page, frame) => {
      await page.setViewportSize({ width: frame.page === 'popup' ? 360 : 900, height: 600 });
      await show(page, gallery.url(frame, { language }));
      const wide = await page.evaluate(overflowing);
      await page.setViewportSize({ width: 320, height: 600 });
      await show(page, gallery.url(frame, { language, view: 'tab' }));
      await page.addScriptTag({ path: AXE });
      wide.push(...(await axe(page, WCAG)));
      await page.emulateMedia({ forcedColors: 'active' });
      wide.push(...(await page.evaluate(faintIcons)));
      await page.emulateMedia({ forcedColors: 'none' });
      await page.evaluate(unfold);
      wide.push(...(await page.evaluate(tinyTargets)), ...(await page.evaluate(namelessOrAlike)));
      wide.push(...(await page.evaluate(overflowing)).map((each) => `320 px: ${each}`));
      await enlarge(page, frame.page);
      return [...wide, ...(await page.evaluate(overflowing)).map((each) => `text of 200 %: ${each}`)];
    });
    expect(complaints).toEqual([]);
  });
}

test('the Tab key comes to everything in its order, and the focus is seen', async ({ gallery }) => {
  const complaints = await visitAll(gallery, TIGHT, async (page, frame) => {
    await page.setViewportSize({ width: frame.page === 'popup' ? 360 : 900, height: 600 });
    await show(page, gallery.url(frame));
    const count = await page.evaluate(markStops);
    const stops: string[] = [];
    for (let stop = 0; stop < count; stop += 1) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(stopHere));
    }
    return stops.flatMap((stop, index) => (stop === String(index) ? [] : [`stop ${index}: ${stop}`]));
  });
  expect(complaints).toEqual([]);
});

test('in forced colours what is chosen stands out, and no button is clipped', async ({ gallery }) => {
  const frames: readonly Frame[] = [
    { page: 'popup', state: 'several-gateways' },
    { page: 'popup', state: 'more' },
    { page: 'history', state: 'day' },
  ];
  const complaints = await visitAll(gallery, frames, async (page, frame) => {
    await page.setViewportSize({ width: frame.page === 'popup' ? 360 : 900, height: 600 });
    await page.emulateMedia({ forcedColors: 'active' });
    await show(page, gallery.url(frame));
    const alike = await page.evaluate(() => {
      const groundOf = (button: Element): string => getComputedStyle(button).backgroundColor;
      const chosen = [...document.querySelectorAll('button:is([aria-pressed=true], [aria-current])')];
      return chosen.flatMap((button) => {
        const others = [...(button.closest('[role=group], ul')?.querySelectorAll('button') ?? [])];
        const isAlike = others.some((other) => other !== button && groundOf(other) === groundOf(button));
        return isAlike ? [`"${button.textContent}" looks like the others`] : [];
      });
    });
    return [...alike, ...(await page.evaluate(overflowing))];
  });
  expect(complaints).toEqual([]);
});

test('what a healthy card warns of leads to its diagnostics', async ({ gallery }) => {
  const page = await gallery.browser.newPage();
  await show(page, gallery.url({ page: 'popup', state: 'finding-clock-ahead' }));
  const link = page.locator('.facts a[href*="/doctor/"]');
  await expect(link).toHaveAttribute('href', /[?]gateway=/);
  await page.close();
});

test('the answers to a question stay together', async ({ gallery }) => {
  const frames: readonly Frame[] = ['finding-idle-cut', 'relay-not-attached', 'finding-gateway-flapping'].map(
    (state) => ({ page: 'doctor', state }),
  );
  const complaints = await visitAll(gallery, frames, async (page, frame) => {
    const alone: string[] = [];
    for (const language of LANGUAGES) {
      // Each width is one at which only some of them fit beside the question.
      for (const width of [600, 680, 760]) {
        await page.setViewportSize({ width, height: 600 });
        await show(page, gallery.url(frame, { language }));
        const heads = await page.locator('fieldset .choices').evaluateAll((groups) =>
          groups.flatMap((group) => {
            const question = group.previousElementSibling?.getBoundingClientRect();
            const tops = [...group.children].map((each) => each.getBoundingClientRect().top);
            const isBeside = question !== undefined && (tops[0] ?? 0) < question.bottom;
            return isBeside && new Set(tops).size > 1 ? [group.textContent] : [];
          }),
        );
        alone.push(...heads.map((text) => `${language}, ${width}: ${text}`));
      }
    }
    return alone;
  });
  expect(complaints).toEqual([]);
});

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
  // A clock that is only installed goes on: a blip could last long enough to be told.
  await page.clock.pauseAt(Date.now() + 60_000);
  const spoken = page.locator('#spoken');
  /** Long enough for anything that was going to be said. */
  const hear = async (): Promise<string> => {
    await page.clock.runFor(3_000);
    return spoken.innerText();
  };
  // As the page was opened with it.
  const asBefore = { isSecretRemembered: true, selfRepair: 'on' } as const;
  const say = (changes: Parameters<typeof statusOf>[0]) =>
    page.evaluate(
      (snapshot) => (globalThis as any).gallery.say(snapshot),
      snapshotOf([statusOf({ ...asBefore, ...changes })]),
    );
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

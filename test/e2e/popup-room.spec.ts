/** A popup is 600 px high at most, and a tired person scrolls none of it: every card, in every language. */
import { expect, type Page } from '@playwright/test';
import { snapshotOf } from '../../labs/gallery/scene.ts';
import { SCENES } from '../../labs/gallery/scenes/all.ts';
import { BY_CODE } from '../../labs/gallery/scenes/statuses.ts';
import { show, visitAll } from '../../labs/gallery/visit.ts';
import type { Snapshot } from '../../src/messages.ts';
import { statusOf } from '../fixtures/statuses.ts';
import { LONG } from './fixtures.ts';
import { LANGUAGES, test } from './gallery-fixture.ts';

test.use({ trace: 'off' });
test.describe.configure({ timeout: 300_000 });

/** What browsers give a popup at most, CSS pixels. */
const HIGHEST = 600;

/** Every card as it opens, under an id of its own: nothing is left over from the one before. */
const CARDS: readonly (readonly [name: string, snapshot: Snapshot])[] = Object.entries(SCENES.popup)
  .filter(([, { acts, isForeign }]) => !acts?.length && !isForeign)
  .map(([name, { snapshot }]) => [
    name,
    snapshot.statuses.length === 1
      ? { ...snapshot, statuses: snapshot.statuses.map((status) => ({ ...status, gatewayId: name })) }
      : snapshot,
  ]);

/** The same beside two gateways that have nothing to tell. */
const AMONG_SEVERAL = CARDS.filter(([, { statuses }]) => statuses.length === 1).map(
  ([name, { statuses }]): readonly [string, Snapshot] => [
    `${name}, one of three`,
    snapshotOf([
      ...statuses,
      statusOf({ ...BY_CODE.paused, gatewayId: 'home', name: 'Home' }),
      statusOf({ ...BY_CODE.paused, gatewayId: 'lab', name: 'Lab' }),
    ]),
  ],
);

/**
 * Shows one card after another (`null`: as it is), and returns what is higher or wider than a popup, with its size, and
 * commands of which it is not said where to run them.
 */
const sweep = (page: Page, cards: readonly (readonly [string, Snapshot | null])[]): Promise<string[]> =>
  page.evaluate(
    async ({ cards, highest }) => {
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const found: string[] = [];
      let isChanged = false;
      new MutationObserver(() => {
        isChanged = true;
      }).observe(document, { childList: true, subtree: true, characterData: true });
      for (const [name, snapshot] of cards) {
        if (snapshot !== null) (globalThis as any).gallery.say(snapshot);
        // Commands and form come a moment later, and each change may bring another.
        for (let quiet = 0; quiet < 3; quiet = isChanged ? 0 : quiet + 1) {
          isChanged = false;
          await frame();
        }
        const main = document.querySelector('main') as HTMLElement;
        const app = document.getElementById('app') as HTMLElement;
        const hidden = main.scrollHeight - main.clientHeight;
        const height = Math.ceil(app.getBoundingClientRect().height) + hidden;
        if (height > highest) found.push(`${name} is ${height} px high`);
        const connect = document.querySelector('[data-testid=connect]')?.getBoundingClientRect();
        if (connect && connect.bottom > highest) found.push(`${name}: Connect ends at ${connect.bottom} px`);
        if (main.querySelector('[data-testid=remedy-command]') && !main.querySelector('[data-testid=place]'))
          found.push(`${name} does not say where to run its command`);
        const { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth > clientWidth) found.push(`${name} is ${scrollWidth} px wide`);
      }
      return found;
    },
    { cards, highest: HIGHEST },
  );

for (const language of LANGUAGES) {
  test(
    `${language}: every card fits, alone and among several`,
    language === 'de' ? {} : LONG,
    async ({ gallery }) => {
      const page = await gallery.browser.newPage({ viewport: { width: 360, height: HIGHEST } });
      // A system with a long name.
      await show(page, gallery.url({ page: 'popup', state: 'on-a-mac' }, { language }));
      expect(await sweep(page, [...CARDS, ...AMONG_SEVERAL])).toEqual([]);
      await page.close();
    },
  );
}

test('a form in which something was pasted fits too', LONG, async ({ gallery }) => {
  const frames = Object.keys(SCENES.popup)
    // An error that is explained is read, and may scroll.
    .filter((state) => state.startsWith('paste-') && state !== 'paste-loopback-only')
    .map((state) => ({ page: 'popup', state }) as const);
  const complaints = await visitAll(gallery, frames, async (page, frame) => {
    await page.setViewportSize({ width: 360, height: HIGHEST });
    await show(page, gallery.url(frame, { language: 'de' }));
    return sweep(page, [[frame.state, null]]);
  });
  expect(complaints).toEqual([]);
});

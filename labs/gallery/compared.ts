/** What the comparison watches: one of each kind of card, form, list and panel. */
import type { PageName } from '../../src/browser/worker/pages.ts';
import { changesIn, keepLook, type Look, lookOf } from './looks.ts';
import { PAGE_NAMES } from './scenes/all.ts';
import { BY_CODE } from './scenes/statuses.ts';
import { type Frame, type Gallery, show, visitAll } from './visit.ts';

const COMPARED: Readonly<Record<PageName, readonly string[]>> = {
  popup: [
    'first-run',
    ...Object.keys(BY_CODE).map((code) => `state-${code}`),
    'cause-origin-not-allowed',
    'cause-identity-conflict',
    'relay-relay-key-rotated',
    'relay-help-open',
    'notice-credential-refused',
    'paste-old-setup-code',
    'paste-address',
    'paste-insecure-public',
    'several-gateways',
    'storage-unwritable',
    'more',
  ],
  doctor: ['well', 'nothing-set-up', 'state-down', 'relay-not-attached', 'report-open'],
  history: ['day', 'month', 'empty'],
  options: ['several-gateways', 'renaming'],
  others: ['off', 'many'],
  welcome: ['fresh'],
};

/** Calls `judge` with the look of each frame, and returns all complaints. */
async function takeLooks(
  gallery: Gallery,
  judge: (page: Parameters<typeof lookOf>[0], frame: Frame, look: Look) => Promise<string[]>,
): Promise<string[]> {
  const frames = PAGE_NAMES.flatMap((page) => COMPARED[page].map((state) => ({ page, state })));
  return visitAll(gallery, frames, async (page, frame) => {
    await page.setViewportSize({ width: frame.page === 'popup' ? 360 : 900, height: 600 });
    await show(page, gallery.url(frame, { font: 'same', timers: 'held' }));
    return judge(page, frame, await lookOf(page));
  });
}

/** How pages differ from the looks that were kept. */
export const changedLooks = (gallery: Gallery): Promise<string[]> => takeLooks(gallery, changesIn);

/** Keeps the looks that pages have now. */
export const keepLooks = (gallery: Gallery): Promise<string[]> =>
  takeLooks(gallery, async (_, frame, look) => {
    await keepLook(frame, look);
    return [];
  });

/** The popup, in the toolbar or as a tab: paints what is stored at once, then whatever the worker says. */
import { render } from 'preact';
import browser from '../browser/api.ts';
import { t } from '../browser/i18n.ts';
import { subscribe } from '../browser/worker-link.ts';
import type { Snapshot } from '../messages.ts';
import { Popup } from './popup.tsx';

const root = document.documentElement;
root.lang = t('language_tag');
document.title = t('extension_name');

const app = document.getElementById('app');
let isLive = false;

function paint(snapshot: Snapshot): void {
  if (app) render(<Popup snapshot={snapshot} />, app);
}

subscribe((snapshot) => {
  isLive = true;
  paint(snapshot);
});

// Worker and disk race: a worker that is awake answers before the code that can read the disk is loaded, and one
// that has to start is too slow for a first paint.
void import('../browser/snapshot.ts')
  .then(({ readSnapshot }) => readSnapshot())
  .then((stored) => {
    // What the worker said meanwhile is newer.
    if (!isLive) paint(stored);
  });

// A popup takes its width from its content, a tab gives one: only there may the page be narrower or wider.
void browser.tabs.getCurrent().then((tab) => {
  if (tab) root.dataset.view = 'tab';
});

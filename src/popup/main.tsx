/** The popup, in the toolbar or as a tab: paints what is stored at once, then whatever the worker says. */
import { render } from 'preact';
import browser from '../browser/api.ts';
import { glance } from '../browser/glance.ts';
import { t } from '../browser/i18n.ts';
import { subscribe } from '../browser/worker-link.ts';
import type { Snapshot } from '../messages.ts';
import { loadRemedies } from '../ui/lazy-remedies.tsx';
import { followTheme } from '../ui/theme.ts';
import { Popup } from './popup.tsx';

followTheme();
const root = document.documentElement;
root.lang = t('language_tag');
document.title = t('extension_name');

const app = document.getElementById('app');
let isLive = false;

function paint(snapshot: Snapshot): void {
  if (app) render(<Popup snapshot={snapshot} isLive={isLive} />, app);
}

/** What is on the disk; judged by the library only where a glance does not do. */
async function readStored(): Promise<Snapshot> {
  const glanced = glance();
  // While the disk answers: most cards want their commands.
  void loadRemedies();
  return (await glanced) ?? (await import('../browser/snapshot.ts')).readSnapshot();
}

// Worker and disk race: a worker that has to start is too slow for a first paint.
void readStored().then((stored) => {
  // What the worker said meanwhile is newer.
  if (!isLive) paint(stored);
});

subscribe((snapshot) => {
  isLive = true;
  paint(snapshot);
});

// A popup takes its width from its content, a tab gives one: only there may the page be narrower or wider.
void browser.tabs.getCurrent().then((tab) => {
  if (tab) root.dataset.view = 'tab';
});

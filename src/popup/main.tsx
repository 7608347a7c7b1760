/** The popup, in the toolbar or as a tab: paints what is stored at once, then whatever the worker says. */
import { render } from 'preact';
import browser from '../browser/api.ts';
import { t } from '../browser/i18n.ts';
import { glance } from '../browser/page/glance.ts';
import { subscribe } from '../browser/page/worker-link.ts';
import type { Snapshot } from '../messages.ts';
import { LazyApproval, LazyRemedies } from '../ui/lazy-parts.tsx';
import { followTheme } from '../ui/theme.ts';
import { firstRead } from './first-read.ts';
import { fromDisk, hearing, type LastKnown } from './last-known.ts';
import { Popup } from './popup.tsx';

followTheme();
const root = document.documentElement;
root.lang = t('language_tag');
document.title = t('extension_name');

/** Milliseconds. When the talk with the worker begins at the latest. */
const AFTER_PAINT_MS = 100;

const NOTHING: ReadonlySet<string> = new Set();
const app = document.getElementById('app');

let lastKnown: LastKnown | null = null;

function paint(next: LastKnown): void {
  lastKnown = next;
  if (app) render(<Popup {...next} />, app);
}

/** What is on the disk; judged by the library only where a glance does not do. */
async function readStored(): Promise<Snapshot> {
  return glance(await firstRead) ?? (await import('../browser/page/snapshot.ts')).readSnapshot();
}

/** What can wait for the first paint: a worker that is woken, and files that are read, would only delay it. */
function afterPaint(): void {
  // Most cards want their commands.
  void LazyRemedies.load();
  void LazyApproval.load();
  subscribe(
    (heard) => paint(lastKnown ? hearing(lastKnown, heard, Date.now()) : { snapshot: heard, old: NOTHING }),
    () => root.dataset.gateway ?? null,
  );
  // A popup takes its width from its content, a tab gives one: only there may the page be narrower or wider.
  void browser.tabs.getCurrent().then((tab) => {
    if (tab) root.dataset.view = 'tab';
  });
}

void readStored()
  .then((stored) => paint(fromDisk(stored)))
  // In a tab that nobody looks at, nothing is ever painted.
  .finally(() => requestIdleCallback(afterPaint, { timeout: AFTER_PAINT_MS }));

/** How every tab of ours begins. */
import { type ComponentType, render } from 'preact';
import { type MessageKey, t } from '../browser/i18n.ts';
import { subscribe } from '../browser/page/worker-link.ts';
import type { Snapshot } from '../messages.ts';
import { followTheme } from './theme.ts';

/** Paints what is stored, and from then on whatever the worker says: with a dead worker the first is all there is. */
export function startTab(title: MessageKey, Page: ComponentType<{ snapshot: Snapshot }>): void {
  followTheme();
  document.documentElement.lang = t('language_tag');
  document.title = t(title);
  const app = document.getElementById('app');
  let isLive = false;
  const paint = (snapshot: Snapshot): void => {
    if (app) render(<Page snapshot={snapshot} />, app);
  };
  subscribe((snapshot) => {
    isLive = true;
    paint(snapshot);
  });
  void import('../browser/page/snapshot.ts')
    .then(({ readSnapshot }) => readSnapshot())
    .then((stored) => {
      if (!isLive) paint(stored);
    });
}

/** The page of a gateway's past. Works with a worker that is dead: everything shown is on the disk. */
import { render } from 'preact';
import { t } from '../../browser/i18n.ts';
import { subscribe } from '../../browser/worker-link.ts';
import type { Snapshot } from '../../messages.ts';
import { followTheme } from '../../ui/theme.ts';
import { HistoryPage } from './history.tsx';

followTheme();
document.documentElement.lang = t('language_tag');
document.title = t('history');

const app = document.getElementById('app');
let isLive = false;

function paint(snapshot: Snapshot): void {
  if (app) render(<HistoryPage snapshot={snapshot} />, app);
}

subscribe((snapshot) => {
  isLive = true;
  paint(snapshot);
});

void import('../../browser/snapshot.ts')
  .then(({ readSnapshot }) => readSnapshot())
  .then((stored) => {
    if (!isLive) paint(stored);
  });

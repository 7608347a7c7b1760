/** The doctor's page. Works with a worker that is dead: then it shows what is stored, and its own looks. */
import { render } from 'preact';
import { t } from '../../browser/i18n.ts';
import { subscribe } from '../../browser/worker-link.ts';
import type { Snapshot } from '../../messages.ts';
import { followTheme } from '../../ui/theme.ts';
import { Doctor } from './doctor.tsx';

followTheme();
document.documentElement.lang = t('language_tag');
document.title = t('doctor');

const app = document.getElementById('app');
let isLive = false;

function paint(snapshot: Snapshot): void {
  if (app) render(<Doctor snapshot={snapshot} />, app);
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

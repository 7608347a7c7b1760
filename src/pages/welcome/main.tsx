/** The page that greets a new user, once, after the installation. */
import { render } from 'preact';
import { t } from '../../browser/i18n.ts';
import { subscribe } from '../../browser/page/worker-link.ts';
import type { Snapshot } from '../../messages.ts';
import { followTheme } from '../../ui/theme.ts';
import { Greeting } from './greeting.tsx';

followTheme();
document.documentElement.lang = t('language_tag');
document.title = t('extension_name');

const app = document.getElementById('app');
let end: (() => void) | null = null;

function paint(snapshot: Snapshot): void {
  if (app) render(<Greeting snapshot={snapshot} />, app);
}

/** A tab that nobody looks at must not keep the worker awake. */
function follow(): void {
  const isSeen = document.visibilityState === 'visible';
  if (isSeen === (end !== null)) return;
  end?.();
  end = isSeen ? subscribe(paint) : null;
}

paint({ statuses: [], storageProblem: null });
document.addEventListener('visibilitychange', follow);
follow();

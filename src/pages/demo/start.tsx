/** How every page of the demo begins: a page of ours as it is, before a worker that is played. */
import { type ComponentType, render } from 'preact';
import { t } from '../../browser/i18n.ts';
import { removeItem } from '../../browser/storage.ts';
import type { StatusCode } from '../../gateway/status.ts';
import type { Command, Question, Reply, Snapshot } from '../../messages.ts';
import { historyItem, watchedItem } from '../../storage/items.ts';
import { followTheme } from '../../ui/theme.ts';
import { playBrowser } from './fake-browser.ts';
import { addressOf, DEMO_PAGES, DemoFrame, type DemoPage } from './frame.tsx';
import { demoAnswer } from './inside.ts';
import { DEMO_CODES, DEMO_ID, next, snapshotOf, stateAfter } from './states.ts';
import { storedPast } from './stored-history.ts';

/** Milliseconds. How often the played worker proves that its gateway lives. */
const PROOF_EVERY_MS = 16_000;
/** Milliseconds. What happens at once would seem not to have happened. */
const TAKES_MS = 600;

const REPLY: Reply = { ok: true, gatewayId: DEMO_ID };

const asked = new URLSearchParams(location.search).get('state');
let code: StatusCode = DEMO_CODES.find((each) => each === asked) ?? 'healthy';
let since = Date.now();
let timer: ReturnType<typeof setTimeout> | undefined;

/** @param View what the page shows, given what the worker says */
export function startDemo(page: DemoPage, View: ComponentType<{ snapshot: Snapshot }>): void {
  followTheme();
  document.documentElement.lang = t('language_tag');
  document.title = `${t('demo_title')} · ${t('extension_name')}`;
  const [frame, app] = [document.getElementById('demo'), document.getElementById('app')];

  function paint(): void {
    if (!frame || !app) return;
    const snapshot = snapshotOf(code, since, Date.now());
    render(<DemoFrame page={page} code={code} onChoose={show} />, frame);
    render(<View snapshot={snapshot} />, app);
    clearTimeout(timer);
    const { nextTryAt = null } = snapshot.statuses[0] ?? {};
    timer =
      nextTryAt === null || code === 'approval'
        ? setTimeout(paint, PROOF_EVERY_MS)
        : setTimeout(() => show(next(code)), nextTryAt - Date.now());
  }

  function show(shown: StatusCode): void {
    code = shown;
    since = Date.now();
    history.replaceState(null, '', addressOf(page, code));
    paint();
  }

  playBrowser((command: Command | Question) => {
    if (command.type === 'ask-gateway') return demoAnswer(command.method);
    const then = stateAfter(code, command);
    if (command.type === 'delete-history') {
      void removeItem(historyItem(DEMO_ID));
      void removeItem(watchedItem(DEMO_ID));
    }
    setTimeout(() => (then === code ? paint() : show(then)), TAKES_MS);
    return REPLY;
  }, storedPast(since));

  // A link to a page of ours leads to its own demo; the settings are real, and stay so.
  addEventListener('click', (event) => {
    const { pathname } = (event.target as Element).closest('a') ?? {};
    const [, to] = pathname?.match(/^\/src\/(?:pages\/)?(popup|doctor|history)\/index\.html$/) ?? [];
    if (to === undefined || !(to in DEMO_PAGES)) return;
    event.preventDefault();
    location.href = addressOf(to as DemoPage, code);
  });

  paint();
}

/**
 * What makes a frame the same each time: a clock that stands, a theme, and on demand a font that is the same
 * everywhere. And what its user did.
 */
import font from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { NOW } from '../../test/fixtures/statuses.ts';
import type { Act, Scene } from './scene.ts';

/** Milliseconds: how often the page is looked at. Looks, and not time, make it quiet: a busy machine skips some. */
const LOOK_MS = 12;
const QUIET_LOOKS = 12;

const root = document.documentElement;

/** Prepares the document before any code of the page runs, and says `html[data-gallery=ready]` when it is painted. */
export function dress({ acts = [] }: Scene): void {
  const asked = new URLSearchParams(location.search);
  globalThis.Date = class extends Date {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [NOW] : given) as [number]));
    }
    static override now = (): number => NOW;
  } as DateConstructor;
  if (asked.get('timers') === 'held') holdTimers();
  const style = document.createElement('style');
  const theme = asked.get('theme');
  if (theme !== null) style.append(`:root { color-scheme: ${theme} !important }`);
  if (asked.get('font') === 'same') style.append(SAME_FONT);
  document.head.append(style);
  void play(acts).then(
    () => {
      root.dataset.gallery = 'ready';
    },
    (error) => {
      root.dataset.gallery = String(error);
    },
  );
}

/** Nothing goes on by itself, like a paste that is sent after a second, however long a busy machine takes to look at it. */
function holdTimers(): void {
  const start = globalThis.setTimeout;
  globalThis.setTimeout = ((handler: () => void, ms = 0) =>
    start(handler, ms < LASTS_MS ? ms : NEVER_MS)) as typeof setTimeout;
}

/** Milliseconds: what takes less belongs to painting. */
const LASTS_MS = 500;
/** Milliseconds: the longest that a timer can take, weeks. */
const NEVER_MS = 2 ** 31 - 1;

const SAME_FONT = `
  @font-face { font-family: "Gallery"; src: url(${font}); font-weight: 100 900 }
  * { font-family: "Gallery" !important; text-rendering: geometricPrecision }
`;

async function play(acts: readonly Act[]): Promise<void> {
  await painted();
  for (const act of acts) {
    if ('until' in act) await until(() => document.querySelector(act.until) !== null, act.until);
    else if ('click' in act) (await find(act.click)).click();
    else {
      const field = (await find(act.into)) as HTMLTextAreaElement;
      field.focus();
      field.value = act.paste;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
    }
    await painted();
  }
  (document.activeElement as HTMLElement | null)?.blur();
  await document.fonts.ready;
  await painted();
}

async function find(selector: string): Promise<HTMLElement> {
  await until(() => document.querySelector(selector) !== null, selector);
  return document.querySelector(selector) as HTMLElement;
}

/** The page shows something, has come to its conclusions, and changes no more. */
async function painted(): Promise<void> {
  let quietLooks = 0;
  const observer = new MutationObserver(() => {
    quietLooks = 0;
  });
  observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  await until(() => {
    const isShown = (document.getElementById('app')?.childElementCount ?? 0) > 0;
    const isBusy = root.dataset.run === 'running' || root.dataset.past === 'loading';
    quietLooks = isShown && !isBusy ? quietLooks + 1 : 0;
    return quietLooks >= QUIET_LOOKS;
  }, 'end of painting');
  observer.disconnect();
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const givesUpAt = performance.now() + 8_000;
  while (!isSo()) {
    if (performance.now() > givesUpAt) throw new Error(`No ${what} came.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

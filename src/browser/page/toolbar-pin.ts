/** Whether the icon is on the toolbar: only the user can put it there. */
import browser from '../api.ts';

/** Milliseconds. Older browsers have no event for it. */
const LOOK_EVERY_MS = 1_000;

interface Looking {
  getUserSettings?(): Promise<{ isOnToolbar?: boolean }>;
}

/**
 * Calls `onAnswer` now and whenever it changes, while the page can be seen. Never where the browser does not tell.
 *
 * @returns ends it
 */
export function followToolbarPin(onAnswer: (isPinned: boolean) => void): () => void {
  let last: boolean | null = null;
  let isOver = false;
  const look = async (): Promise<void> => {
    if (document.visibilityState !== 'visible') return;
    const settings = await (browser.action as Looking).getUserSettings?.().catch(() => null);
    const isPinned = settings?.isOnToolbar ?? null;
    if (isOver || isPinned === null || isPinned === last) return;
    last = isPinned;
    onAnswer(isPinned);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  void look();
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}

/** Draws the icon in the toolbar. What it says is `words/face.ts`. */
import type { Face } from '../../words/face.ts';
import { type IconSet, iconPath } from '../../words/icon-set.ts';
import browser from '../api.ts';

/** What this worker drew last. Another worker's drawing lasts too, but we cannot see it. */
let drawn: { [Key in keyof Face]?: Face[Key] | undefined } & { set?: IconSet } = {};

/** Draws what differs from the last drawing. Returns at once; what the browser refuses is drawn next time. */
export function drawToolbar(next: Face, set: IconSet = 'color'): void {
  const before: typeof drawn = drawn.set === set ? drawn : { ...drawn, icon: undefined };
  drawn = { ...next, set };
  const { action } = browser;
  const draw = (key: keyof Face, drawing: () => Promise<unknown>): void => {
    if (before[key] === next[key]) return;
    drawing().catch(() => {
      drawn = { ...drawn, [key]: undefined };
    });
  };
  draw('icon', () =>
    action.setIcon({ path: { 16: iconPath(next.icon, set, 16), 32: iconPath(next.icon, set, 32) } }),
  );
  draw('badge', () => action.setBadgeText({ text: next.badge }));
  draw('tooltip', () => action.setTitle({ title: next.tooltip }));
  draw('color', async () => {
    await action.setBadgeBackgroundColor({ color: next.color });
    // Unset it is transparent in Chromium, and a guess in Firefox.
    await action.setBadgeTextColor({ color: '#FFFFFF' });
  });
}

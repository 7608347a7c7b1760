/** Which pictures the toolbar wears: what the user chose, or what suits the colours that our pages see. */
import type { StatusCode } from '../gateway/status.ts';
import type { Scheme, Settings } from '../settings.ts';

/** Folders of `public/icons`. `color` has an outline and stands out from any toolbar. */
export type IconSet = Exclude<Settings['icons'], 'auto'> | 'color-on-dark';

/** @param seen the last that a page said; `null` while none was ever open */
export const iconSet = (chosen: Settings['icons'], seen: Scheme | null): IconSet =>
  chosen !== 'auto' ? chosen : seen === 'dark' ? 'color-on-dark' : 'color';

/** From the extension's root: a relative path would start at the worker's own folder. */
export const iconPath = (icon: StatusCode, set: IconSet, size: 16 | 32): string =>
  `/icons/${set === 'color' ? '' : `${set}/`}${icon}-${size}.png`;

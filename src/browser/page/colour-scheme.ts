/** Whether the browser is light or dark: its toolbar most likely is too. Our own theme (`ui/theme.ts`) changes nothing. */
import type { Scheme } from '../../settings.ts';

/**
 * Calls `tell` whenever it changes.
 *
 * @returns what it is at a moment, and what ends the calls
 */
export function followScheme(tell: (seen: Scheme) => void): { now: () => Scheme; end: () => void } {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const now = (): Scheme => (dark.matches ? 'dark' : 'light');
  const onChange = (): void => tell(now());
  dark.addEventListener('change', onChange);
  return { now, end: () => dark.removeEventListener('change', onChange) };
}

/**
 * The theme that the user chose. It is stored with the settings; its mirror in `localStorage` can be read before the
 * first paint, so that no page flashes in the wrong colours.
 */
import type { Settings } from '../settings.ts';

type Theme = Settings['theme'];

const KEY = 'theme';

const show = (theme: string | null): void => {
  // Without one of its own, the style sheet's "light dark" follows the system.
  document.documentElement.style.colorScheme = theme === 'system' ? '' : (theme ?? '');
};

/** Shows the page in the chosen theme, now and when it is chosen anew in another page. Called first by every page. */
export function followTheme(): void {
  show(localStorage.getItem(KEY));
  addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY || key === null) show(newValue);
  });
}

/** Shows a theme here and in every other page that is open or will be. */
export function chooseTheme(theme: Theme): void {
  show(theme);
  localStorage.setItem(KEY, theme);
}

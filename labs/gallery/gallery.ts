/**
 * Every state of every page, in both themes, on one URL. `?page=popup`, `?state=down` and `?theme=dark` show less;
 * `&width=320` shows them narrower.
 */
import { PAGE_NAMES, pathOf, SCENES } from './scenes/all.ts';

/** Those that exist; see `build.ts`. */
declare const GALLERY_PAGES: readonly string[];

const asked = new URLSearchParams(location.search);
const isWanted = (what: string, value: string): boolean => (asked.get(what) ?? value) === value;

/** CSS pixels: a popup's own width, and a small window's. */
const widthOf = (page: string): string => asked.get('width') ?? (page === 'popup' ? '360' : '900');

function frame(page: string, path: string, state: string, theme: string): HTMLIFrameElement {
  const made = document.createElement('iframe');
  made.src = `/${path}?${new URLSearchParams({ state, theme })}`;
  made.loading = 'lazy';
  made.title = `${page}, ${state}, ${theme}`;
  made.style.setProperty('--width', `${widthOf(page)}px`);
  made.height = '420';
  made.addEventListener('load', () => {
    const body = made.contentDocument?.body;
    if (!body) return;
    new ResizeObserver(() => {
      made.height = String(
        Math.ceil(made.contentDocument?.getElementById('app')?.getBoundingClientRect().bottom ?? 0),
      );
    }).observe(body);
  });
  return made;
}

for (const page of PAGE_NAMES.filter((name) => isWanted('page', name))) {
  const path = pathOf(page);
  if (!GALLERY_PAGES.includes(path)) continue;
  const title = document.createElement('h1');
  title.textContent = page;
  const states = document.createElement('div');
  states.className = 'states';
  for (const state of Object.keys(SCENES[page]).filter((name) => isWanted('state', name))) {
    const figure = document.createElement('figure');
    const caption = document.createElement('figcaption');
    const link = document.createElement('a');
    link.href = `?${new URLSearchParams({ page, state })}`;
    link.textContent = state;
    caption.append(link);
    const themes = document.createElement('div');
    themes.className = 'themes';
    for (const theme of ['light', 'dark'].filter((name) => isWanted('theme', name))) {
      themes.append(frame(page, path, state, theme));
    }
    figure.append(caption, themes);
    states.append(figure);
  }
  document.body.append(title, states);
}

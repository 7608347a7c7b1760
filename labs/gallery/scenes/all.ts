/** Every page with its states. A page that is added to `browser/worker/pages.ts` does not compile until it has some. */
import type { PageName } from '../../../src/browser/worker/pages.ts';
import type { Scene, Scenes } from '../scene.ts';
import { DOCTOR } from './doctor.ts';
import { HISTORY } from './history.ts';
import { OPTIONS } from './options.ts';
import { OTHERS } from './others.ts';
import { POPUP } from './popup.ts';
import { WELCOME } from './welcome.ts';

export const SCENES: Readonly<Record<PageName, Scenes>> = {
  popup: POPUP,
  doctor: DOCTOR,
  history: HISTORY,
  options: OPTIONS,
  others: OTHERS,
  welcome: WELCOME,
};

export const PAGE_NAMES = Object.keys(SCENES) as readonly PageName[];

/** Where a page's HTML is, in `src` and in the gallery. */
export const pathOf = (page: PageName): string =>
  page === 'popup' ? 'src/popup/index.html' : `src/pages/${page}/index.html`;

/** The scene that this document's address asks for. */
export function sceneHere(): Scene {
  const { pathname, searchParams } = new URL(location.href);
  const page = PAGE_NAMES.find((name) => pathname.endsWith(pathOf(name)));
  const scene = page && SCENES[page][searchParams.get('state') ?? ''];
  if (!scene) throw new Error(`The gallery has no such state: ${location.href}`);
  return scene;
}

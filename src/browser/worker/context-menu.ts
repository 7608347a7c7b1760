/** The menu behind a right click on the icon. What its items do is `background/menu.ts`. */
import browser from '../api.ts';
import { t } from '../i18n.ts';

const TITLES = {
  'check-now': 'menu_check_all',
  'pause-or-resume': 'menu_pause_or_resume',
  'open-doctor': 'open_doctor',
  'open-history': 'open_history',
} as const;

/** Once per installation or update; the browser keeps it. */
export async function createMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  for (const [id, title] of Object.entries(TITLES)) {
    browser.contextMenus.create({ id, title: t(title), contexts: ['action'] });
  }
}

/** Opens pages of ours, each once: one that is open already comes to the front. */
import browser from '../api.ts';
import { subjectOf } from './notifications.ts';

/** Where each page is, from the extension's root. */
const PATHS = {
  popup: 'src/popup/index.html',
  doctor: 'src/pages/doctor/index.html',
  history: 'src/pages/history/index.html',
  options: 'src/pages/options/index.html',
  others: 'src/pages/others/index.html',
  welcome: 'src/pages/welcome/index.html',
} as const;
export type PageName = keyof typeof PATHS;

/**
 * @param gatewayId the gateway that the page begins with
 * @param part the part of it that is meant, as in `#part`
 */
export async function openPage(
  page: PageName,
  gatewayId: string | null = null,
  part: string | null = null,
): Promise<void> {
  const path = browser.runtime.getURL(PATHS[page]);
  const asked = gatewayId === null ? path : `${path}?gateway=${encodeURIComponent(gatewayId)}`;
  const url = part === null ? asked : `${asked}#${part}`;
  // Our own tabs can be found without the permission to see others.
  const [open] = await browser.tabs.query({ url: `${path}*` }).catch(() => []);
  if (open?.id === undefined) await browser.tabs.create({ url });
  else await browser.tabs.update(open.id, open.url === url ? { active: true } : { active: true, url });
}

/**
 * A click on a notification leads to the card that it is about.
 *
 * @param cardOf the card of another client that was told of last
 */
export async function openNotified(
  notificationId: string,
  cardOf: (gatewayId: string) => Promise<string | null>,
): Promise<void> {
  const subject = subjectOf(notificationId);
  if (subject === null) return;
  const { gatewayId, page } = subject;
  await browser.notifications.clear(notificationId);
  await openPage(page, gatewayId, page === 'others' ? await cardOf(gatewayId) : null);
}

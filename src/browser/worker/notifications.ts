/** The browser's notifications: an optional permission, checked before each use. */

import type { GatewayStatus } from '../../gateway-status.ts';
import type { Showing } from '../../notify/policy.ts';
import { notificationWords } from '../../words/notification.ts';
import browser from '../api.ts';

/** One per gateway, so that a later one replaces an earlier one. */
const PREFIX = 'gateway:';

const isAllowed = (): Promise<boolean> =>
  browser.permissions.contains({ permissions: ['notifications'] }).catch(() => false);

/** Which gateway a notification is about; `null` for one that is not ours. */
export const gatewayOf = (notificationId: string): string | null =>
  notificationId.startsWith(PREFIX) ? notificationId.slice(PREFIX.length) : null;

/**
 * Shows one.
 *
 * @returns whether it was shown; `false` if the user has not allowed notifications
 */
export async function showNotification(showing: Showing, status: GatewayStatus): Promise<boolean> {
  if (!(await isAllowed())) return false;
  const { title, message } = notificationWords(showing, status);
  await browser.notifications.create(`${PREFIX}${showing.gatewayId}`, {
    type: 'basic',
    iconUrl: browser.runtime.getURL('icons/icon-128.png'),
    title,
    message,
  });
  return true;
}

/** Takes one back; no matter whether it is still there. */
export async function clearNotification(gatewayId: string): Promise<void> {
  if (await isAllowed()) await browser.notifications.clear(`${PREFIX}${gatewayId}`);
}

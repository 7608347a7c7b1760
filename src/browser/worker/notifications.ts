/** The browser's notifications: an optional permission, checked before each use. */

import type { GatewayStatus } from '../../gateway-status.ts';
import type { Showing } from '../../notify/policy.ts';
import type { Story } from '../../others/standing.ts';
import {
  type NotificationWords,
  notificationWords,
  othersNotificationWords,
} from '../../words/notification.ts';
import browser from '../api.ts';

/** One per gateway, so that a later one replaces an earlier one. */
const PREFIX = 'gateway:';

/** One per gateway for its other clients. */
const OTHERS_PREFIX = 'others:';

const isAllowed = (): Promise<boolean> =>
  browser.permissions.contains({ permissions: ['notifications'] }).catch(() => false);

/** Which gateway a notification is about, and which page tells more; `null` for one that is not ours. */
export function subjectOf(notificationId: string): { gatewayId: string; page: 'popup' | 'others' } | null {
  if (notificationId.startsWith(PREFIX))
    return { gatewayId: notificationId.slice(PREFIX.length), page: 'popup' };
  if (notificationId.startsWith(OTHERS_PREFIX))
    return { gatewayId: notificationId.slice(OTHERS_PREFIX.length), page: 'others' };
  return null;
}

/**
 * Shows one.
 *
 * @returns whether it was shown; `false` if the user has not allowed notifications
 */
export async function showNotification(showing: Showing, status: GatewayStatus): Promise<boolean> {
  return create(`${PREFIX}${showing.gatewayId}`, () => notificationWords(showing, status));
}

async function create(id: string, words: () => NotificationWords): Promise<boolean> {
  if (!(await isAllowed())) return false;
  await browser.notifications.create(id, {
    type: 'basic',
    iconUrl: browser.runtime.getURL('icons/icon-128.png'),
    ...words(),
  });
  return true;
}

/** Tells of another client that this gateway rejects, and of how many more. As {@link showNotification}. */
export const showOthersNotification = (
  status: Pick<GatewayStatus, 'gatewayId' | 'name'>,
  story: Story,
  more: number,
): Promise<boolean> =>
  create(`${OTHERS_PREFIX}${status.gatewayId}`, () => othersNotificationWords(status, story, more));

export const clearOthersNotification = (gatewayId: string): Promise<void> =>
  clear(`${OTHERS_PREFIX}${gatewayId}`);

/** Takes one back; no matter whether it is still there. */
export const clearNotification = (gatewayId: string): Promise<void> => clear(`${PREFIX}${gatewayId}`);

async function clear(id: string): Promise<void> {
  if (await isAllowed()) await browser.notifications.clear(id);
}

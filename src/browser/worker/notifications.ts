/** The browser's notifications: an optional permission, checked before each use. */

import type { GatewayStatus } from '../../gateway-status.ts';
import type { Showing } from '../../notify/policy.ts';
import { causeKey } from '../../words/faults.ts';
import { clockTime } from '../../words/time.ts';
import browser from '../api.ts';
import { language, t } from '../i18n.ts';

/** One per gateway, so that a later one replaces an earlier one. */
const PREFIX = 'gateway:';

/** Milliseconds. What a snooze button gives. */
export const SNOOZE_MS = 3_600_000;

const isAllowed = (): Promise<boolean> =>
  browser.permissions.contains({ permissions: ['notifications'] }).catch(() => false);

/** Which gateway a notification is about; `null` for somebody else's. */
export const gatewayOf = (notificationId: string): string | null =>
  notificationId.startsWith(PREFIX) ? notificationId.slice(PREFIX.length) : null;

/**
 * Shows one. No host, no secret and no foreign text in it: it may be seen on a locked screen.
 *
 * @returns whether it was shown; `false` if the user has not allowed notifications
 */
export async function showNotification(
  { kind, awayMs, gatewayId, since }: Showing,
  status: GatewayStatus,
): Promise<boolean> {
  if (!(await isAllowed())) return false;
  const name = status.name ?? t('notify_gateway');
  const at = clockTime(since, Date.now());
  const texts = ((): readonly [title: string, message: string] => {
    switch (kind) {
      case 'approval':
        return [t('notify_approval_title'), t('notify_approval', name)];
      case 'needs-you':
        return [
          t('notify_needs_you_title'),
          t('notify_needs_you', name, t(causeKey(status.cause ?? 'no-credential', 'title'))),
        ];
      case 'relay':
        return [t('notify_relay_title'), t('notify_relay', name)];
      case 'down':
        return [t('notify_down_title'), t('notify_down', name, at)];
      case 'back':
        return [t('notify_back_title'), t('notify_back', name, minutes(awayMs ?? 0))];
      default:
        return kind satisfies never;
    }
  })();
  const [title, message] = texts;
  await browser.notifications.create(`${PREFIX}${gatewayId}`, {
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

/** Whole minutes, at least one: a notification is no stopwatch. */
const minutes = (ms: number): string =>
  new Intl.NumberFormat(language(), { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(
    Math.max(1, Math.round(ms / 60_000)),
  );

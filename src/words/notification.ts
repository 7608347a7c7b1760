/** What a notification says. No host, no secret and no foreign text: it may be seen on a locked screen. */
import { language, t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import type { Showing } from '../notify/policy.ts';
import type { Story } from '../others/standing.ts';
import { titleOfCode } from './explained.ts';
import { causeKey } from './faults.ts';
import { kindName } from './others.ts';
import { clockTime } from './time.ts';

export interface NotificationWords {
  readonly title: string;
  readonly message: string;
}

/** Another client that is rejected: its kind and the cause, and not one word of its own. */
export function othersNotificationWords(
  { name }: Pick<GatewayStatus, 'name'>,
  { client, code }: Pick<Story, 'client' | 'code'>,
  more: number,
): NotificationWords {
  const who = kindName(client.kind);
  const where = name ?? t('notify_gateway');
  const why = titleOfCode(code);
  const message =
    more === 0 ? t('notify_others', who, where, why) : t('notify_others_several', who, where, why, more);
  return { title: t('notify_others_title'), message };
}

export function notificationWords(
  { kind, awayMs, since }: Showing,
  status: Pick<GatewayStatus, 'name' | 'cause'>,
): NotificationWords {
  const name = status.name ?? t('notify_gateway');
  const at = clockTime(since, Date.now());
  switch (kind) {
    case 'approval':
      return { title: t('notify_approval_title'), message: t('notify_approval', name) };
    case 'needs-you':
      return {
        title: t('notify_needs_you_title'),
        message: t('notify_needs_you', name, t(causeKey(status.cause ?? 'no-credential', 'title'))),
      };
    case 'relay':
      return { title: t('notify_relay_title'), message: t('notify_relay', name) };
    case 'down':
      return { title: t('notify_down_title'), message: t('notify_down', name, at) };
    case 'back':
      return { title: t('notify_back_title'), message: t('notify_back', name, minutes(awayMs ?? 0)) };
    default:
      return kind satisfies never;
  }
}

/** Whole minutes, at least one: a notification is no stopwatch. */
const minutes = (ms: number): string =>
  new Intl.NumberFormat(language(), { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(
    Math.max(1, Math.round(ms / 60_000)),
  );

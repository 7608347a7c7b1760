import { t } from '../browser/i18n.ts';
import { clockTime, countdown } from '../words/time.ts';

/** When a lock-out ends, and how long that is from now; both in milliseconds since the epoch. */
export const LockOutEnd = ({ at, now }: { at: number; now: number }) => (
  <p class="until">
    <strong>{t('wait_until', clockTime(at, now, { seconds: true }))}</strong>
    <span class="soft small">{t('wait_left', countdown(at - now))}</span>
  </p>
);

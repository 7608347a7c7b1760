import { t } from '../browser/i18n.ts';
import { causeOf } from '../gateway/causes.ts';
import type { ConnectionStatus } from '../gateway/status.ts';
import { LockOutEnd } from '../ui/lock-out-end.tsx';
import { countdown } from '../words/time.ts';

/** Milliseconds. A shorter countdown only flickers. */
const WORTH_COUNTING_MS = 1_500;

/** What we do next, and when. It counts down for the eye only: the live region does not. */
export function Progress({ status, now }: { status: ConnectionStatus; now: number }) {
  const { code, cause, nextTryAt } = status;
  const left = nextTryAt === null ? 0 : nextTryAt - now;
  const isCounting = left >= WORTH_COUNTING_MS;
  switch (code) {
    case 'approval':
      return <Line>{isCounting ? t('next_look', countdown(left)) : t('looking_now')}</Line>;
    case 'reconnecting':
    case 'down':
      return <Line>{isCounting ? t('next_try', countdown(left)) : t('trying_now')}</Line>;
    case 'starting':
    case 'offline':
      return isCounting ? <Line>{t('next_try', countdown(left))}</Line> : null;
    case 'limited':
      return nextTryAt === null ? null : <LockOutEnd at={nextTryAt} now={now} />;
    case 'needs-you':
      if (cause === null || causeOf(cause).recovery !== 'await-admission') return null;
      return (
        <Line>{isCounting ? t('next_look_admission', countdown(left)) : t('looking_now_admission')}</Line>
      );
    case 'unknown':
    case 'healthy':
    case 'healed':
    case 'relay':
    case 'paused':
    case 'not-set-up':
      return null;
    default:
      return code satisfies never;
  }
}

const Line = ({ children }: { children: string }) => <p class="soft small progress">{children}</p>;

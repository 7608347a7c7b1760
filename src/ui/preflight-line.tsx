import { t } from '../browser/i18n.ts';
import { type Preflight, type PreflightReason, preflight } from '../doctor/preflight.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { bearingOf } from '../relay/causes.ts';
import { titleOf } from '../words/faults.ts';
import { inARow } from '../words/row.ts';
import { clockTime, MINUTE_MS, span } from '../words/time.ts';

/** In one line, what a good verdict rests on; nothing where there is something against it. `now` in milliseconds. */
export function PreflightLine({ status, now }: { status: GatewayStatus; now: number }) {
  const verdict = preflight(status, now);
  if (verdict.level !== 'go') return null;
  return (
    <p class="preflight" data-testid="preflight" data-level="go">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M3 8.2 6.4 11.6 13 5" fill="none" stroke="currentColor" stroke-width="2.4" />
      </svg>
      <span>
        <strong>{t('preflight_go')}</strong> <span class="soft small">{inARow(known(verdict, now))}</span>
      </span>
    </p>
  );
}

/** What the verdict rests on. */
function known({ tokenAgeMs, restartedAt, repairedAt, relay }: Preflight, now: number): string[] {
  return [
    tokenWord(tokenAgeMs),
    restartWord(restartedAt, now),
    ...(repairedAt === null ? [] : [t('preflight_last_repair', clockTime(repairedAt, now))]),
    relayWord(relay),
  ];
}

const restartWord = (at: number | null, now: number): string =>
  at === null ? t('preflight_no_restart') : t('preflight_last_restart', clockTime(at, now));

function tokenWord(ageMs: number | null): string {
  if (ageMs === null) return t('preflight_token_none');
  return ageMs < MINUTE_MS ? t('preflight_token_new') : t('preflight_token', span(ageMs));
}

/** Never more than was proved. */
function relayWord(cause: Preflight['relay']): string {
  if (cause === 'relay-attached') return t('preflight_relay_is_attached');
  if (cause === 'relay-never-paired') return t('preflight_relay_is_unused');
  const bearing = bearingOf(cause);
  switch (bearing) {
    case 'proved':
      return t('preflight_relay_is_proved');
    case 'alive':
      return t('preflight_relay_is_alive');
    case 'asleep':
      return t('preflight_relay_is_asleep');
    case 'absent':
      return t('preflight_relay_is_absent');
    case 'fault':
      return t('preflight_relay_is_down');
    case 'unknown':
      return t('preflight_relay_is_unseen');
    default:
      return bearing satisfies never;
  }
}

/** Why a gateway cannot be relied on, in one sentence. `now` in milliseconds. */
export function reasonOf(reason: PreflightReason, now: number): string {
  switch (reason.code) {
    case 'paused':
      return t('preflight_paused');
    case 'not-proved':
      return t('preflight_not_proved');
    case 'pairing-unwritten':
      return t('preflight_unwritten');
    case 'not-connected':
      return t('preflight_not_connected');
    case 'relay-fault':
      return t('preflight_relay_fault');
    case 'relay-unknown':
      return t('preflight_relay_unknown');
    case 'restarted':
      return t('preflight_restarted', clockTime(reason.at, now));
    case 'repaired':
      return t('preflight_repaired', clockTime(reason.at, now));
    case 'finding':
      return titleOf(reason.finding);
    default:
      return reason satisfies never;
  }
}

/** What the icon in the toolbar says for all gateways together: {@link faceOf}. */
import { language, t } from '../browser/i18n.ts';
import { type StatusCode, worstOf } from '../gateway/status.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import type { Snapshot } from '../messages.ts';
import { isRelayFault, type RelayCause } from '../relay/causes.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings.ts';
import { causeKey, relayKey, relayLineKey } from './faults.ts';
import { gatewayName } from './gateway-name.ts';
import { STATES, TONE_COLORS } from './states.ts';
import { clockTime } from './time.ts';

export interface Face {
  /** Which of the pictures in `public/icons`. */
  readonly icon: StatusCode;
  /** At most four characters; empty for none. */
  readonly badge: string;
  /** Behind the badge, `#rrggbb`. */
  readonly color: string;
  /** A full sentence: it is also the accessible name of the button. */
  readonly tooltip: string;
}

/**
 * What the toolbar shows for all gateways together: the worst one decides. Pure but for the language.
 *
 * @param now milliseconds since the epoch
 * @param storageProblem without gateways it is all there is to tell
 * @param rejected how many other clients are; told only where all is well with ours, and the user wants it
 */
export function faceOf(
  statuses: readonly GatewayStatus[],
  now: number,
  storageProblem: Snapshot['storageProblem'] = null,
  { showsOk, countsOthers }: Pick<Settings, 'showsOk' | 'countsOthers'> = DEFAULT_SETTINGS,
  rejected = 0,
): Face {
  const worst = worstOf(statuses);
  if (worst === null && storageProblem !== null) {
    return face('needs-you', STATES['needs-you'].badge, t('tooltip_storage'));
  }
  if (worst === null) return face('not-set-up', STATES['not-set-up'].badge, t('tooltip_not_set_up'));
  const needy = statuses.filter(({ code }) => code === 'needs-you' || code === 'approval');
  if (needy.length > 1) {
    const names = new Intl.ListFormat(language(), { type: 'unit' }).format(needy.map(gatewayName));
    const tooltip = t('tooltip_several', needy.length, statuses.length, names);
    return face(worst.code, `!${Math.min(needy.length, 99)}`, tooltip);
  }
  const isWell = worst.code === 'healthy' || worst.code === 'healed';
  if (countsOthers && isWell && rejected > 0) {
    const tooltip = t('tooltip_others', tooltipOf(worst, now), rejected);
    return { ...face(worst.code, String(Math.min(rejected, 99)), tooltip), color: TONE_COLORS.attention };
  }
  if (showsOk && isWell) return face(worst.code, 'OK', tooltipOf(worst, now));
  // A blip changes the picture at once, but is worth no text.
  const { badge } = STATES[worst.code];
  const isBlip = badge === '...' && !worst.isVisible;
  return face(worst.code, isBlip ? '' : badge, tooltipOf(worst, now));
}

const face = (icon: StatusCode, badge: string, tooltip: string): Face => ({
  icon,
  badge,
  color: TONE_COLORS[STATES[icon].tone],
  tooltip,
});

function tooltipOf(status: GatewayStatus, now: number): string {
  const { code, cause, since, provenAt, nextTryAt } = status;
  const name = gatewayName(status);
  const at = (time: number | null) => clockTime(time ?? now, now);
  switch (code) {
    case 'not-set-up':
      return t('tooltip_not_set_up');
    case 'unknown':
      return provenAt === null ? t('tooltip_unknown', name) : t('tooltip_unknown_proven', name, at(provenAt));
    case 'healthy':
      return t('tooltip_healthy', name, at(provenAt));
    case 'healed':
      return t('tooltip_healed', name, at(status.notice?.at ?? since));
    case 'reconnecting':
      return t(provenAt === null ? 'tooltip_connecting' : 'tooltip_reconnecting', name, at(since));
    case 'starting':
      return t(cause === 'gateway-stopping' ? 'tooltip_stopping' : 'tooltip_starting', name, at(since));
    case 'down':
      return t(cause === 'gateway-stopping' ? 'tooltip_stopped' : 'tooltip_down', name, at(since));
    case 'offline':
      return t('tooltip_offline', name, at(since));
    case 'approval':
      return t('tooltip_approval', name);
    case 'needs-you':
      return t('tooltip_needs_you', name, t(causeKey(cause ?? 'no-credential', 'title')));
    case 'limited':
      return nextTryAt === null
        ? t('tooltip_limited', name)
        : t('tooltip_limited_until', name, at(nextTryAt));
    case 'relay':
      return t('tooltip_relay', name, t(relayTitleKey(status.relay.cause)));
    case 'paused':
      return t('tooltip_paused', name);
    default:
      return code satisfies never;
  }
}

const relayTitleKey = (cause: RelayCause) =>
  isRelayFault(cause) ? relayKey(cause, 'title') : relayLineKey(cause);

/** The icon in the toolbar: what it should look like ({@link faceOf}) and drawing that ({@link drawToolbar}). */

import { type StatusCode, worstOf } from '../../gateway/status.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import type { Snapshot } from '../../messages.ts';
import { isRelayFault, type RelayCause } from '../../relay/causes.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../settings.ts';
import { causeKey, relayKey, relayLineKey } from '../../words/faults.ts';
import { gatewayName } from '../../words/gateway-name.ts';
import { TONE_COLORS, TONE_OF } from '../../words/states.ts';
import { clockTime } from '../../words/time.ts';
import browser from '../api.ts';
import { language, t } from '../i18n.ts';

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

const BADGES: Readonly<Record<StatusCode, string>> = {
  'needs-you': '!',
  approval: 'ask',
  relay: 'R!',
  down: 'down',
  offline: 'down',
  limited: 'wait',
  reconnecting: '...',
  starting: '...',
  unknown: '',
  healed: '',
  healthy: '',
  paused: '',
  'not-set-up': '+',
};

/**
 * What the toolbar shows for all gateways together: the worst one decides. Pure but for the language.
 *
 * @param now milliseconds since the epoch
 * @param storageProblem without gateways it is all there is to tell
 */
export function faceOf(
  statuses: readonly GatewayStatus[],
  now: number,
  storageProblem: Snapshot['storageProblem'] = null,
  { showsOk }: Pick<Settings, 'showsOk'> = DEFAULT_SETTINGS,
): Face {
  const worst = worstOf(statuses);
  if (worst === null && storageProblem !== null) {
    return face('needs-you', BADGES['needs-you'], t('tooltip_storage'));
  }
  if (worst === null) return face('not-set-up', BADGES['not-set-up'], t('tooltip_not_set_up'));
  const needy = statuses.filter(({ code }) => code === 'needs-you' || code === 'approval');
  if (needy.length > 1) {
    const names = new Intl.ListFormat(language(), { type: 'unit' }).format(needy.map(gatewayName));
    const tooltip = t('tooltip_several', needy.length, statuses.length, names);
    return face(worst.code, `!${Math.min(needy.length, 99)}`, tooltip);
  }
  if (showsOk && (worst.code === 'healthy' || worst.code === 'healed')) {
    return face(worst.code, 'OK', tooltipOf(worst, now));
  }
  // A blip changes the picture at once, but is worth no text.
  const isBlip = BADGES[worst.code] === '...' && !worst.isVisible;
  return face(worst.code, isBlip ? '' : BADGES[worst.code], tooltipOf(worst, now));
}

const face = (icon: StatusCode, badge: string, tooltip: string): Face => ({
  icon,
  badge,
  color: TONE_COLORS[TONE_OF[icon]],
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
      return t('tooltip_relay', name, t(titleOf(status.relay.cause)));
    case 'paused':
      return t('tooltip_paused', name);
    default:
      return code satisfies never;
  }
}

const titleOf = (cause: RelayCause) => (isRelayFault(cause) ? relayKey(cause, 'title') : relayLineKey(cause));

/** What this worker drew last. Another worker's drawing lasts too, but we cannot see it. */
let drawn: { [Key in keyof Face]?: Face[Key] | undefined } & { set?: Settings['icons'] } = {};

/** Draws what differs from the last drawing. Returns at once; what the browser refuses is drawn next time. */
export function drawToolbar(next: Face, set: Settings['icons'] = 'color'): void {
  const before: typeof drawn = drawn.set === set ? drawn : { ...drawn, icon: undefined };
  drawn = { ...next, set };
  const { action } = browser;
  const draw = (key: keyof Face, drawing: () => Promise<unknown>): void => {
    if (before[key] === next[key]) return;
    drawing().catch(() => {
      drawn = { ...drawn, [key]: undefined };
    });
  };
  draw('icon', () => action.setIcon({ path: iconPaths(next.icon, set) }));
  draw('badge', () => action.setBadgeText({ text: next.badge }));
  draw('tooltip', () => action.setTitle({ title: next.tooltip }));
  draw('color', async () => {
    await action.setBadgeBackgroundColor({ color: next.color });
    // Unset it is transparent in Chromium, and a guess in Firefox.
    await action.setBadgeTextColor({ color: '#FFFFFF' });
  });
}

/** From the extension's root: a relative path would start at the worker's own folder. */
function iconPaths(icon: StatusCode, set: Settings['icons']): Record<string, string> {
  const folder = set === 'color' ? '/icons' : `/icons/${set}`;
  return { 16: `${folder}/${icon}-16.png`, 32: `${folder}/${icon}-32.png` };
}

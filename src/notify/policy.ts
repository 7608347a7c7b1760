/**
 * When a person is disturbed, and when not. Pure: the states in, what to show and to take back out.
 *
 * - N1 Only what a person must do is told once it has settled; an outage or a relay that fails is told after a minute.
 * - N2 One notification per gateway, one telling per incident: what follows replaces, what is over is taken back. A trouble that
 *   begins anew because the clock was set back is the same incident.
 * - N3 "Back" is told only of an outage that was told, and only when it has held.
 * - N4 Quiet hours, a snooze and the first minutes of a browser postpone: what still holds afterwards is told then.
 * - N5 A restart that the gateway announced is no outage.
 */
import { type GatewayStatus, SETTLED_AFTER_MS } from '../gateway-status.ts';

/** How much a person wants to hear: nothing, what they must do, or outages and recoveries too. */
export const NOTIFY_LEVELS = ['off', 'needs-you', 'all'] as const;
export type NotifyLevel = (typeof NOTIFY_LEVELS)[number];

export const NOTIFICATION_KINDS = ['approval', 'needs-you', 'relay', 'down', 'back'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export interface NotifySettings {
  readonly level: NotifyLevel;
  /** Minutes of the local day, `from` to `to`, perhaps over midnight; `null` = never quiet. */
  readonly quietHours: { readonly from: number; readonly to: number } | null;
  /** Milliseconds since the epoch. */
  readonly snoozedUntil: number | null;
  /** Other clients that a gateway rejects: `others.ts`. */
  readonly others: boolean;
}

/** What was told of one gateway. Stored, so that a new worker does not tell it again. */
export interface Told {
  readonly kind: NotificationKind;
  /** The incident's beginning. */
  readonly since: number;
  readonly at: number;
}
export type ToldAll = Readonly<Record<string, Told>>;

export interface Showing {
  readonly gatewayId: string;
  readonly kind: NotificationKind;
  /** Of the incident; for `back` how long it was away. Milliseconds. */
  readonly since: number;
  readonly awayMs: number | null;
}

export interface Plan {
  readonly show: readonly Showing[];
  /** Gateways whose notification is over. */
  readonly clear: readonly string[];
  /** The same object where nothing changed. */
  readonly told: ToldAll;
  /** When to look again although nothing happens; `null` = never. */
  readonly nextAt: number | null;
}

/** An outage that ends within a minute is not worth a disturbance. */
export const CONFIRM_MS = 60_000;

/** A gateway that is back for ten seconds stays; one that flaps does not. */
export const HOLD_MS = 10_000;

/** After a browser starts, everything is on its way up. */
export const WARM_UP_MS = 120_000;

/** What one gateway is worth telling at this moment, and when that begins to be so. */
function worth({
  code,
  since,
  relay,
}: GatewayStatus): { kind: NotificationKind; since: number; from: number } | null {
  const start = since ?? 0;
  switch (code) {
    case 'needs-you':
    case 'approval':
      return { kind: code, since: start, from: start + SETTLED_AFTER_MS };
    case 'relay':
      return { kind: 'relay', since: relay.since ?? start, from: (relay.since ?? start) + CONFIRM_MS };
    case 'down':
      return { kind: 'down', since: start, from: start + CONFIRM_MS };
    // [N5] `starting` covers an announced restart until its grace is over; the computer's own network is its business.
    case 'starting':
    case 'offline':
    case 'limited':
    case 'reconnecting':
    case 'unknown':
    case 'healed':
    case 'healthy':
    case 'paused':
    case 'not-set-up':
      return null;
    default:
      return code satisfies never;
  }
}

const isWanted = (kind: NotificationKind, level: NotifyLevel): boolean =>
  level === 'all' || (level === 'needs-you' && kind !== 'down' && kind !== 'back');

/** What a plan is made of. Times in milliseconds since the epoch. */
export interface Scene {
  /** What was told before, and still stands. */
  readonly told: ToldAll;
  readonly statuses: readonly GatewayStatus[];
  readonly settings: NotifySettings;
  readonly browserStartedAt: number;
  readonly now: number;
  /** The local time of `now`, 0 to 1,439. */
  readonly minuteOfDay: number;
}

/** What to show and to take back. */
export function plan({ told, statuses, settings, browserStartedAt, now, minuteOfDay }: Scene): Plan {
  const show: Showing[] = [];
  const clear = Object.keys(told).filter((id) => !statuses.some(({ gatewayId }) => gatewayId === id));
  const next: Record<string, Told> = Object.fromEntries(
    Object.entries(told).filter(([id]) => !clear.includes(id)),
  );
  const moments: number[] = [];
  let isTakenOver = false;
  const quietUntil = quietEnd(settings, browserStartedAt, now, minuteOfDay);

  for (const status of statuses) {
    const { gatewayId, code } = status;
    const before = next[gatewayId];
    const found = worth(status);
    if (found) {
      if (!isWanted(found.kind, settings.level)) continue;
      // [N2]
      const isKnown = before?.kind === found.kind;
      if (isKnown && before.since === found.since) continue;
      // What was told of a time that is still to come was told by a clock that was ahead.
      if (isKnown && before.since > now) {
        next[gatewayId] = { kind: found.kind, since: found.since, at: now };
        isTakenOver = true;
        continue;
      }
      const from = Math.max(found.from, quietUntil ?? 0);
      if (now < from) {
        moments.push(from);
        continue;
      }
      show.push({ gatewayId, kind: found.kind, since: found.since, awayMs: null });
      next[gatewayId] = { kind: found.kind, since: found.since, at: now };
      continue;
    }
    if (!before || before.kind === 'back') continue;
    if (code === 'paused') {
      clear.push(gatewayId);
      delete next[gatewayId];
      continue;
    }
    if (code !== 'healthy' && code !== 'healed') continue;
    const backSince = status.since ?? now;
    const tellsBack = before.kind === 'down' && isWanted('back', settings.level) && quietUntil === null;
    // [N3]
    if (tellsBack && now < backSince + HOLD_MS) {
      moments.push(backSince + HOLD_MS);
      continue;
    }
    if (tellsBack) {
      show.push({
        gatewayId,
        kind: 'back',
        since: before.since,
        awayMs: Math.max(0, backSince - before.since),
      });
      next[gatewayId] = { kind: 'back', since: before.since, at: now };
    } else {
      clear.push(gatewayId);
      delete next[gatewayId];
    }
  }
  const isSame = show.length + clear.length === 0 && !isTakenOver;
  return {
    show,
    clear,
    told: isSame ? told : next,
    nextAt: moments.length === 0 ? null : Math.min(...moments),
  };
}

/** [N4] Until when nothing is shown; `null` if it may be shown now. */
export function quietEnd(
  { level, quietHours, snoozedUntil }: NotifySettings,
  browserStartedAt: number,
  now: number,
  minuteOfDay: number,
): number | null {
  // A browser that was started later than now was started by a clock that was ahead, and has been up for longer than this.
  const warmUntil = browserStartedAt > now ? 0 : browserStartedAt + WARM_UP_MS;
  const ends = [warmUntil, snoozedUntil ?? 0];
  if (level !== 'off' && quietHours) {
    const left = minutesLeft(quietHours, minuteOfDay);
    if (left > 0) ends.push(now + left * 60_000);
  }
  const latest = Math.max(...ends);
  return latest > now ? latest : null;
}

/** How many minutes of the quiet hours are left; 0 outside of them. */
function minutesLeft({ from, to }: { from: number; to: number }, minute: number): number {
  const length = (to - from + 1_440) % 1_440;
  const gone = (minute - from + 1_440) % 1_440;
  return gone < length ? length - gone : 0;
}

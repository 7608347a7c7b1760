/** Tells the user what is worth a disturbance, once, and takes it back when it is over. */

import { readItem, writeItem } from '../browser/storage.ts';
import { clearNotification, showNotification } from '../browser/worker/notifications.ts';
import { startedAt } from '../browser/worker/session.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { type NotifySettings, plan, quietEnd, type ToldAll } from '../notify/policy.ts';
import { toldItem } from '../storage/items.ts';

export class Notifier {
  #told: ToldAll;
  readonly #browserStartedAt: number;

  private constructor(told: ToldAll, browserStartedAt: number) {
    this.#told = told;
    this.#browserStartedAt = browserStartedAt;
  }

  /** Reads what was told before. Never rejects. */
  static async load(): Promise<Notifier> {
    const [told, started] = await Promise.all([readItem(toldItem), startedAt()]);
    const known = told.type === 'value' ? told.value : [];
    return new Notifier(
      Object.fromEntries(known.map(({ gatewayId, ...each }) => [gatewayId, each])),
      started,
    );
  }

  /**
   * Shows and takes back what is due.
   *
   * @returns when to look again although nothing happens; `null` = never
   */
  consider(statuses: readonly GatewayStatus[], settings: NotifySettings, now: number): number | null {
    const { show, clear, told, nextAt } = plan({
      told: this.#told,
      statuses,
      settings,
      browserStartedAt: this.#browserStartedAt,
      now,
      minuteOfDay: minuteOfDay(now),
    });
    if (told !== this.#told) {
      this.#told = told;
      // A disk that refuses costs at worst a second telling.
      const entries = Object.entries(told).map(([gatewayId, each]) => ({ gatewayId, ...each }));
      void writeItem(toldItem, entries).catch(() => {});
    }
    for (const id of clear) void clearNotification(id).catch(() => {});
    for (const each of show) {
      const status = statuses.find(({ gatewayId }) => gatewayId === each.gatewayId);
      if (status) void showNotification(each, status).catch(() => {});
    }
    return nextAt;
  }

  /** [N6] Whether other clients may be told of at this moment. What may not is told later, if it still holds. */
  mayTellOfOthers(settings: NotifySettings, now: number): boolean {
    const { level, others } = settings;
    return (
      level !== 'off' && others && quietEnd(settings, this.#browserStartedAt, now, minuteOfDay(now)) === null
    );
  }
}

/** By the local clock, 0 to 1,439. */
function minuteOfDay(now: number): number {
  const local = new Date(now);
  return local.getHours() * 60 + local.getMinutes();
}

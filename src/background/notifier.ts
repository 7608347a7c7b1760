/** Tells the user what is worth a disturbance, once, and takes it back when it is over. */

import { readItem, writeItem } from '../browser/storage.ts';
import { clearNotification, showNotification } from '../browser/worker/notifications.ts';
import { startedAt } from '../browser/worker/session.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { type NotifySettings, plan, type ToldAll } from '../notify/policy.ts';
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
    const local = new Date(now);
    const minuteOfDay = local.getHours() * 60 + local.getMinutes();
    const { show, clear, told, nextAt } = plan({
      told: this.#told,
      statuses,
      settings,
      browserStartedAt: this.#browserStartedAt,
      now,
      minuteOfDay,
    });
    if (show.length > 0 || clear.length > 0) {
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
}

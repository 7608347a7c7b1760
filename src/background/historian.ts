/** Keeps the history of every gateway: reads it once, writes what changes. What could not be read is not overwritten. */

import { removeItem, writeItem } from '../browser/storage.ts';
import { readHistory } from '../browser/stored-history.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { isCalm, record } from '../history/record.ts';
import { isWorthGivingUp, mostFor, newerHalf } from '../history/room.ts';
import { settle, type Unsettled } from '../history/settle.ts';
import { type History, NO_HISTORY } from '../history/state.ts';
import { historyItem, watchedItem } from '../storage/items.ts';

export class Historian {
  readonly #histories = new Map<string, History>();
  /** Those whose past could not be read: it is left as it is, and nothing is added. */
  readonly #sealed = new Set<string>();
  readonly #unsettled = new Map<string, Unsettled>();
  #givingWay: Promise<boolean> | null = null;

  /** Resolves when the past is known; until then nothing is noted. Never rejects. */
  readonly loaded: Promise<void>;
  #isLoaded = false;

  /** Begins to read the past of these gateways, which takes a while where there are many. */
  constructor(gatewayIds: readonly string[]) {
    this.loaded = this.#load(gatewayIds).then(() => {
      this.#isLoaded = true;
    });
  }

  async #load(gatewayIds: readonly string[]): Promise<void> {
    await Promise.all(
      gatewayIds.map(async (id) => {
        const past = await readHistory(id);
        if (past.type !== 'value') this.#sealed.add(id);
        this.#histories.set(id, past.type === 'value' ? past.value : NO_HISTORY);
      }),
    );
  }

  /**
   * Notes what is shown now, once it has settled. Cheap where nothing changed.
   *
   * @returns when to look again although nothing happens; `null` = never
   */
  note(statuses: readonly GatewayStatus[], now: number, keepDays: number): number | null {
    if (!this.#isLoaded) return null;
    const moments: number[] = [];
    const most = mostFor(statuses.length);
    for (const status of statuses) {
      const { gatewayId: id } = status;
      if (this.#sealed.has(id)) continue;
      const { tell, unsettled, nextAt } = settle(
        this.#unsettled.get(id) ?? null,
        status,
        isCalm(status),
        now,
      );
      if (unsettled) this.#unsettled.set(id, unsettled);
      else this.#unsettled.delete(id);
      if (nextAt !== null) moments.push(nextAt);
      const before = this.#histories.get(id) ?? NO_HISTORY;
      const after = tell.reduce((history, each) => record(history, each, now, keepDays, most), before);
      if (after === before) continue;
      this.#histories.set(id, after);
      void this.#write(id, before, after);
    }
    return moments.length === 0 ? null : Math.min(...moments);
  }

  /** Two items, because the time that was watched grows by the minute and the rest hardly ever. */
  async #write(id: string, before: History, after: History): Promise<void> {
    const { watched, ...past } = after;
    const isSamePast =
      past.startedAt === before.startedAt &&
      past.incidents === before.incidents &&
      past.connects === before.connects;
    const writes = [
      ...(isSamePast ? [] : [writeItem(historyItem(id), past)]),
      ...(watched === before.watched ? [] : [writeItem(watchedItem(id), watched)]),
    ];
    // Of what cannot be written the past is the first that is given up; it goes on in memory.
    await Promise.allSettled(writes);
  }

  /**
   * [H4] Makes room for what is dearer: the older half of everybody's past goes. Never rejects.
   *
   * @returns false if there is nothing to give up that would be worth it
   */
  giveWay(): Promise<boolean> {
    this.#givingWay ??= this.#halve().finally(() => {
      this.#givingWay = null;
    });
    return this.#givingWay;
  }

  async #halve(): Promise<boolean> {
    await this.loaded;
    const kept = [...this.#histories].filter(([id]) => !this.#sealed.has(id));
    if (!isWorthGivingUp(kept.map(([, history]) => history))) return false;
    for (const [id, before] of kept) {
      const after = newerHalf(before);
      this.#histories.set(id, after);
      await this.#write(id, before, after);
    }
    return true;
  }

  /** Deletes the past of a gateway; one that lasts begins anew. Rejects if storage refused. */
  async erase(id: string): Promise<void> {
    await this.loaded;
    this.#sealed.delete(id);
    this.#histories.delete(id);
    this.#unsettled.delete(id);
    await Promise.all([removeItem(historyItem(id)), removeItem(watchedItem(id))]);
  }
}

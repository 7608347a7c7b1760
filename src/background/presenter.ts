/** What follows from every change: the icon, the history, the notifications, the open pages. */
import { readItem } from '../browser/storage.ts';
import { keepItem, onNoRoom, storeItem } from '../browser/worker/keeper.ts';
import { drawToolbar } from '../browser/worker/toolbar.ts';
import { wakeAt } from '../browser/worker/wake-up.ts';
import type { Snapshot } from '../messages.ts';
import { DEFAULT_SETTINGS, type Scheme, type Settings } from '../settings.ts';
import { schemeItem, settingsItem } from '../storage/items.ts';
import { faceOf } from '../words/face.ts';
import { iconSet } from '../words/icon-set.ts';
import type { Fleet } from './fleet.ts';
import { Historian } from './historian.ts';
import { Notifier } from './notifier.ts';

/** Milliseconds. What a timer can hold. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Telling takes one part in so many of the worker's time, and one more. */
const RESTS_TIMES = 9;

/** A page of ours that is open. */
interface OpenPage {
  postMessage(snapshot: Snapshot): void;
}

/** Reads what the user chose. Never rejects: what cannot be read is as if nothing was chosen. */
export async function loadSettings(): Promise<Settings> {
  const stored = await readItem(settingsItem);
  return stored.type === 'value' ? stored.value : DEFAULT_SETTINGS;
}

export class Presenter {
  readonly pages = new Set<OpenPage>();
  /** [B5] The gateway that each page shows, of those that have said so. */
  readonly shown = new Map<OpenPage, string>();
  readonly historian: Historian;
  readonly #fleet: Fleet;
  readonly #notifier: Notifier;
  #settings: Settings;
  /** What a page saw last. */
  #scheme: Scheme | null;
  #rejected = 0;
  #lastSent = '';
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** By `performance.now()`. */
  #restsUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wakesAt: number | null = null;
  /** Without an alarm: the next worker sees for itself what lasts. */
  #settling: ReturnType<typeof setTimeout> | undefined;

  private constructor(
    fleet: Fleet,
    historian: Historian,
    notifier: Notifier,
    settings: Settings,
    scheme: Scheme | null,
  ) {
    this.#fleet = fleet;
    this.historian = historian;
    this.#notifier = notifier;
    this.#settings = settings;
    this.#scheme = scheme;
  }

  /** Never rejects. */
  static async open(fleet: Fleet, settings: Settings): Promise<Presenter> {
    const ids = fleet.snapshot.statuses.map(({ gatewayId }) => gatewayId);
    const historian = new Historian(ids);
    const [notifier, scheme] = await Promise.all([Notifier.load(), readItem(schemeItem)]);
    onNoRoom(() => historian.giveWay());
    const presenter = new Presenter(
      fleet,
      historian,
      notifier,
      settings,
      scheme.type === 'value' ? scheme.value : null,
    );
    // Nobody who looks waits for the past.
    void historian.loaded.then(() => presenter.refresh());
    return presenter;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Rejects, with nothing changed, if it could not be stored. */
  async choose(settings: Settings): Promise<void> {
    await storeItem(settingsItem, settings);
    this.#settings = settings;
    this.refresh();
  }

  /** A page tells which colours the browser has; the next worker should know too. Never rejects. */
  async see(scheme: Scheme): Promise<void> {
    if (scheme === this.#scheme) return;
    this.#scheme = scheme;
    this.refresh();
    await keepItem(schemeItem, scheme);
  }

  /** [N6] Whether a notification may tell of other clients now. */
  mayTellOfOthers(now: number): boolean {
    return this.#notifier.mayTellOfOthers(this.#settings.notify, now);
  }

  /** How many other clients are rejected, of all gateways together. */
  countOthers(rejected: number): void {
    if (rejected === this.#rejected) return;
    this.#rejected = rejected;
    this.refresh();
  }

  /** Called after whatever changed, or may have. What changes faster than anybody can follow is told at intervals. */
  refresh(): void {
    clearTimeout(this.#rest);
    const restsFor = this.#restsUntil - performance.now();
    if (restsFor > 0) {
      this.#rest = setTimeout(() => this.refresh(), restsFor);
      return;
    }
    const began = performance.now();
    this.#tell();
    const ended = performance.now();
    // [B6] In a crowd each telling takes longer.
    this.#restsUntil = ended + (ended - began) * RESTS_TIMES;
  }

  #tell(): void {
    const now = Date.now();
    const { snapshot } = this.#fleet;
    const { statuses, storageProblem } = snapshot;
    const face = faceOf(statuses, now, storageProblem, this.#settings, this.#rejected);
    drawToolbar(face, iconSet(this.#settings.icons, this.#scheme));
    const settlesAt = this.historian.note(statuses, now, this.#settings.keepDays);
    clearTimeout(this.#settling);
    if (settlesAt !== null) this.#settling = setTimeout(() => this.refresh(), settlesAt - now);
    this.#wake(this.#notifier.consider(statuses, this.#settings.notify, now), now);
    const text = JSON.stringify(snapshot);
    if (text === this.#lastSent) return;
    this.#lastSent = text;
    for (const page of this.pages) page.postMessage(snapshot);
  }

  /** A timer while this worker lives, and an alarm in case it does not. */
  #wake(at: number | null, now: number): void {
    if (at === this.#wakesAt) return;
    this.#wakesAt = at;
    clearTimeout(this.#timer);
    if (at !== null) this.#timer = setTimeout(() => this.refresh(), Math.min(at - now, LONGEST_TIMER_MS));
    wakeAt(at, now);
  }
}

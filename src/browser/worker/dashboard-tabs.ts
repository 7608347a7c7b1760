/**
 * The tabs in which we opened a gateway's own page. Without any permission the browser tells an extension that a tab comes
 * to the front or is closed, and nothing of what is in it: neither its address nor its title.
 */
import browser from '../api.ts';

interface Opened {
  readonly gatewayId: string;
  /** Milliseconds since the epoch; `null` while another tab of its window is in front. */
  frontSince: number | null;
}

/** What happens to such a tab, as a connection that waits for an approval has to know. */
interface Watcher {
  /** It came to the front, or left it. */
  onTurn(gatewayId: string): void;
  /** Something is still expected of it. Once nothing is, it is a tab like any other. */
  isAwaited(gatewayId: string): boolean;
}

export class DashboardTabs {
  readonly #opened = new Map<number, Opened>();
  readonly #watcher: Watcher;

  constructor(watcher: Watcher) {
    this.#watcher = watcher;
  }

  /** Opens the page in a new tab, in front. Rejects if the browser opens none. */
  async open(gatewayId: string, url: string): Promise<void> {
    const { id } = await browser.tabs.create({ url });
    if (id === undefined) return;
    // Listened to only meanwhile: else every change of a tab would start a worker that has nothing to do.
    if (this.#opened.size === 0) this.#listen();
    this.#opened.set(id, { gatewayId, frontSince: Date.now() });
    this.#watcher.onTurn(gatewayId);
  }

  /** Since when a page of this gateway is in front of its window; `null` if none is. */
  frontSince(gatewayId: string): number | null {
    const since = [...this.#opened.values()].flatMap((tab) =>
      tab.gatewayId === gatewayId && tab.frontSince !== null ? [tab.frontSince] : [],
    );
    return since.length === 0 ? null : Math.max(...since);
  }

  readonly #activated = async (): Promise<void> => {
    for (const [id, opened] of [...this.#opened]) {
      if (!this.#watcher.isAwaited(opened.gatewayId)) {
        this.#forget(id);
        continue;
      }
      const tab = await browser.tabs.get(id).catch(() => null);
      const isInFront = tab?.active === true;
      if (isInFront === (opened.frontSince !== null)) continue;
      opened.frontSince = isInFront ? Date.now() : null;
      this.#watcher.onTurn(opened.gatewayId);
    }
  };

  readonly #removed = (id: number): void => {
    const opened = this.#opened.get(id);
    if (opened === undefined) return;
    this.#forget(id);
    this.#watcher.onTurn(opened.gatewayId);
  };

  #forget(id: number): void {
    this.#opened.delete(id);
    if (this.#opened.size > 0) return;
    browser.tabs.onActivated.removeListener(this.#activated);
    browser.tabs.onRemoved.removeListener(this.#removed);
  }

  #listen(): void {
    browser.tabs.onActivated.addListener(this.#activated);
    browser.tabs.onRemoved.addListener(this.#removed);
  }
}

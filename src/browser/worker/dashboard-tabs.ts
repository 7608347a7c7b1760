/**
 * The tabs in which we opened a gateway's own page, or what stands before it. Without any permission the browser tells an
 * extension that a tab comes to the front, loads or is closed, and nothing of what is in it: neither its address nor its
 * title.
 */
import browser from '../api.ts';

/** What a tab was opened for: to approve this browser, or to pass what stands on the way. */
export type TabPurpose = 'approval' | 'way';

/** A page that loads itself again and again is worth no more of our looks. */
const MOST_LOADS = 8;

interface Opened {
  readonly gatewayId: string;
  readonly purpose: TabPurpose;
  /** Milliseconds since the epoch; `null` while another tab of its window is in front. */
  frontSince: number | null;
  loads: number;
}

/** What happens to such a tab, as a connection has to know that waits for what is done in it. */
interface Watcher {
  /** [R23] One for an approval came to the front, or left it. */
  onTurn(gatewayId: string): void;
  /** [R25] The way may be free: the page has loaded, was left, or was closed. */
  onPassed(gatewayId: string): void;
  /** Something is still expected of it. Once nothing is, it is a tab like any other. */
  isAwaited(gatewayId: string, purpose: TabPurpose): boolean;
}

export class DashboardTabs {
  readonly #opened = new Map<number, Opened>();
  readonly #watcher: Watcher;

  constructor(watcher: Watcher) {
    this.#watcher = watcher;
  }

  /** Opens the page in a new tab, in front. Rejects if the browser opens none. */
  async open(gatewayId: string, url: string, purpose: TabPurpose = 'approval'): Promise<void> {
    const { id } = await browser.tabs.create({ url });
    if (id === undefined) return;
    // Listened to only meanwhile: else every change of a tab would start a worker that has nothing to do.
    if (this.#opened.size === 0) this.#listen();
    this.#opened.set(id, { gatewayId, purpose, frontSince: Date.now(), loads: 0 });
    if (purpose === 'approval') this.#watcher.onTurn(gatewayId);
  }

  /** Since when a page for approvals of this gateway is in front of its window; `null` if none is. */
  frontSince(gatewayId: string): number | null {
    const since = [...this.#opened.values()].flatMap((tab) =>
      tab.gatewayId === gatewayId && tab.purpose === 'approval' && tab.frontSince !== null
        ? [tab.frontSince]
        : [],
    );
    return since.length === 0 ? null : Math.max(...since);
  }

  readonly #activated = async (): Promise<void> => {
    for (const [id, opened] of [...this.#opened]) {
      if (this.#isOver(id, opened)) continue;
      const tab = await browser.tabs.get(id).catch(() => null);
      const isInFront = tab?.active === true;
      if (isInFront === (opened.frontSince !== null)) continue;
      opened.frontSince = isInFront ? Date.now() : null;
      this.#tell(opened);
    }
  };

  readonly #updated = (id: number, { status }: { status?: string }): void => {
    const opened = this.#opened.get(id);
    if (opened?.purpose !== 'way' || status !== 'complete' || this.#isOver(id, opened)) return;
    opened.loads += 1;
    if (opened.loads <= MOST_LOADS) this.#watcher.onPassed(opened.gatewayId);
  };

  readonly #removed = (id: number): void => {
    const opened = this.#opened.get(id);
    if (opened === undefined) return;
    this.#forget(id);
    this.#tell({ ...opened, frontSince: null });
  };

  /** A turn of a tab for an approval is worth a look either way; one for the way only when it is left. */
  #tell({ gatewayId, purpose, frontSince }: Opened): void {
    if (purpose === 'approval') this.#watcher.onTurn(gatewayId);
    else if (frontSince === null) this.#watcher.onPassed(gatewayId);
  }

  #isOver(id: number, { gatewayId, purpose }: Opened): boolean {
    if (this.#watcher.isAwaited(gatewayId, purpose)) return false;
    this.#forget(id);
    return true;
  }

  #forget(id: number): void {
    this.#opened.delete(id);
    if (this.#opened.size > 0) return;
    browser.tabs.onActivated.removeListener(this.#activated);
    browser.tabs.onUpdated.removeListener(this.#updated);
    browser.tabs.onRemoved.removeListener(this.#removed);
  }

  #listen(): void {
    browser.tabs.onActivated.addListener(this.#activated);
    browser.tabs.onUpdated.addListener(this.#updated);
    browser.tabs.onRemoved.addListener(this.#removed);
  }
}

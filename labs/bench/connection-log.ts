import { within } from '../../harness/process/wait.ts';

/** When one contender lost its connection and got it back. Times are `Date.now()`. */
export class ConnectionLog {
  readonly #changes: { at: number; connected: boolean }[] = [];
  #onChange: (() => void)[] = [];

  /** Notes what the contender is now; only changes count. */
  note(connected: boolean, at = Date.now()): void {
    if (connected === this.isConnected) return;
    this.#changes.push({ at, connected });
    const waiting = this.#onChange;
    this.#onChange = [];
    for (const wake of waiting) wake();
  }

  get isConnected(): boolean {
    return this.#changes.at(-1)?.connected ?? false;
  }

  /** When it lost its connection after `since`. */
  lostSince(since: number): number[] {
    return this.#changes.filter(({ at, connected }) => !connected && at > since).map(({ at }) => at);
  }

  /** Resolves once it is connected, in any case after `limitMs`. */
  async settled(limitMs: number): Promise<void> {
    if (!this.isConnected) await this.backAfter(0, limitMs);
  }

  /** When it was connected again for the first time after `since`, or null if it is not within `limitMs`. */
  async backAfter(since: number, limitMs: number): Promise<number | null> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const back = this.#changes.find(({ at, connected }) => connected && at > since);
      if (back) return back.at;
      const left = deadline - Date.now();
      if (left <= 0) return null;
      const change = new Promise<void>((wake) => this.#onChange.push(wake));
      await within(left, 'reconnecting', change).catch(() => {});
    }
  }
}

/** A client whose recovery is measured. */
export interface Contender {
  name: string;
  log: ConnectionLog;
  close(): Promise<void>;
}

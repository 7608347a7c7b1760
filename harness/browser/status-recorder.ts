import type { Page } from '@playwright/test';
import { within } from '../process/wait.ts';
import type { StatusCode } from './popup-page.ts';

/** One change of what an extension page says. `at` is the page's `Date.now()` at that moment. */
export interface StatusChange {
  at: number;
  status: StatusCode;
  cause: string | null;
}

/** Notes every change of a page's status as it happens, from the status at the start on. */
export class StatusRecorder {
  readonly changes: StatusChange[] = [];
  readonly #listeners = new Set<(change: StatusChange) => void>();

  /** Starts to record. Lasts until the page is closed or reloaded; one recorder per page. */
  static async start(page: Page): Promise<StatusRecorder> {
    const recorder = new StatusRecorder();
    await page.exposeFunction('noteStatus', (change: StatusChange) => {
      recorder.changes.push(change);
      for (const listener of recorder.#listeners) listener(change);
    });
    await page.evaluate(() => {
      const root = document.documentElement;
      const note = (): void => {
        const { status, cause = null } = root.dataset;
        (globalThis as any).noteStatus({ at: Date.now(), status, cause });
      };
      new MutationObserver(note).observe(root, { attributeFilter: ['data-status', 'data-cause'] });
      note();
    });
    return recorder;
  }

  /** Calls `listener` for every later change, until the function it returns is called. */
  listen(listener: (change: StatusChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The first change at or after `since` to one of `codes`. Waits up to `limitMs` for it. */
  async first(codes: readonly StatusCode[], since: number, limitMs: number): Promise<StatusChange> {
    const fits = ({ at, status }: StatusChange): boolean => at >= since && codes.includes(status);
    const seen = this.changes.find(fits);
    if (seen) return seen;
    let stop = (): void => {};
    const next = new Promise<StatusChange>((done) => {
      stop = this.listen((change) => fits(change) && done(change));
    });
    const last = (): string => this.changes.at(-1)?.status ?? 'nothing';
    return within(limitMs, `the extension saying ${codes.join(' or ')}`, next)
      .catch((error) => {
        throw new Error(`${error.message}; it says ${last()}`);
      })
      .finally(stop);
  }
}

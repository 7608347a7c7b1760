import { onOrphaned } from './orphan.mjs';
import { within } from './wait.ts';

/** A browser or gateway that needs longer to close is left to the sweeper, which kills it. */
const LIMIT_MS = 10_000;

/**
 * What has to be closed before this process may end, and the one way to end it. Whatever ends it (done, an
 * error, Ctrl-C, a closed browser), the same things are closed in the same order, the latest first.
 */
export class Ending {
  readonly #closers: (() => Promise<void>)[] = [];
  #ending = false;
  /** What Ctrl-C means: giving up (130) until the job is done, the expected end after it. */
  interruptCode = 130;

  constructor() {
    const interrupt = (): void => void this.end(this.interruptCode);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
    // The process that started this one is gone, without a signal.
    process.on('disconnect', interrupt);
    onOrphaned(interrupt);
    process.channel?.unref();
  }

  get hasBegun(): boolean {
    return this.#ending;
  }

  /** Has something closed at the end. */
  close(closer: () => Promise<void>): void {
    this.#closers.push(closer);
  }

  /** Does what the process is there for, and ends it: with 1 if that fails, or resolves to `false`. */
  async run(job: (ending: Ending) => Promise<unknown>): Promise<void> {
    try {
      await this.end((await job(this)) === false ? 1 : 0);
    } catch (error) {
      // Closing things in the middle of a job makes the job fail: that is no news.
      if (this.#ending) return;
      console.error(error instanceof Error ? error.message : String(error));
      await this.end(1);
    }
  }

  /** Closes everything and exits. */
  async end(code: number): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    for (const closer of this.#closers.reverse())
      await within(LIMIT_MS, 'closing', closer()).catch((error) => console.error(error.message));
    process.exit(code);
  }
}

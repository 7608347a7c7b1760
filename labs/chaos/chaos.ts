/** The driver: plays a plan on a rig, and after every burst compares what is shown with what the model predicts. */
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';
import { chance } from '../fuzz/chance.ts';
import { turn, type Undo } from './deeds.ts';
import { FAULTS } from './faults.ts';
import { Invariants } from './invariants.ts';
import { reach, settle } from './person.ts';
import { type Burst, type FaultKind, plan } from './plan.ts';
import { Rig } from './rig.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly faults: number;
  /** Ends the run after the burst in which they are over. Milliseconds. */
  readonly limitMs?: number;
  /** Only these, equally often; all of them by their weights unless given. */
  readonly kinds?: readonly FaultKind[];
  /** A gateway that nobody else uses, not started. Whoever made it removes it. */
  readonly gateway: Gateway;
  readonly log?: (line: string) => void;
}

export interface Tally {
  count: number;
  /** From the fault, or its end, to what the model predicts: the longest, in milliseconds. */
  worstMs: number;
}

export interface ChaosResult {
  readonly seed: number;
  readonly faults: number;
  readonly checks: number;
  readonly ms: number;
  readonly kinds: Partial<Record<FaultKind, Tally>>;
  /** The fault with which the run ended, if it did not end well. */
  readonly failure: { index: number; problems: readonly string[]; steps: readonly string[] } | null;
}

const STEPS_KEPT = 20;
/** Other pages are opened now and then only: they take seconds. */
const THOROUGH_EVERY = 8;

/** Ten refusals within a minute lock every extension out, and one burst is good for three: the next one waits. */
const REFUSALS_A_MINUTE = 7;

export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const started = Date.now();
  const { seed, limitMs = Number.POSITIVE_INFINITY, log = () => {} } = options;
  const rig = await Rig.open(options.gateway);
  const run = new Run(rig, log);
  const result = (failure: ChaosResult['failure']): ChaosResult => ({
    seed,
    faults: run.played,
    checks: run.checks,
    ms: Date.now() - started,
    kinds: run.kinds,
    failure,
  });
  let index = 0;
  try {
    await run.begin(seed);
    for (const burst of plan(seed, options.faults, options.kinds)) {
      if (Date.now() - started > limitMs) break;
      index = burst.faults.at(-1)?.index ?? 0;
      const problems = await run.play(burst);
      if (problems.length > 0) return result({ index, problems, steps: run.steps });
    }
    return result(null);
  } catch (error) {
    const problems = [String((error as Error).stack ?? error)];
    return result({ index, problems: [...problems, ...rig.errors], steps: run.steps });
  } finally {
    await rig.close();
  }
}

class Run {
  readonly steps: string[] = [];
  readonly kinds: Partial<Record<FaultKind, Tally>> = {};
  played = 0;
  readonly #rig: Rig;
  readonly #invariants: Invariants;
  readonly #log: (line: string) => void;
  #bursts = 0;
  readonly #lost: string[] = [];

  constructor(rig: Rig, log: (line: string) => void) {
    this.#rig = rig;
    this.#invariants = new Invariants(rig);
    this.#log = log;
  }

  get checks(): number {
    return this.#invariants.checks;
  }

  readonly #note = (step: string): void => {
    this.steps.push(`${new Date().toISOString().slice(11, 23)} ${step}`);
    if (this.steps.length > STEPS_KEPT) this.steps.shift();
    this.#log(`    ${step}`);
  };

  /** Pairs with the gateway's secret, which is remembered. */
  async begin(seed: number): Promise<void> {
    const { page, lane, situation } = this.#rig;
    await page.getByTestId('pairing-link').fill(`${lane.url}#${situation.gateway.secret}`);
    await page.getByTestId('connect').click();
    await settle(this.#rig, chance(seed), this.#note);
    const notify = { ...DEFAULT_SETTINGS.notify, level: 'all' };
    await this.#rig.send({ type: 'set-settings', settings: { ...DEFAULT_SETTINGS, notify } });
  }

  /** One burst, from well to well. Resolves to what was wrong. */
  async play(burst: Burst): Promise<string[]> {
    const { faults, isWatched, inOrder } = burst;
    await this.#calmDown();
    const before = await this.#invariants.before();
    const undos: [FaultKind, Undo][] = [];
    for (const [at, { kind, index, dice }] of faults.entries()) {
      this.#note(`#${index} ${kind}`);
      const began = Date.now();
      undos.push([kind, await FAULTS[kind](this.#rig, dice, this.#note)]);
      if (isWatched || at === faults.length - 1) await this.#expect();
      this.#count(kind, Date.now() - began);
    }
    for (const [kind, undo] of inOrder ? undos : undos.reverse()) {
      if (undo === null) continue;
      await undo();
      this.#note(`${kind} is over`);
      const ended = Date.now();
      await this.#expect();
      this.#took(kind, Date.now() - ended);
    }
    const { dice, kind } = faults[0];
    const began = Date.now();
    await settle(this.#rig, dice, this.#note);
    this.#took(kind, Date.now() - began);
    await this.#adoptRepairs();
    this.#bursts += 1;
    const lost = this.#lost.splice(0);
    return [
      ...lost,
      ...(await this.#invariants.problems(before, faults, this.#bursts % THOROUGH_EVERY === 0)),
    ];
  }

  async #expect(): Promise<void> {
    const { status, cause } = await reach(this.#rig);
    this.#note(`${status.join('|')}${cause === null ? '' : `:${cause}`}`);
    this.#lost.push(...(await this.#invariants.pairing()));
  }

  /** Both sides count them; only the extension knows when each one was. */
  async #adoptRepairs(): Promise<void> {
    const all = await this.#rig.stored();
    const key = Object.keys(all).find((name) => name.startsWith('connection:')) ?? '';
    turn(this.#rig, (situation) => ({ ...situation, repairs: all[key].value.repairs }));
  }

  async #calmDown(): Promise<void> {
    const lately = () =>
      this.#rig.lane.refusals.filter(({ at, code }) => /MISMATCH/.test(code) && Date.now() - at < 60_000)
        .length;
    while (lately() >= REFUSALS_A_MINUTE) await new Promise((next) => setTimeout(next, 250));
  }

  #count(kind: FaultKind, ms: number): void {
    this.played += 1;
    const tally = this.kinds[kind] ?? { count: 0, worstMs: 0 };
    this.kinds[kind] = { count: tally.count + 1, worstMs: Math.max(tally.worstMs, ms) };
  }

  #took(kind: FaultKind, ms: number): void {
    const tally = this.kinds[kind];
    if (tally) tally.worstMs = Math.max(tally.worstMs, ms);
  }
}

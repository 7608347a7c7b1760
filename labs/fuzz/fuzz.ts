/** Plays hostile cases against every target in turn. */
import { computedMs } from '../../harness/process/computed.ts';
import { chance } from './chance.ts';
import { TARGETS } from './targets.ts';

/** Milliseconds of computing. One case that needs more hangs, as far as a worker is concerned that answers within seconds. */
const LONGEST_MS = 2_000;

export interface FuzzResult {
  readonly cases: number;
  readonly seed: number;
  /** Milliseconds of computing. */
  readonly slowestMs: number;
  readonly heapMb: number;
  readonly seconds: number;
}

/** @returns figures; throws with target and the seed of the one case that failed */
export function fuzz(cases: number, seed: number, only?: string): FuzzResult {
  const began = performance.now();
  const targets = Object.entries(TARGETS).filter(([name]) => only === undefined || name === only);
  let slowestMs = 0;
  for (let index = 0; index < cases; index += 1) {
    const [name, play] = targets[index % targets.length] as (typeof targets)[number];
    const own = (seed + index) >>> 0;
    const before = computedMs();
    try {
      play(chance(own));
    } catch (error) {
      throw new Error(`${name} failed; again with: npm run fuzz -- 1 ${own} ${name}`, { cause: error });
    }
    const tookMs = computedMs() - before;
    slowestMs = Math.max(slowestMs, tookMs);
    if (tookMs > LONGEST_MS) throw new Error(`${name} took ${tookMs.toFixed(0)} ms with seed ${own}`);
  }
  return {
    cases,
    seed,
    slowestMs,
    heapMb: process.memoryUsage().heapUsed / 1e6,
    seconds: (performance.now() - began) / 1_000,
  };
}

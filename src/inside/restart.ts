/**
 * Whether a restart would cut off somebody's work, as the gateway counts it. Pure.
 *
 * - I9 Requests that the gateway is answering, ours among them, are no work, and neither is its own start. What it does not count
 *   is not said to be at rest.
 */
import type { RestartFacts } from './types.ts';

export interface RestartRisk {
  readonly isSafe: boolean;
  /** What would be cut off, by kind; only what there is. */
  readonly work: readonly { readonly kind: keyof RestartFacts; readonly count: number }[];
}

/** In the order in which people mind. */
const KINDS = [
  'runs',
  'replies',
  'messages',
  'programs',
  'jobs',
  'tasks',
] as const satisfies readonly (keyof RestartFacts)[];

export function restartRisk(facts: RestartFacts): RestartRisk {
  const work = KINDS.map((kind) => ({ kind, count: facts[kind] })).filter(({ count }) => count > 0);
  return { isSafe: work.length === 0, work };
}

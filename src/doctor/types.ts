/** What the doctor looks at, in order, and what comes of it. */
import type { Diagnosis } from '../remedy/types.ts';

/** Where a fault lies, as far as it was proved. */
export const LOCATIONS = ['browser', 'network', 'gateway', 'relay', 'unknown'] as const;
export type Location = (typeof LOCATIONS)[number];

/** The steps, in the order of their dependencies. Ids are stable: bug reports and tests quote them. */
export const CHECKS = [
  'EXT-WORKER',
  'EXT-STORAGE',
  'EXT-IDENTITY',
  'NET-ONLINE',
  'NET-LISTEN',
  'NET-HTTP',
  'GW-SPEAKS',
  'GW-READY',
  'GW-ADMITS',
  'GW-ACCEPTS',
  'GW-APPROVED',
  'GW-LIVES',
  'GW-CLOCK',
  'GW-STAYS',
  'RL-EXISTS',
  'RL-ANSWERS',
  'RL-KEY',
  'RL-ATTACHED',
] as const;
export type CheckId = (typeof CHECKS)[number];

/** How one step came out. */
export interface Outcome {
  readonly id: CheckId;
  readonly result: 'pass' | 'warn' | 'fail' | 'skip';
  /** Why, where it is not simply passed: what was found, or for `skip` the step that stands in the way. */
  readonly because: Diagnosis | CheckId | 'needs-permission' | 'not-applicable' | null;
  /** The step's own sentence: figures for the message `check_<id>_<result>`. */
  readonly figures: readonly string[];
  /** Milliseconds that the look itself took; `null` where it only read what was known. */
  readonly tookMs: number | null;
}

export interface Verdict {
  /** `null`: all is well. */
  readonly diagnosis: Diagnosis | null;
  readonly location: Location | null;
}

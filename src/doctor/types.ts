/** What the doctor looks at, in order, and what comes of it. */
import type { GatewayStatus } from '../gateway-status.ts';
import type { Diagnosis } from '../remedy/types.ts';
import type { RoadEvidence } from '../road/evidence.ts';
import type { RoadFinding } from '../road/judge.ts';

/** Where a fault lies, as far as it was proved. */
export const LOCATIONS = ['browser', 'network', 'between', 'gateway', 'relay', 'unknown'] as const;
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

/** Faults that only a page can see: no connection has a word for them. All lie in this browser. */
export const OWN_FAULTS = [
  'worker-silent',
  'storage-newer',
  'storage-unreadable',
  'storage-unwritable',
  'identity-exportable',
] as const;
export type OwnFault = (typeof OWN_FAULTS)[number];

/** Everything that the doctor can find. */
export type Fault = Diagnosis | OwnFault;

/** Why a step was not taken, where no other step stands in the way. */
export const OMISSIONS = ['needs-permission', 'not-applicable', 'not-tried', 'paused', 'not-set-up'] as const;
export type Omission = (typeof OMISSIONS)[number];

/** How one step came out. */
export interface Outcome {
  readonly id: CheckId;
  readonly result: 'pass' | 'warn' | 'fail' | 'skip';
  /** Why, where it is not simply passed: what was found, or for `skip` the step that stands in the way. */
  readonly because: Fault | CheckId | Omission | null;
  /** The step's own sentence: figures for the message `check_<id>_<result>`. */
  readonly figures: readonly string[];
  /** Milliseconds that the look itself took; `null` where it only read what was known. */
  readonly tookMs: number | null;
}

export interface Verdict {
  /** `null`: nothing is wrong, as far as `location` says that this could be told. */
  readonly diagnosis: Fault | null;
  /** `null`: all is well, or the user paused it. `unknown` without a diagnosis: nothing was proved either way. */
  readonly location: Location | null;
}

/** What one look found, and the milliseconds it took. */
export interface Look<T> {
  readonly found: T;
  readonly tookMs: number;
}

/** What the HTTP side of an address says about itself. */
export type HttpAnswer =
  /** The user has not allowed reading this host's answers. */
  | { readonly kind: 'not-allowed' }
  | {
      readonly kind: 'gateway';
      /** `live`: it tells no more than that it runs (2026.3.1 to 7.x). */
      readonly phase: 'started' | 'starting' | 'draining' | 'live';
      readonly version: string | null;
      /** What the gateway itself calls not ready; `null` where it does not say. */
      readonly failing: readonly string[] | null;
    }
  /** Something answers, but not as a gateway since 2026.3.1 does: an older one, a proxy, another program. */
  | { readonly kind: 'other'; readonly status: number; readonly contentType: string }
  | { readonly kind: 'silent' };

/** What a fresh WebSocket brought before we said anything. */
export type FirstFrame =
  /** The gateway's challenge. */
  | 'challenge'
  /** It opened and spoke, but no gateway's language. */
  | 'other'
  /** It opened and stayed silent. */
  | 'silent'
  /** It never opened: refused, or no WebSocket there. A browser does not say which. */
  | 'refused';

/** What a look at the way found, and what it proves. */
export interface RoadLook {
  readonly evidence: RoadEvidence;
  /** `null`: nothing. */
  readonly finding: RoadFinding | null;
  /** The gateway admits this extension's origin; if it refused it, something on the way put another one in its place. */
  readonly isOriginAdmitted: boolean;
}

/** The looks that the page makes itself. `null`: not made, because it was not needed or not wanted. */
export interface Looks {
  /** Milliseconds since the epoch. A proof of life that is younger came during this run. */
  readonly startedAt: number;
  readonly worker: Look<'answers' | 'silent'>;
  /** `slow`: no answer in time, which proves nothing. */
  readonly storage: Look<'usable' | 'unreadable' | 'unwritable' | 'slow'>;
  readonly identity: Look<'usable' | 'exportable' | 'unusable' | 'absent' | 'slow'> | null;
  readonly isOnline: boolean;
  readonly knock: Look<'answered' | 'refused' | 'timeout'> | null;
  readonly http: Look<HttpAnswer> | null;
  readonly firstFrame: Look<FirstFrame> | null;
  /** What stands on the way, looked at where no connection explains itself. */
  readonly road?: RoadLook | null;
}

/** What makes one failure of a gateway another than the next. */
export type Failure = Pick<GatewayStatus, 'gatewayId' | 'cause' | 'since'>;

/** Everything that a run has to judge by. */
export interface Observations {
  /** What the worker says of the gateway, or the disk where the worker is silent; `null`: none is set up. */
  readonly status: GatewayStatus | null;
  /** The failure that there was when the run ended; `null`: no gateway was. */
  readonly failure: Failure | null;
  readonly storageProblem: 'newer' | 'unreadable' | 'unwritable' | null;
  readonly looks: Looks;
}

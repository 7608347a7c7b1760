/** What is known of a gateway's inside, and what comes of it. Pure. */
import type { DROPPED, Topic } from '../gateway/read-methods.ts';
import type { Reach } from '../reach.ts';

/** The methods that a look asks, in the order of the rows; the configuration comes last, because it may take longest. */
export const INSIDE_METHODS = [
  'health',
  'status',
  'system.info',
  'diagnostics.stability',
  'channels.status',
  'models.authStatus',
  'cron.status',
  'cron.list',
  'update.available',
  'config.get',
] as const satisfies readonly Topic[];
export type InsideMethod = (typeof INSIDE_METHODS)[number];

/** What came of one question. */
export type Heard<T> =
  | { readonly type: 'told'; readonly value: T }
  /** This version has no such method, or does not let us call it. */
  | { readonly type: 'untold' }
  | { readonly type: 'unread'; readonly reason: (typeof DROPPED)[number] }
  /** Not asked: see `answers.ts` for why. */
  | { readonly type: 'unasked' };

/** Something with a name of the gateway's choice and words of its own: presentable, and both may be empty. */
export interface Named {
  readonly name: string;
  readonly words: string;
}

/** `null` everywhere: the gateway does not say. */
export interface ConfigFacts {
  readonly isValid: boolean | null;
  readonly issues: readonly Named[];
  readonly warnings: readonly Named[];
  readonly legacyIssues: readonly Named[];
  /** Whether what runs is what the file says. */
  readonly isApplied: boolean | null;
  readonly bind: string | null;
  readonly customBindHost: string | null;
  readonly authMode: string | null;
  readonly hasSecret: boolean;
  readonly isTls: boolean;
  readonly tailscale: string | null;
  readonly trustedProxies: number;
  readonly allowedOrigins: readonly string[];
  readonly allowsInsecureAuth: boolean;
  readonly disablesDeviceAuth: boolean;
  readonly allowsHostHeader: boolean;
  readonly remoteUrl: string | null;
  readonly hasRemoteSecret: boolean;
  readonly reloadMode: string | null;
  readonly logLevel: string | null;
  readonly isBrowserOff: boolean;
}

export interface LoopFacts {
  readonly isDegraded: boolean;
  /** Milliseconds. */
  readonly sinceMs: number | null;
  readonly delayMs: number | null;
  readonly utilization: number | null;
}

export interface HealthFacts {
  readonly pluginErrors: readonly Named[];
  readonly pluginsUnavailable: readonly Named[];
  readonly tellsPlugins: boolean;
  /** It gave up taking over changes of the configuration while it runs. */
  readonly isReloadOff: boolean | null;
  readonly isModelRuntimeDegraded: boolean | null;
  readonly loop: LoopFacts | null;
}

export interface StatusFacts {
  readonly pid: number | null;
  readonly rssBytes: number | null;
  readonly secretOwners: readonly Named[];
  readonly degradedPlugins: readonly Named[];
  readonly failedTasks: number | null;
  readonly taskErrors: number | null;
  readonly loop: LoopFacts | null;
}

export interface MachineFacts {
  /** Of the gateway, as it knows it itself: whole, and fit for a command. */
  readonly port: number | null;
  readonly pid: number | null;
  /** Milliseconds that the process runs. */
  readonly uptimeMs: number | null;
  readonly diskTotalBytes: number | null;
  readonly diskAvailableBytes: number | null;
  readonly rssBytes: number | null;
  /** Node's name of the system: `linux`, `darwin`, `win32`. */
  readonly platform: string | null;
}

export interface ChannelFacts {
  readonly tellsIssues: boolean;
  readonly issues: readonly Named[];
}

export interface ModelFacts {
  readonly providers: readonly {
    readonly name: string;
    /** `ok`, `static`, `expiring`, `expired`, `missing`, or what a later version says. */
    readonly status: string;
    /** Milliseconds since the epoch. */
    readonly expiresAt: number | null;
  }[];
}

export interface JobsFacts {
  readonly isOn: boolean | null;
  readonly count: number | null;
}

/** A scheduled job whose last run failed, or that the gateway switched off for that. */
export interface JobFacts {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly lastRunAt: number | null;
  readonly isOff: boolean;
}

/** The gateway's own record of what it went through, oldest first. Moments in milliseconds since the epoch. */
export interface StabilityFacts {
  /** When it was written out, by the gateway's clock, which its moments go by. */
  readonly at: number | null;
  /** How long this process took from its start until it was ready; `null` where the record begins later. */
  readonly readyMs: number | null;
  readonly memory: readonly { readonly at: number; readonly rssBytes: number }[];
  readonly pressures: readonly {
    readonly at: number;
    readonly isCritical: boolean;
    readonly rssBytes: number | null;
  }[];
  readonly stuckAt: readonly number[];
  readonly rejectedAt: readonly number[];
}

/** What the gateway says that it could be updated to; empty where it says nothing. */
export interface UpdateFacts {
  readonly currentVersion: string;
  readonly latestVersion: string;
}

/** Whose work a restart would cut off: numbers. */
export interface RestartFacts {
  /** Queued or active: a run is several of them. */
  readonly operations: number;
  readonly replies: number;
  readonly runs: number;
  readonly jobs: number;
  readonly programs: number;
  readonly tasks: number;
}

/** One look. */
export interface Inside {
  readonly health: Heard<HealthFacts>;
  readonly status: Heard<StatusFacts>;
  readonly machine: Heard<MachineFacts>;
  readonly stability: Heard<StabilityFacts>;
  readonly channels: Heard<ChannelFacts>;
  readonly models: Heard<ModelFacts>;
  readonly jobs: Heard<JobsFacts>;
  readonly failedJobs: Heard<readonly JobFacts[]>;
  readonly update: Heard<UpdateFacts>;
  readonly config: Heard<ConfigFacts>;
  /** Milliseconds since the epoch, and milliseconds. */
  readonly at: number;
  readonly tookMs: number;
}

/** What the findings need beside the look. */
export interface FindingContext {
  readonly reach: Reach;
  /** This extension's own origin. */
  readonly origin: string;
}

/** The rows of the section, in order. */
export const AREAS = ['config', 'access', 'process', 'parts', 'channels', 'models', 'jobs'] as const;
export type Area = (typeof AREAS)[number];

/** - `grave`: strangers may get in, or something has stopped. - `warning`: it will. - `note`: worth knowing. */
export const SEVERITIES = ['grave', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

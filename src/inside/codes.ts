/**
 * Everything that a look inside can find, one row each: where it stands, how grave it is, and the command that sets it right or
 * shows more. Its sentence is the message `inside_<code>`, why it matters `inside_why_<why>`. A new one is a row here, a rule in
 * `findings.ts`, and its texts. Pure.
 */
import type { CommandId } from '../remedy/commands.ts';
import type { RemedyEffect } from '../remedy/types.ts';
import type { RemedyId } from '../remedy/ways.ts';
import type { Area, Severity } from './types.ts';

/** Why it matters, where several share a reason. */
export const REASONS = [
  'open',
  'unencrypted',
  'proxy',
  'origins',
  'unapplied',
  'invalid',
  'two-secrets',
  'silent-log',
  'slow',
  'disk',
  'memory',
  'part',
  'secret',
  'channel',
  'model',
  'job',
  'relay',
  'large',
  'update',
] as const;
export type Reason = (typeof REASONS)[number];

interface Row {
  readonly area: Area;
  readonly severity: Severity;
  readonly why: Reason;
  /** The first that this version has is shown. */
  readonly run: readonly CommandId[];
  /** In place of that, where what helps depends on how the gateway was installed. */
  readonly remedy?: RemedyId;
  readonly effect: RemedyEffect;
}

const config = (
  area: 'config' | 'access',
  severity: Severity,
  why: Reason,
  run: CommandId,
  effect: RemedyEffect = 'configures',
): Row => ({ area, severity, why, run: [run], effect });

export const INSIDE_FINDINGS = {
  // Who gets in
  'auth-off': config('access', 'grave', 'open', 'set-auth-token'),
  'device-auth-off': config('access', 'grave', 'open', 'set-device-auth'),
  'insecure-auth': config('access', 'warning', 'open', 'set-secure-auth'),
  'host-header-origin': config('access', 'warning', 'origins', 'set-origin-check'),
  'origins-any': config('access', 'warning', 'origins', 'get-origins', 'reads'),
  'origins-other': config('access', 'note', 'origins', 'get-origins', 'reads'),
  'open-without-auth': config('access', 'grave', 'open', 'set-loopback'),
  'open-without-tls': config('access', 'warning', 'unencrypted', 'set-loopback'),
  'proxy-untrusted': config('access', 'warning', 'proxy', 'get-proxies', 'reads'),

  // What is configured, and what runs
  'config-invalid': {
    area: 'config',
    severity: 'grave',
    why: 'invalid',
    run: ['config-validate', 'doctor-lint', 'doctor'],
    effect: 'reads',
  },
  'config-unapplied': config('config', 'warning', 'unapplied', 'gateway-restart', 'restarts'),
  'config-warnings': {
    area: 'config',
    severity: 'note',
    why: 'invalid',
    run: ['config-validate', 'doctor-lint', 'doctor'],
    effect: 'reads',
  },
  'config-legacy': {
    area: 'config',
    severity: 'note',
    why: 'invalid',
    run: ['doctor-lint', 'doctor'],
    effect: 'reads',
  },
  'reload-off': config('config', 'note', 'unapplied', 'set-reload'),
  'reload-gave-up': config('config', 'warning', 'unapplied', 'gateway-restart', 'restarts'),
  'remote-secret': config('config', 'warning', 'two-secrets', 'get-remote', 'reads'),
  'log-too-quiet': config('config', 'note', 'silent-log', 'set-log-level'),
  'browser-off': config('config', 'warning', 'relay', 'set-browser'),

  // The process
  'loop-blocked': {
    area: 'process',
    severity: 'warning',
    why: 'slow',
    run: ['gateway-stability', 'gateway-status'],
    effect: 'reads',
  },
  'disk-full': { area: 'process', severity: 'grave', why: 'disk', run: ['gateway-status'], effect: 'reads' },
  'disk-low': { area: 'process', severity: 'warning', why: 'disk', run: ['gateway-status'], effect: 'reads' },
  'memory-grows': {
    area: 'process',
    severity: 'warning',
    why: 'memory',
    run: ['gateway-stability'],
    effect: 'reads',
  },
  'memory-pressure': {
    area: 'process',
    severity: 'warning',
    why: 'memory',
    run: ['gateway-stability'],
    effect: 'reads',
  },
  'frames-rejected': {
    area: 'process',
    severity: 'note',
    why: 'large',
    run: ['gateway-stability'],
    effect: 'reads',
  },
  'sessions-stuck': {
    area: 'process',
    severity: 'warning',
    why: 'slow',
    run: ['gateway-stability'],
    effect: 'reads',
  },
  'update-available': {
    area: 'process',
    severity: 'note',
    why: 'update',
    run: [],
    remedy: 'update',
    effect: 'replaces',
  },

  // What it is made of
  'plugin-failed': {
    area: 'parts',
    severity: 'warning',
    why: 'part',
    run: ['plugins-doctor'],
    effect: 'reads',
  },
  'plugin-unavailable': {
    area: 'parts',
    severity: 'warning',
    why: 'part',
    run: ['plugins-doctor'],
    effect: 'reads',
  },
  'secret-unresolved': {
    area: 'parts',
    severity: 'warning',
    why: 'secret',
    run: ['secrets-audit'],
    effect: 'reads',
  },
  'model-runtime-degraded': {
    area: 'models',
    severity: 'warning',
    why: 'model',
    run: ['models-status'],
    effect: 'reads',
  },

  // What it does
  'channel-fault': {
    area: 'channels',
    severity: 'warning',
    why: 'channel',
    run: ['channels-status'],
    effect: 'reads',
  },
  'model-expired': {
    area: 'models',
    severity: 'grave',
    why: 'model',
    run: ['models-status'],
    effect: 'reads',
  },
  'model-expiring': {
    area: 'models',
    severity: 'note',
    why: 'model',
    run: ['models-status'],
    effect: 'reads',
  },
  'model-missing': {
    area: 'models',
    severity: 'warning',
    why: 'model',
    run: ['models-status'],
    effect: 'reads',
  },
  'jobs-off': { area: 'jobs', severity: 'note', why: 'job', run: ['set-cron'], effect: 'configures' },
  'jobs-failed': { area: 'jobs', severity: 'warning', why: 'job', run: ['cron-list'], effect: 'reads' },
  'tasks-failed': { area: 'jobs', severity: 'note', why: 'job', run: ['tasks-list'], effect: 'reads' },
} as const satisfies Readonly<Record<string, Row>>;

export type InsideCode = keyof typeof INSIDE_FINDINGS;

export const INSIDE_CODES = Object.keys(INSIDE_FINDINGS) as readonly InsideCode[];

export const insideRow = (code: InsideCode): Row => INSIDE_FINDINGS[code];

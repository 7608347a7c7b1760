/**
 * What a look inside proves. Pure.
 *
 * - I6 Nothing is named that the answers do not prove. What a version does not say proves nothing, and a gateway as it comes
 *   out of the box has no findings.
 * - I7 What passes by itself is told only once it lasts: an event loop that has been blocked for a minute, memory that grew over
 *   an hour and did not come back, models that are not ready two minutes after the start.
 * - I8 Rows say what was looked at: `told` of all their methods, `untold` where this version lacks them all.
 */

import { compareVersions } from '../remedy/versions.ts';
import { type InsideCode, insideRow } from './codes.ts';
import {
  AREAS,
  type Area,
  type ConfigFacts,
  type FindingContext,
  type Heard,
  type Inside,
  type MachineFacts,
  type Named,
  SEVERITIES,
  type StabilityFacts,
  type UpdateFacts,
} from './types.ts';

export interface InsideFinding {
  readonly code: InsideCode;
  /** Numbers and names for its sentence, in the order of the placeholders. */
  readonly figures: readonly (string | number)[];
  /** The gateway's own words about it. */
  readonly said: readonly Named[];
}

export interface AreaResult {
  readonly area: Area;
  /** `note`: what was found is worth knowing and no more. */
  readonly result: 'pass' | 'note' | 'warn' | 'untold' | 'unread' | 'unasked';
  readonly findings: readonly InsideFinding[];
}

/** Milliseconds. A gateway that starts, or reads its configuration for the first time, is blocked for less. */
const LOOP_BLOCKED_AFTER_MS = 60_000;

/** Milliseconds. A gateway admits clients before its models are ready, and says so. */
const STARTS_WITHIN_MS = 120_000;

const GIGABYTE = 1e9;
/** Below the first nothing can be relied on to be written; below the second it will come to that. */
const DISK_FULL_BYTES = 0.2 * GIGABYTE;
const DISK_LOW_BYTES = 2 * GIGABYTE;
const DISK_LOW_SHARE = 0.05;

const HOUR_MS = 3_600_000;
/** What lies further back has passed. */
const RECENT_MS = HOUR_MS;

const found = (
  code: InsideCode,
  figures: InsideFinding['figures'] = [],
  said: readonly Named[] = [],
): InsideFinding => ({ code, figures, said });

const when = (isSo: boolean, finding: () => InsideFinding): InsideFinding[] => (isSo ? [finding()] : []);

const named = (code: InsideCode, said: readonly Named[]): InsideFinding[] =>
  when(said.length > 0, () => found(code, [said.length], said));

const toldBy = <T>(told: Heard<T>): T | null => (told.type === 'told' ? told.value : null);

/** Everything that is proved, the gravest first. `now` in milliseconds since the epoch, by this computer's clock. */
export function insideFindings(inside: Inside, around: FindingContext): readonly InsideFinding[] {
  const all = [
    ...ofConfig(toldBy(inside.config), around),
    ...ofProcess(inside),
    ...ofParts(inside),
    ...ofWork(inside),
  ];
  const gravity = ({ code }: InsideFinding): number => SEVERITIES.indexOf(insideRow(code).severity);
  return all.sort((one, other) => gravity(one) - gravity(other));
}

const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost'];

/** Whether anybody but this computer's own programs reaches the port. */
function isOpen({ bind, customBindHost }: ConfigFacts): boolean {
  if (bind === 'custom') return customBindHost !== null && !LOOPBACK_HOSTS.includes(customBindHost);
  // `auto` is loopback wherever that can be bound.
  return bind === 'lan' || bind === 'tailnet';
}

function ofConfig(config: ConfigFacts | null, { reach, origin }: FindingContext): InsideFinding[] {
  if (config === null) return [];
  const open = isOpen(config);
  const isAuthOff = config.authMode === 'none';
  const others = config.allowedOrigins.filter(
    (each) => /^(chrome|moz)-extension:\/\//.test(each) && each !== origin,
  );
  const isForwarded =
    reach !== 'loopback' &&
    !open &&
    config.bind !== null &&
    config.trustedProxies === 0 &&
    (config.tailscale === null || config.tailscale === 'off');
  return [
    ...when(config.isValid === false, () => found('config-invalid', [config.issues.length], config.issues)),
    ...when(isAuthOff && !open, () => found('auth-off')),
    ...when(isAuthOff && open, () => found('open-without-auth', [config.bind ?? ''])),
    ...when(config.disablesDeviceAuth, () => found('device-auth-off')),
    ...when(config.allowsInsecureAuth, () => found('insecure-auth')),
    ...when(config.allowsHostHeader, () => found('host-header-origin')),
    ...when(config.allowedOrigins.includes('*'), () => found('origins-any')),
    ...when(others.length > 0, () => found('origins-other', [others.length], others.map(asOrigin))),
    ...when(open && !isAuthOff && !config.isTls && config.bind !== 'tailnet', () =>
      found('open-without-tls', [config.bind ?? '']),
    ),
    ...when(isForwarded, () => found('proxy-untrusted')),
    ...when(config.isApplied === false, () => found('config-unapplied')),
    ...(config.isValid === false ? [] : named('config-warnings', config.warnings)),
    ...named('config-legacy', config.legacyIssues),
    ...when(config.reloadMode === 'off', () => found('reload-off')),
    ...when(config.hasRemoteSecret && config.hasSecret, () =>
      found('remote-secret', [config.remoteUrl ?? '']),
    ),
    ...when(['warn', 'error', 'fatal', 'silent'].includes(config.logLevel ?? ''), () =>
      found('log-too-quiet', [config.logLevel ?? '']),
    ),
    ...when(config.isBrowserOff, () => found('browser-off')),
  ];
}

const asOrigin = (origin: string): Named => ({ name: origin.slice(0, 100), words: '' });

/** In gigabytes, as people read disks. */
const gigabytes = (bytes: number): number =>
  bytes < 10 * GIGABYTE ? Math.round((10 * bytes) / GIGABYTE) / 10 : Math.round(bytes / GIGABYTE);
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

function ofDisk({ diskAvailableBytes: free, diskTotalBytes: total }: MachineFacts): InsideFinding[] {
  if (free === null || total === null || total <= 0) return [];
  if (free < DISK_FULL_BYTES) return [found('disk-full', [megabytes(free)])];
  const isLow = free < DISK_LOW_BYTES && free / total < DISK_LOW_SHARE;
  return when(isLow, () => found('disk-low', [gigabytes(free), gigabytes(total)]));
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Samples in each part of a trend: fewer are chance. */
const LEAST_SAMPLES = 4;
const GROWN_BYTES = 300e6;
const GROWN_BY = 1.3;

/**
 * [I7] Memory that grew over an hour or more, in each third against the one before, by half a gigabyte or so in all, and of which
 * the last sample holds what the last third says. A sawtooth has no such thirds.
 */
export function memoryTrend(
  samples: StabilityFacts['memory'],
): { readonly from: number; readonly to: number; readonly overMs: number; readonly until: number } | null {
  const sorted = [...samples].sort((one, other) => one.at - other.at);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last || last.at - first.at < HOUR_MS) return null;
  const third = (last.at - first.at) / 3;
  const parts = [0, 1, 2].map((index) =>
    sorted.filter(
      ({ at }) => at >= first.at + index * third && (index === 2 || at < first.at + (index + 1) * third),
    ),
  );
  if (parts.some((part) => part.length < LEAST_SAMPLES)) return null;
  const [begin = 0, middle = 0, end = 0] = parts.map((part) => median(part.map(({ rssBytes }) => rssBytes)));
  const isGrowing =
    begin < middle &&
    middle < end &&
    end - begin >= GROWN_BYTES &&
    end >= begin * GROWN_BY &&
    last.rssBytes >= middle;
  return isGrowing ? { from: begin, to: end, overMs: last.at - first.at, until: last.at } : null;
}

function ofProcess({ machine, health, status, stability, update, at }: Inside): InsideFinding[] {
  const loop = toldBy(health)?.loop ?? toldBy(status)?.loop ?? null;
  const past = toldBy(stability);
  const disk = toldBy(machine);
  // By the gateway's own clock, where it says what time it is there.
  const now = past?.at ?? at;
  const isRecent = (moment: number): boolean => Math.abs(now - moment) < RECENT_MS;
  // An idle gateway takes no samples.
  const grown = past && memoryTrend(past.memory);
  const trend = grown && isRecent(grown.until) ? grown : null;
  const pressure = past?.pressures.filter((each) => isRecent(each.at)).at(-1) ?? null;
  const stuck = past?.stuckAt.filter(isRecent).length ?? 0;
  const rejected = past?.rejectedAt.filter(isRecent).length ?? 0;
  return [
    ...(disk ? ofDisk(disk) : []),
    ...when(loop?.isDegraded === true && (loop.sinceMs ?? 0) >= LOOP_BLOCKED_AFTER_MS, () =>
      found('loop-blocked', [Math.round((loop?.sinceMs ?? 0) / 1_000), Math.round(loop?.delayMs ?? 0)]),
    ),
    ...(trend
      ? [
          found('memory-grows', [
            megabytes(trend.from),
            megabytes(trend.to),
            Math.round(trend.overMs / HOUR_MS),
          ]),
        ]
      : []),
    ...when(pressure !== null && trend === null, () =>
      found('memory-pressure', [megabytes(pressure?.rssBytes ?? 0)]),
    ),
    ...when(stuck > 0, () => found('sessions-stuck', [stuck])),
    ...when(rejected > 0, () => found('frames-rejected', [rejected])),
    ...ofUpdate(toldBy(update)),
  ];
}

function ofParts({ health, status, machine }: Inside): InsideFinding[] {
  const uptimeMs = toldBy(machine)?.uptimeMs ?? null;
  const isStarting = uptimeMs !== null && uptimeMs < STARTS_WITHIN_MS;
  const seen = toldBy(health);
  const told = toldBy(status);
  const unavailable = [...(seen?.pluginsUnavailable ?? []), ...(told?.degradedPlugins ?? [])];
  const names = new Set<string>();
  const once = unavailable.filter(({ name }) => !names.has(name) && names.add(name));
  return [
    ...named('plugin-failed', seen?.pluginErrors ?? []),
    ...named('plugin-unavailable', once),
    ...named('secret-unresolved', told?.secretOwners ?? []),
    ...when(seen?.isReloadOff === true, () => found('reload-gave-up')),
    ...when(seen?.isModelRuntimeDegraded === true && !isStarting, () => found('model-runtime-degraded')),
  ];
}

/** A gateway that is told of a version which it runs already, or of another commit of it, has none to be updated to. */
function ofUpdate(update: UpdateFacts | null): InsideFinding[] {
  if (update === null) return [];
  const { latestVersion: latest, currentVersion: current } = update;
  return when((compareVersions(latest, current) ?? 0) > 0, () =>
    found('update-available', [latest, current]),
  );
}

function ofWork({ channels, models, jobs, failedJobs, status }: Inside): InsideFinding[] {
  const withStatus = (wanted: string): Named[] =>
    (toldBy(models)?.providers ?? [])
      .filter((each) => each.status === wanted)
      .map(({ name }) => ({ name, words: '' }));
  const scheduled = toldBy(jobs);
  const failed = toldBy(failedJobs) ?? [];
  const errors = toldBy(status)?.taskErrors ?? 0;
  return [
    ...named('channel-fault', toldBy(channels)?.issues ?? []),
    ...named('model-expired', withStatus('expired')),
    ...named('model-missing', withStatus('missing')),
    ...named('model-expiring', withStatus('expiring')),
    ...when(scheduled?.isOn === false, () => found('jobs-off', [scheduled?.count ?? 0])),
    ...named(
      'jobs-failed',
      failed.map(({ name }) => ({ name, words: '' })),
    ),
    ...when(errors > 0, () => found('tasks-failed', [errors])),
  ];
}

const SOURCES: Readonly<Record<Area, (inside: Inside) => readonly Heard<unknown>[]>> = {
  config: ({ config }) => [config],
  access: ({ config }) => [config],
  process: ({ health, machine, stability }) => [health, machine, stability],
  parts: ({ health, status }) => [health, status],
  channels: ({ channels }) => [channels],
  models: ({ models }) => [models],
  jobs: ({ jobs, failedJobs, status }) => [jobs, failedJobs, status],
};

/** Whether it is worth knowing and no more. */
export const isNote = ({ code }: InsideFinding): boolean => insideRow(code).severity === 'note';

/** What each row came to, in order. */
export function areaResults(inside: Inside, around: FindingContext): readonly AreaResult[] {
  const all = insideFindings(inside, around);
  return AREAS.map((area) => {
    const findings = all.filter(({ code }) => insideRow(code).area === area);
    const told = SOURCES[area](inside);
    const isTold = told.some(({ type }) => type === 'told');
    const result =
      findings.length > 0
        ? findings.every(isNote)
          ? 'note'
          : 'warn'
        : isTold
          ? 'pass'
          : told.every(({ type }) => type === 'untold')
            ? 'untold'
            : told.some(({ type }) => type === 'unread')
              ? 'unread'
              : 'unasked';
    return { area, result, findings };
  });
}

/**
 * What a gateway says of itself, reduced at once to what the findings need. Everything here comes from a server that may be
 * old, broken or hostile: a field that is missing or of another kind proves nothing, lists are cut, and text is made
 * presentable. Pure.
 *
 * - I1 A method that a version lacks, or does not let us call, makes its row "this version does not tell", and nothing else.
 * - I2 Of a list no more than 12 entries are kept, of a text no more than 240 characters, redacted and on one line.
 * - I3 The configuration is asked for with the user's consent alone, and nothing is read of it but the fields named here. A
 *   secret in it is only ever compared with nothing, or with the gateway's own marker: no value of one leaves this file.
 * - I4 A version that sends its secrets along with its configuration is not asked for it.
 * - I5 Scheduled jobs are asked for where the gateway can leave out what they tell their agents.
 */
import * as z from 'zod/mini';
import { presentable } from '../foreign-text.ts';
import type { Answer } from '../gateway/read-methods.ts';
import { parsed } from '../parse.ts';
import { isWithin, type VersionRange } from '../remedy/versions.ts';
import type {
  ChannelFacts,
  ConfigFacts,
  HealthFacts,
  InsideMethod,
  JobFacts,
  JobsFacts,
  MachineFacts,
  ModelFacts,
  Named,
  RestartFacts,
  StabilityFacts,
  StatusFacts,
  Told,
} from './types.ts';

z.config({ jitless: true });

const MOST = 12;

/** Longer lists are looked at no further than this. */
const MOST_READ = 2_000;

const text = z.string().check(z.maxLength(20_000));
const maybeText = z.catch(z.nullable(text), null);
const figure = z.catch(z.nullable(z.number().check(z.gte(0), z.lte(1e16))), null);
const flag = z.catch(z.nullable(z.boolean()), null);
const anything = z.optional(z.unknown());

/** What a list holds of that kind; empty where there is none. */
function listOf<T>(schema: z.ZodMiniType<T>, value: unknown): T[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_READ).flatMap((each) => parsed(schema, each) ?? []);
}

const shown = (said: string | null): string => (said === null ? '' : presentable(said));

/** Reads one answer by a reader that gives `undefined` where it makes no sense. */
export function read<T>(answer: Answer | null, reader: (payload: unknown) => T | undefined): Told<T> {
  if (answer === null) return { type: 'unasked' };
  if (answer.type === 'refused') return { type: 'untold' };
  if (answer.type === 'dropped') return { type: 'unread', reason: answer.reason };
  const value = reader(answer.payload);
  return value === undefined ? { type: 'unread', reason: 'malformed' } : { type: 'told', value };
}

/** [I4] These add their configuration as it stood before it was migrated, with every secret as it is. */
const SENDS_SECRETS: VersionRange = { since: '2026.6.1', until: '2026.9.5' };

/** Whether this version may be asked for its configuration. One that is not known is not. */
export const mayAskConfig = (serverVersion: string | null): boolean =>
  serverVersion !== null && !isWithin(serverVersion, SENDS_SECRETS);

/** [I5] The first version that was seen to know `compact`. */
const COMPACT_JOBS: VersionRange = { since: '2026.8.1' };

export const mayAskJobs = (serverVersion: string | null): boolean =>
  serverVersion !== null && isWithin(serverVersion, COMPACT_JOBS);

// Configuration

/** What a gateway writes in the place of a secret. */
const MARKER = '__OPENCLAW_REDACTED__';

const issueSchema = z.object({ path: maybeText, message: text });

const issues = (value: unknown): Named[] =>
  listOf(
    z.union([
      issueSchema,
      z.pipe(
        text,
        z.transform((message) => ({ path: null, message })),
      ),
    ]),
    value,
  )
    .slice(0, MOST)
    .map(({ path, message }) => ({ name: shown(path), words: shown(message) }));

const present = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

const authSchema = z.object({ mode: maybeText, token: anything, password: anything });

const configSchema = z.object({
  valid: flag,
  issues: anything,
  warnings: anything,
  legacyIssues: anything,
  configRevisionHash: maybeText,
  appliedConfigHash: maybeText,
  config: z.catch(
    z.object({
      gateway: z.catch(
        z.object({
          bind: maybeText,
          customBindHost: maybeText,
          auth: z.catch(z.nullable(authSchema), null),
          tls: z.catch(z.nullable(z.object({ enabled: flag })), null),
          tailscale: z.catch(z.nullable(z.object({ mode: maybeText })), null),
          trustedProxies: anything,
          reload: z.catch(z.nullable(z.object({ mode: maybeText })), null),
          controlUi: z.catch(
            z.nullable(
              z.object({
                allowedOrigins: anything,
                allowInsecureAuth: flag,
                dangerouslyDisableDeviceAuth: flag,
                dangerouslyAllowHostHeaderOriginFallback: flag,
              }),
            ),
            null,
          ),
          remote: z.catch(
            z.nullable(z.object({ url: maybeText, token: anything, password: anything })),
            null,
          ),
        }),
        null as never,
      ),
      logging: z.catch(z.nullable(z.object({ level: maybeText })), null),
      browser: z.catch(z.nullable(z.object({ enabled: flag })), null),
    }),
    null as never,
  ),
});

export function readConfig(payload: unknown): ConfigFacts | undefined {
  const said = parsed(configSchema, payload);
  if (said === undefined) return undefined;
  const gateway = said.config?.gateway ?? null;
  const ui = gateway?.controlUi ?? null;
  const remote = gateway?.remote ?? null;
  const auth = gateway?.auth ?? null;
  const { configRevisionHash, appliedConfigHash } = said;
  return {
    isValid: said.valid,
    issues: issues(said.issues),
    warnings: issues(said.warnings),
    legacyIssues: issues(said.legacyIssues),
    isApplied:
      configRevisionHash === null || appliedConfigHash === null
        ? null
        : configRevisionHash === appliedConfigHash,
    bind: gateway?.bind ?? null,
    customBindHost: gateway?.customBindHost ?? null,
    authMode: auth?.mode ?? null,
    hasSecret: present(auth?.token) || present(auth?.password),
    isTls: gateway?.tls?.enabled === true,
    tailscale: gateway?.tailscale?.mode ?? null,
    trustedProxies: listOf(text, gateway?.trustedProxies).length,
    allowedOrigins: listOf(text, ui?.allowedOrigins).slice(0, MOST),
    allowsInsecureAuth: ui?.allowInsecureAuth === true,
    disablesDeviceAuth: ui?.dangerouslyDisableDeviceAuth === true,
    allowsHostHeader: ui?.dangerouslyAllowHostHeaderOriginFallback === true,
    remoteUrl: remote?.url ? shown(remote.url) : null,
    hasRemoteSecret: present(remote?.token) || present(remote?.password),
    reloadMode: gateway?.reload?.mode ?? null,
    logLevel: said.config?.logging?.level ?? null,
    isBrowserOff: said.config?.browser?.enabled === false,
  };
}

/** Only for tests: what must never be found in what was read. */
export const REDACTED = MARKER;

// Health and status

const loopSchema = z.object({
  degraded: flag,
  degradedSinceMs: figure,
  delayP99Ms: figure,
  utilization: figure,
});
const loop = z.catch(z.nullable(loopSchema), null);

const pluginSchema = z.object({
  id: maybeText,
  pluginId: maybeText,
  error: maybeText,
  message: maybeText,
  reason: maybeText,
  detail: maybeText,
  diagnostic: z.catch(z.nullable(z.object({ reason: maybeText, detail: maybeText })), null),
});

const plugins = (value: unknown): Named[] =>
  listOf(
    z.union([
      pluginSchema,
      z.pipe(
        text,
        z.transform((id) => parsed(pluginSchema, { id }) as never),
      ),
    ]),
    value,
  )
    .slice(0, MOST)
    .map((each) => ({
      name: shown(each.pluginId ?? each.id),
      words: shown(
        each.error ??
          each.message ??
          each.detail ??
          each.diagnostic?.detail ??
          each.reason ??
          each.diagnostic?.reason ??
          null,
      ),
    }));

const healthSchema = z.object({
  plugins: z.catch(z.nullable(z.object({ errors: anything, unavailable: anything })), null),
  configReload: z.catch(z.nullable(z.object({ hotReloadStatus: maybeText })), null),
  modelRuntime: z.catch(z.nullable(z.object({ degraded: flag })), null),
  eventLoop: loop,
});

export function readHealth(payload: unknown): HealthFacts | undefined {
  const said = parsed(healthSchema, payload);
  return (
    said && {
      pluginErrors: plugins(said.plugins?.errors),
      pluginsUnavailable: plugins(said.plugins?.unavailable),
      tellsPlugins: said.plugins !== null,
      isReloadOff: said.configReload === null ? null : said.configReload.hotReloadStatus === 'disabled',
      isModelRuntimeDegraded: said.modelRuntime?.degraded ?? null,
      loop: said.eventLoop && loopFacts(said.eventLoop),
    }
  );
}

const loopFacts = ({ degraded, degradedSinceMs, delayP99Ms, utilization }: z.infer<typeof loopSchema>) => ({
  isDegraded: degraded === true,
  sinceMs: degradedSinceMs,
  delayMs: delayP99Ms,
  utilization,
});

const ownerSchema = z.object({
  ownerId: maybeText,
  owner: maybeText,
  id: maybeText,
  path: maybeText,
  reason: maybeText,
  message: maybeText,
});

const statusSchema = z.object({
  pid: figure,
  runtimeVersion: maybeText,
  degradedSecretOwners: anything,
  degradedPlugins: anything,
  processMemory: z.catch(z.nullable(z.object({ rssBytes: figure })), null),
  tasks: z.catch(z.nullable(z.object({ active: figure, failures: figure })), null),
  taskAudit: z.catch(z.nullable(z.object({ errors: figure, warnings: figure })), null),
  eventLoop: loop,
});

export function readStatus(payload: unknown): StatusFacts | undefined {
  const said = parsed(statusSchema, payload);
  return (
    said && {
      pid: said.pid,
      rssBytes: said.processMemory?.rssBytes ?? null,
      secretOwners: listOf(ownerSchema, said.degradedSecretOwners)
        .slice(0, MOST)
        .map((each) => ({
          name: shown(each.ownerId ?? each.owner ?? each.id ?? each.path),
          words: shown(each.message ?? each.reason),
        })),
      degradedPlugins: plugins(said.degradedPlugins),
      failedTasks: said.tasks?.failures ?? null,
      taskErrors: said.taskAudit?.errors ?? null,
      loop: said.eventLoop && loopFacts(said.eventLoop),
    }
  );
}

// The machine

const machineSchema = z.object({
  port: figure,
  pid: figure,
  processInstanceId: maybeText,
  uptimeMs: figure,
  nodeVersion: maybeText,
  platform: maybeText,
  diskTotalBytes: figure,
  diskAvailableBytes: figure,
  memoryTotalBytes: figure,
  processMemory: z.catch(z.nullable(z.object({ rssBytes: figure })), null),
});

export function readMachine(payload: unknown): MachineFacts | undefined {
  const said = parsed(machineSchema, payload);
  return (
    said && {
      port: whole(said.port, 65_535),
      pid: whole(said.pid, 2 ** 31),
      uptimeMs: said.uptimeMs,
      diskTotalBytes: said.diskTotalBytes,
      diskAvailableBytes: said.diskAvailableBytes,
      rssBytes: said.processMemory?.rssBytes ?? null,
      platform: said.platform === null ? null : shown(said.platform),
    }
  );
}

/** A number that may stand in a command. */
const whole = (value: number | null, most: number): number | null =>
  value !== null && Number.isInteger(value) && value > 0 && value <= most ? value : null;

// The rest

const channelIssueSchema = z.object({ channel: maybeText, kind: maybeText, message: maybeText });

export function readChannels(payload: unknown): ChannelFacts | undefined {
  const said = parsed(z.object({ statusIssues: anything }), payload);
  return (
    said && {
      tellsIssues: Array.isArray(said.statusIssues),
      issues: listOf(channelIssueSchema, said.statusIssues)
        .slice(0, MOST)
        .map(({ channel, message, kind }) => ({ name: shown(channel), words: shown(message ?? kind) })),
    }
  );
}

const providerSchema = z.object({
  provider: maybeText,
  displayName: maybeText,
  status: text,
  expiry: z.catch(z.nullable(z.object({ at: figure })), null),
});

export function readModels(payload: unknown): ModelFacts | undefined {
  const said = parsed(z.object({ providers: anything }), payload);
  if (said === undefined || !Array.isArray(said.providers)) return undefined;
  return {
    providers: listOf(providerSchema, said.providers)
      .slice(0, MOST_READ)
      .map(({ provider, displayName, status, expiry }) => ({
        name: shown(displayName ?? provider),
        status: shown(status),
        expiresAt: expiry?.at ?? null,
      })),
  };
}

export const readJobs = (payload: unknown): JobsFacts | undefined => {
  const said = parsed(z.object({ enabled: flag, jobs: figure }), payload);
  return said && { isOn: said.enabled, count: said.jobs };
};

const jobSchema = z.object({
  name: maybeText,
  displayName: maybeText,
  enabled: flag,
  lastRunStatus: maybeText,
  lastRunAtMs: figure,
  autoDisabled: anything,
});

/** What a job tells its agent is not among it, and its error is not kept: it may repeat that. */
export function readFailedJobs(payload: unknown): JobFacts[] | undefined {
  const said = parsed(z.object({ jobs: anything }), payload);
  if (said === undefined || !Array.isArray(said.jobs)) return undefined;
  return listOf(jobSchema, said.jobs)
    .filter(({ lastRunStatus, autoDisabled }) => lastRunStatus === 'error' || present(autoDisabled))
    .slice(0, MOST)
    .map(({ name, displayName, lastRunAtMs, enabled, autoDisabled }) => ({
      name: shown(displayName ?? name),
      lastRunAt: lastRunAtMs,
      isOff: enabled === false || present(autoDisabled),
    }));
}

const countsSchema = z.object({
  queueSize: figure,
  pendingReplies: figure,
  embeddedRuns: figure,
  cronRuns: figure,
  backgroundExecSessions: figure,
  activeTasks: figure,
});

export function readRestart(payload: unknown): RestartFacts | undefined {
  const said = parsed(z.object({ counts: countsSchema }), payload);
  if (said === undefined) return undefined;
  const { counts } = said;
  // All of them: a version that counts nothing proves no rest.
  if (counts.queueSize === null || counts.pendingReplies === null || counts.embeddedRuns === null)
    return undefined;
  return {
    messages: counts.queueSize,
    replies: counts.pendingReplies,
    runs: counts.embeddedRuns,
    jobs: counts.cronRuns ?? 0,
    programs: counts.backgroundExecSessions ?? 0,
    tasks: counts.activeTasks ?? 0,
  };
}

const eventSchema = z.object({
  ts: figure,
  type: text,
  phase: maybeText,
  durationMs: figure,
  level: maybeText,
  reason: maybeText,
  action: maybeText,
  memory: z.catch(z.nullable(z.object({ rssBytes: figure })), null),
});

export function readStability(payload: unknown): StabilityFacts | undefined {
  const said = parsed(z.object({ events: anything, generatedAt: maybeText }), payload);
  if (said === undefined || !Array.isArray(said.events)) return undefined;
  const events = listOf(eventSchema, said.events);
  const ready = events.findLast(
    ({ type, phase }) => type === 'diagnostic.phase.completed' && phase === 'gateway.ready',
  );
  const at = said.generatedAt === null ? Number.NaN : Date.parse(said.generatedAt);
  return {
    at: Number.isNaN(at) ? null : at,
    readyMs: ready?.durationMs ?? null,
    memory: events.flatMap(({ ts, memory }) =>
      ts !== null && memory?.rssBytes != null ? [{ at: ts, rssBytes: memory.rssBytes }] : [],
    ),
    pressures: events.flatMap(({ type, ts, level, memory }) =>
      type === 'diagnostic.memory.pressure' && ts !== null
        ? [{ at: ts, isCritical: level === 'critical', rssBytes: memory?.rssBytes ?? null }]
        : [],
    ),
    stuckAt: events.flatMap(({ type, ts }) => (type === 'session.stuck' && ts !== null ? [ts] : [])),
    rejectedAt: events.flatMap(({ type, ts, action }) =>
      type === 'payload.large' && action === 'rejected' && ts !== null ? [ts] : [],
    ),
  };
}

/** What is asked, with what: the order is that of the rows. */
export const QUESTIONS: Readonly<Record<InsideMethod, Readonly<Record<string, string | number | boolean>>>> =
  {
    health: {},
    status: {},
    'system.info': {},
    'diagnostics.stability': { limit: 1_000 },
    'channels.status': {},
    'models.authStatus': {},
    'cron.status': {},
    'cron.list': { compact: true, limit: 200 },
    'config.get': {},
  };

/** What a gateway says of its process, its computer and what it is made of. Pure. */
import * as z from 'zod/mini';
import { parsed } from '../parse.ts';
import { anything, figure, flag, listOf, MOST, maybeText, shownText, text } from './reading.ts';
import type { HealthFacts, MachineFacts, Named, StabilityFacts, StatusFacts, UpdateFacts } from './types.ts';

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
      name: shownText(each.pluginId ?? each.id),
      words: shownText(
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
          name: shownText(each.ownerId ?? each.owner ?? each.id ?? each.path),
          words: shownText(each.message ?? each.reason),
        })),
      degradedPlugins: plugins(said.degradedPlugins),
      failedTasks: said.tasks?.failures ?? null,
      taskErrors: said.taskAudit?.errors ?? null,
      loop: said.eventLoop && loopFacts(said.eventLoop),
    }
  );
}

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
      platform: said.platform === null ? null : shownText(said.platform),
    }
  );
}

/** A number that may stand in a command. */
const whole = (value: number | null, most: number): number | null =>
  value !== null && Number.isInteger(value) && value > 0 && value <= most ? value : null;

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

export function readUpdate(payload: unknown): UpdateFacts | undefined {
  const said = parsed(z.object({ currentVersion: maybeText, latestVersion: maybeText }), payload);
  return (
    said && { currentVersion: shownText(said.currentVersion), latestVersion: shownText(said.latestVersion) }
  );
}

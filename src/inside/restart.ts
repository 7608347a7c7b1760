/**
 * Whether a restart would cut off work, as the gateway counts it. Pure.
 *
 * - I9 Requests that the gateway is answering, ours among them, are no work, and neither is its own start. What it does not count
 *   is not said to be at rest. Operations are what runs and jobs are made of: they are told where nothing says whose they are.
 */
import * as z from 'zod/mini';
import type { Answer } from '../gateway/read-methods.ts';
import { parsed } from '../parse.ts';
import { figure, read } from './reading.ts';
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
  'programs',
  'jobs',
  'tasks',
  'operations',
] as const satisfies readonly (keyof RestartFacts)[];

export function restartRisk(facts: RestartFacts): RestartRisk {
  const all = KINDS.map((kind) => ({ kind, count: facts[kind] })).filter(({ count }) => count > 0);
  const work = all.length > 1 ? all.filter(({ kind }) => kind !== 'operations') : all;
  return { isSafe: work.length === 0, work };
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
    operations: counts.queueSize,
    replies: counts.pendingReplies,
    runs: counts.embeddedRuns,
    jobs: counts.cronRuns ?? 0,
    programs: counts.backgroundExecSessions ?? 0,
    tasks: counts.activeTasks ?? 0,
  };
}

/** What an answer to `gateway.restart.preflight` says; `null` where the version does not count, or nothing came. */
export function riskIn(answer: Answer): RestartRisk | null {
  const told = read(answer, readRestart);
  return told.type === 'told' ? restartRisk(told.value) : null;
}

/** What a gateway says of its work: channels, model sign-ins, scheduled jobs. Pure. */
import * as z from 'zod/mini';
import { parsed } from '../parse.ts';
import {
  anything,
  figure,
  flag,
  listOf,
  MOST,
  MOST_READ,
  maybeText,
  present,
  shownText,
  text,
} from './reading.ts';
import type { ChannelFacts, JobFacts, JobsFacts, ModelFacts } from './types.ts';

const channelIssueSchema = z.object({ channel: maybeText, kind: maybeText, message: maybeText });

export function readChannels(payload: unknown): ChannelFacts | undefined {
  const said = parsed(z.object({ statusIssues: anything }), payload);
  return (
    said && {
      tellsIssues: Array.isArray(said.statusIssues),
      issues: listOf(channelIssueSchema, said.statusIssues)
        .slice(0, MOST)
        .map(({ channel, message, kind }) => ({
          name: shownText(channel),
          words: shownText(message ?? kind),
        })),
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
        name: shownText(displayName ?? provider),
        status: shownText(status),
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
      name: shownText(displayName ?? name),
      lastRunAt: lastRunAtMs,
      isOff: enabled === false || present(autoDisabled),
    }));
}

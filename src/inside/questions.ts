/**
 * What a gateway is asked, and which version is not. Pure.
 *
 * - I4 A version that sends its secrets along with its configuration is not asked for it.
 * - I5 Scheduled jobs are asked for where the gateway can leave out what they tell their agents.
 */
import { isVersion, isWithin, type VersionRange } from '../remedy/versions.ts';
import type { InsideMethod } from './types.ts';

/**
 * [I4] These add their configuration as it stood before it was migrated, with every secret as it is: seen on 2026.8.1 and 8.2.
 * 2026.6.11 and 9.1 were seen not to; what lies between is not asked.
 */
const SENDS_SECRETS: VersionRange = { since: '2026.6.12', until: '2026.9.0' };

/** What comes before a release proves nothing of it, nor the other way round. */
const isRelease = (version: string): boolean => !/-(?:alpha|beta|rc)/.test(version);

/** Whether this version may be asked for its configuration. One that is not known is not. */
export const mayAskConfig = (serverVersion: string | null): boolean =>
  isVersion(serverVersion) && isRelease(serverVersion) && !isWithin(serverVersion, SENDS_SECRETS);

/** [I5] The first version that was seen to know `compact`. */
const COMPACT_JOBS: VersionRange = { since: '2026.8.1' };

export const mayAskJobs = (serverVersion: string | null): boolean =>
  serverVersion !== null && isRelease(serverVersion) && isWithin(serverVersion, COMPACT_JOBS);

/** What is asked, with what: the order is that of the rows. */
export const INSIDE_QUESTIONS: Readonly<
  Record<InsideMethod, Readonly<Record<string, string | number | boolean>>>
> = {
  health: {},
  status: {},
  'system.info': {},
  'diagnostics.stability': { limit: 1_000 },
  'channels.status': {},
  'models.authStatus': {},
  'cron.status': {},
  'cron.list': { compact: true, limit: 200 },
  'update.available': {},
  'config.get': {},
};

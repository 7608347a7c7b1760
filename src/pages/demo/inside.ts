/** What the simulated gateway says of its inside: all is well. */
import type { Answer } from '../../gateway/read-methods.ts';

const HOUR_MS = 3_600_000;

const SAID: Readonly<Record<string, unknown>> = {
  health: { plugins: { errors: [], unavailable: [] }, configReload: { hotReloadStatus: 'active' } },
  status: { degradedSecretOwners: [], degradedPlugins: [], taskAudit: { errors: 0 } },
  'system.info': {
    port: 18_789,
    pid: 4_802,
    uptimeMs: 19 * HOUR_MS,
    diskTotalBytes: 512e9,
    diskAvailableBytes: 204e9,
    processMemory: { rssBytes: 612e6 },
  },
  'diagnostics.stability': { events: [] },
  'channels.status': { statusIssues: [] },
  'models.authStatus': { providers: [] },
  'cron.status': { enabled: true, jobs: 3 },
  'cron.list': { jobs: [] },
  'config.get': { valid: true, config: { gateway: { bind: 'loopback', auth: { mode: 'token' } } } },
  'gateway.restart.preflight': { counts: { queueSize: 0, pendingReplies: 0, embeddedRuns: 0 } },
};

export const demoAnswer = (method: string): Answer =>
  method in SAID ? { type: 'answered', payload: SAID[method] } : { type: 'refused', code: null };

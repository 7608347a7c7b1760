import type { Looks, Observations } from '../../src/doctor/types.ts';
import type { Health } from '../../src/health.ts';
import { NOW, statusOf } from '../ui/statuses.ts';

/** What a run sees when all is well: it began two seconds ago, and the gateway answered one second ago. */
export const looksOf = (changes: Partial<Looks> = {}): Looks => ({
  startedAt: NOW - 2_000,
  worker: { found: 'answers', tookMs: 3 },
  storage: { found: 'usable', tookMs: 2 },
  identity: { found: 'usable', tookMs: 1 },
  isOnline: true,
  knock: { found: 'answered', tookMs: 6 },
  http: { found: { kind: 'gateway', phase: 'started', version: '2026.9.6', failing: [] }, tookMs: 9 },
  firstFrame: null,
  ...changes,
});

export const healthOf = (changes: Partial<Health> = {}): Health =>
  statusOf({ provenAt: NOW - 1_000, ...changes });

export const seenOf = (
  health: Partial<Health> | null = {},
  looks: Partial<Looks> = {},
  storageProblem: Observations['storageProblem'] = null,
): Observations => ({
  health: health === null ? null : healthOf(health),
  storageProblem,
  looks: looksOf(looks),
});

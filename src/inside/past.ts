/**
 * What an interruption was, by the gateway's own figures: another process, or the same one. Pure.
 *
 * - I10 A process that runs longer than an interruption lies back outlived it; one that is younger was started for it. Where the
 *   two are nearer to each other than clocks can be trusted, neither is said.
 */

export interface Interruption {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface PastOfProcess {
  readonly kind: 'restarted' | 'reloaded';
  /** When this process began, by this computer's clock. Milliseconds since the epoch. */
  readonly processStartedAt: number;
  /** How long nobody was admitted. Milliseconds. */
  readonly awayMs: number;
}

/** Milliseconds. A process may begin before the old one's socket is seen to end. */
const SLACK_MS = 3_000;

/** @param at when `uptimeMs` was read, in milliseconds since the epoch */
export function pastOfProcess(
  last: Interruption | null,
  uptimeMs: number | null,
  at: number,
): PastOfProcess | null {
  if (last === null || uptimeMs === null) return null;
  const processStartedAt = at - uptimeMs;
  const awayMs = last.endedAt - last.startedAt;
  if (processStartedAt > last.endedAt) return null;
  if (processStartedAt < last.startedAt - SLACK_MS) return { kind: 'reloaded', processStartedAt, awayMs };
  return processStartedAt >= last.startedAt ? { kind: 'restarted', processStartedAt, awayMs } : null;
}

/** Whether long agent work may rely on this gateway now: go, caution or no-go, and why. Pure. */
import type { Cause } from '../gateway/causes.ts';
import type { FindingCode } from '../gateway/finding.ts';
import { PROOF_LASTS_MS } from '../gateway/recovery.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { isConnected } from '../gateway-status.ts';
import type { RelayCause } from '../relay/causes.ts';

/** Milliseconds. What was restarted or repaired within this may happen again while agents work. */
export const RECENT_MS = 15 * 60_000;

export type PreflightReason =
  /** Why it cannot be relied on. */
  | { readonly code: 'paused' | 'not-proved' }
  | { readonly code: 'not-connected'; readonly cause: Cause | null }
  | { readonly code: 'relay-fault' | 'relay-unknown'; readonly cause: RelayCause }
  /** Why it may not last. Times in milliseconds since the epoch. */
  | { readonly code: 'restarted' | 'repaired'; readonly at: number }
  | { readonly code: 'pairing-unwritten' }
  | { readonly code: 'finding'; readonly finding: FindingCode };

export interface Preflight {
  readonly level: 'go' | 'caution' | 'no-go';
  /** The gravest first; empty for `go`. */
  readonly reasons: readonly PreflightReason[];
  /** Milliseconds since the gateway issued the token in use; `null` where it issued none. Age alone is no fault. */
  readonly tokenAgeMs: number | null;
  /** Milliseconds since the epoch, as far as it is known. */
  readonly restartedAt: number | null;
  readonly repairedAt: number | null;
  readonly relay: RelayCause;
}

/** Judges one gateway. Nothing is better than it was proved. `now` in milliseconds since the epoch. */
export function preflight(status: GatewayStatus, now: number): Preflight {
  const { deviceTokenIssuedAt, skewMs, restartedAt, repairedAt, relay } = status;
  const against = obstacles(status, now);
  const reasons = against.length > 0 ? against : cautions(status, now);
  return {
    level: against.length > 0 ? 'no-go' : reasons.length > 0 ? 'caution' : 'go',
    reasons,
    // By the gateway's clock, which need not be ours.
    tokenAgeMs: deviceTokenIssuedAt === null ? null : Math.max(0, now + (skewMs ?? 0) - deviceTokenIssuedAt),
    restartedAt,
    repairedAt,
    relay: relay.cause,
  };
}

function obstacles(status: GatewayStatus, now: number): PreflightReason[] {
  const { code, cause, provenAt, relay } = status;
  if (code === 'paused') return [{ code: 'paused' }];
  if (code === 'unknown') return [{ code: 'not-proved' }];
  if (!isConnected(status)) return [{ code: 'not-connected', cause }];
  if (provenAt === null || now - provenAt > PROOF_LASTS_MS) return [{ code: 'not-proved' }];
  return code === 'relay' ? [{ code: 'relay-fault', cause: relay.cause }] : [];
}

function cautions(
  { findings, relay, restartedAt, repairedAt, isPairingUnwritten }: GatewayStatus,
  now: number,
): PreflightReason[] {
  const { cause, bearing, isExpected } = relay;
  const isRecent = (at: number | null): at is number => at !== null && now - at < RECENT_MS;
  return [
    ...(isPairingUnwritten ? [{ code: 'pairing-unwritten' } as const] : []),
    ...findings.map(({ code }) => ({ code: 'finding', finding: code }) as const),
    // A fault that one look found, and none confirmed yet.
    ...(isExpected && bearing === 'fault' ? [{ code: 'relay-fault', cause } as const] : []),
    ...(isExpected && bearing === 'unknown' ? [{ code: 'relay-unknown', cause } as const] : []),
    ...(isRecent(repairedAt) ? [{ code: 'repaired', at: repairedAt } as const] : []),
    ...(isRecent(restartedAt) ? [{ code: 'restarted', at: restartedAt } as const] : []),
  ];
}

/**
 * What a connection's past tells that a single failure does not: lifetimes of sockets, who answered at each
 * handshake, clocks. Recorded with every transition, kept short, and read by {@link findings}.
 */
import type { Evidence } from './evidence-state.ts';
import type { Finding } from './finding.ts';

/** What the evidence proves at this moment, the gravest first. Pure; `now` in milliseconds since the epoch. */
export function findings(_state: { readonly evidence: Evidence }, _now: number): readonly Finding[] {
  return [];
}

/** When the gateway was last found to have restarted: another boot answered than the time before. */
export function restartedAt({ servers }: Evidence): number | null {
  const last = servers.findLastIndex(
    (each, index) => index > 0 && each.bootId !== servers[index - 1]?.bootId,
  );
  return servers[last]?.at ?? null;
}

import type { Health } from '../health.ts';

/** The last moment at which a status is known to have been so: it is no younger than this. `null` if none is known. */
export function knownAt({ since, provenAt, relay }: Health): number | null {
  const moments = [since, provenAt, relay.checkedAt].filter((at) => at !== null);
  return moments.length === 0 ? null : Math.max(...moments);
}

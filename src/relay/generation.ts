/** Which relay a gateway has, by its version (docs/gateway.md, Browser Relay). */
import type { RelayReading } from './state.ts';

export type RelayGeneration = RelayReading['generation'];

/**
 * [L1] The relay came with the port + 3, was removed in 2026.3.22, came back in 2026.7.1 and speaks its current
 * language since 2026.8.1-beta.2.
 *
 * Year and month decide wherever they can: the lines 2026.6.33 and 2026.7.33 were maintained long after 2026.8.1, so
 * a higher last number is not a later relay. Versions before 2026.3.2 call themselves "dev", and so may any build
 * from source: those are `unknown`.
 */
export function generationOf(serverVersion: string | null): RelayGeneration {
  const [, ...numbers] =
    /^(\d{4})\.(\d{1,2})\.(\d{1,3})(?:-beta\.(\d+)|[-+].*)?$/.exec(serverVersion ?? '') ?? [];
  const [year = Number.NaN, month = 0, patch = 0, beta = Number.POSITIVE_INFINITY] = numbers.map((text) =>
    text === undefined ? undefined : Number(text),
  );
  if (Number.isNaN(year) || year < 2026) return 'unknown';
  if (year > 2026 || month > 8) return 'v2';
  if (month < 3 || (month === 3 && patch < 22)) return 'legacy';
  if (month < 7) return 'none';
  if (month === 7) return 'v1';
  return patch === 1 && beta < 2 ? 'v1' : 'v2';
}

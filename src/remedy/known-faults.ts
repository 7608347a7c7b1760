/**
 * Gateway versions whose users reported that pairings got lost or were asked for again without a reason. A note, not
 * a diagnosis: it is shown beside what works, and never instead of a cause.
 */

/** Each with the first version without those reports. Gateways before 2026.3.2 do not tell their version. */
const FAULTS: Readonly<Record<string, string>> = {
  // Pairing asked for anew on loopback after updates (openclaw issues 59882, 62767, 64583, 69284).
  '2026.3.28': '2026.4.2',
  '2026.4.9': '2026.9.6',
  '2026.4.14': '2026.9.6',
  // Paired devices lost in the move to the new store (openclaw issue 76956).
  '2026.5.2': '2026.9.6',
};

/** The version to go to from one with known pairing faults, or `null` if there are none that we know of. */
export const betterThan = (serverVersion: string): string | null =>
  Object.hasOwn(FAULTS, serverVersion) ? (FAULTS[serverVersion] ?? null) : null;

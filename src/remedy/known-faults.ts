/**
 * Gateway versions whose users reported faults that no configuration of theirs explains. A note, not a diagnosis: it is
 * shown beside what works, and never instead of a cause.
 */

/** `pairing`: pairings got lost or were asked for again. `loop`: the gateway ends itself again and again. */
export type KnownFault = 'pairing' | 'loop';

interface Note {
  readonly fault: KnownFault;
  /** The first version that we know without those reports. */
  readonly better: string;
}

/** Gateways before 2026.3.2 do not tell their version. */
const FAULTS: Readonly<Record<string, readonly Note[]>> = {
  // Pairing asked for anew on loopback after updates (openclaw issues 59882, 62767, 64583, 69284).
  '2026.3.28': [{ fault: 'pairing', better: '2026.4.2' }],
  '2026.4.9': [{ fault: 'pairing', better: '2026.9.6' }],
  // Where multicast does not come through, what announces the gateway there ends it (openclaw issues 69693, 71913, 71918,
  // 72339, 72346, 72366); 2026.4.23 lived with it.
  '2026.4.14': [
    { fault: 'pairing', better: '2026.9.6' },
    { fault: 'loop', better: '2026.9.6' },
  ],
  '2026.4.15': [{ fault: 'loop', better: '2026.9.6' }],
  '2026.4.24': [{ fault: 'loop', better: '2026.9.6' }],
  // Paired devices lost in the move to the new store (openclaw issue 76956).
  '2026.5.2': [{ fault: 'pairing', better: '2026.9.6' }],
};

/** What was reported of a version, the gravest last; empty if there is nothing that we know of. */
export const notesOn = (serverVersion: string): readonly Note[] =>
  Object.hasOwn(FAULTS, serverVersion) ? (FAULTS[serverVersion] ?? []) : [];

/** The version to go to from one with this fault, or `null` if it was not reported of it. */
export const betterThan = (serverVersion: string, fault: KnownFault): string | null =>
  notesOn(serverVersion).find((note) => note.fault === fault)?.better ?? null;

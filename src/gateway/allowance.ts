/**
 * [B2] What one connection may send us. A bucket that fills steadily and holds a burst: what a gateway says stays far below
 * it, and what is above it costs more of this computer than anything that it could tell us. Pure.
 */

/** Frames and characters: a second, and at once. The protocol lets a single frame have 25 MB. */
const STEADY = { frames: 1_000, characters: 5_000_000 } as const;
const BURST = { frames: 10_000, characters: 60_000_000 } as const;

/** What is left of it at one moment, in milliseconds of any clock that only moves forward. */
export interface Allowance {
  readonly frames: number;
  readonly characters: number;
  readonly at: number;
}

/** A socket that was just opened. */
export const fullAllowance = (now: number): Allowance => ({ ...BURST, at: now });

/**
 * Takes one frame from what is left.
 *
 * @returns what is left after it; `null` if it was one too many
 */
export function spend({ frames, characters, at }: Allowance, size: number, now: number): Allowance | null {
  const seconds = Math.max(0, now - at) / 1_000;
  const left = {
    frames: Math.min(BURST.frames, frames + seconds * STEADY.frames) - 1,
    characters: Math.min(BURST.characters, characters + seconds * STEADY.characters) - size,
    at: now,
  };
  return left.frames < 0 || left.characters < 0 ? null : left;
}

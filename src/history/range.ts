/**
 * The stretches of time that the history page shows, cut into slots. Pure. Milliseconds throughout.
 *
 * - H5 A range ends with the slot that holds now. Slots keep to the clock, so they stand still while time passes.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Every slot divides a day, and every row the slots: a strip too long for its line is broken into equal rows. */
export const RANGES = {
  day: { lengthMs: 24 * HOUR_MS, slots: 96, perRow: 24 },
  week: { lengthMs: 7 * 24 * HOUR_MS, slots: 84, perRow: 28 },
  month: { lengthMs: 30 * 24 * HOUR_MS, slots: 90, perRow: 30 },
} as const;
export type RangeId = keyof typeof RANGES;

/**
 * Where a range begins and ends. [H5] Its slots keep to the clock, so that they stand still while time passes: the
 * last one holds `now`, and slots of hours begin with the user's day.
 *
 * @param midnight the next midnight where the user is
 */
export function stretch(range: RangeId, now: number, midnight: number): { from: number; to: number } {
  const { lengthMs, slots } = RANGES[range];
  const slotMs = lengthMs / slots;
  const to = midnight - Math.floor((midnight - now) / slotMs) * slotMs;
  return { from: to - lengthMs, to };
}

/**
 * The shape of every state, once: pages draw it in the text's colour, `scripts/draw-icons.ts` makes the
 * toolbar's pictures of it. Shape comes first, colour second: each must be told apart without colour, at 16
 * pixels, with a badge over the lower third.
 *
 * On a grid of 16, inside 1 to 15, so that a keyline of 1 fits around it. Diamond, triangle and octagon differ
 * at their lower edges too, hence they end above the badge.
 */
import type { StatusCode } from '../gateway/status.ts';

export interface Part {
  /** SVG path data. Holes by the even-odd rule. */
  readonly d: string;
  /** Drawn as a line of this width; filled if absent. */
  readonly line?: number;
}
export type Silhouette = readonly Part[];

const RING: Part = { d: 'M8 2.2a5.8 5.8 0 1 1 0 11.6a5.8 5.8 0 1 1 0-11.6z', line: 2.4 };

/** Six dashes with gaps at top and bottom. */
const DASHED_RING: Part = {
  d: 'M9.5 2.4A5.8 5.8 0 0 1 12.45 4.27M13.56 6.2A5.8 5.8 0 0 1 13.56 9.8M12.45 11.73A5.8 5.8 0 0 1 9.5 13.6M6.5 13.6A5.8 5.8 0 0 1 3.55 11.73M2.44 9.8A5.8 5.8 0 0 1 2.44 6.2M3.55 4.27A5.8 5.8 0 0 1 6.5 2.4',
  line: 2.4,
};
const DOT: Part = { d: 'M8 5.8a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 1 1 0-4.4z' };

const TICK = 'M4.5 6.3 6.9 8.7 11.3 4.3 12.7 5.7 6.9 11.5 3.1 7.7z';
const LOW_TICK = 'M4.1 7.1 6.5 9.5 10.1 5.9 11.5 7.3 6.5 12.3 2.7 8.5z';

const EMPTY_RING: Silhouette = [RING];
const SLASHED_RING: Silhouette = [RING, { d: 'M3.9 3.9 12.1 12.1', line: 2.4 }];

export const SILHOUETTES: Readonly<Record<StatusCode, Silhouette>> = {
  'not-set-up': EMPTY_RING,
  unknown: EMPTY_RING,
  healthy: [{ d: `M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14z${TICK}` }],
  healed: [{ d: `M10 1.3V6H14.7A7 7 0 1 1 10 1.3z${LOW_TICK}` }, { d: 'M11.6 1H15V4.4H11.6z' }],
  reconnecting: [DASHED_RING],
  starting: [DASHED_RING, DOT],
  down: SLASHED_RING,
  offline: SLASHED_RING,
  approval: [{ d: 'M8 1 14 7 8 13 2 7z' }],
  'needs-you': [{ d: 'M8 1 15 13H1zM7.1 5.2V9H8.9V5.2zM7.1 10V11.7H8.9V10z' }],
  limited: [{ d: 'M5.5 1H10.5L14 4.5V9.5L10.5 13H5.5L2 9.5V4.5zM7.1 3.6V8.4H11.2V6.6H8.9V3.6z' }],
  relay: [RING, { d: 'M8 1V15A7 7 0 0 1 8 1z' }],
  paused: [{ d: 'M2.6 1H6.6V14H2.6zM9.4 1H13.4V14H9.4z' }],
};

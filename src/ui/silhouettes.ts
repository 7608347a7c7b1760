/**
 * The drawing of every icon that `words/states.ts` names: pages draw it in the text's colour, `scripts/draw-icons.ts` makes the
 * toolbar's pictures of it. Shape comes first, colour second: each can be told apart without colour.
 *
 * On a grid of 16, inside 1 to 15, so that a keyline of 1 fits around it. Chromium's badge hides everything
 * below 7 (measured in version 156; a badge of one or two letters leaves the left side free). So the states
 * whose badge is wide and always there are small and high; the others tell themselves by their upper half.
 */
import type { StateIcon } from '../words/states.ts';

interface Part {
  /** SVG path data. Holes by the even-odd rule. */
  readonly d: string;
  /** Drawn as a line of this width; filled if absent. */
  readonly line?: number;
}

export interface Silhouette {
  readonly parts: readonly Part[];
  /** The part of the grid that a page shows, where nothing covers the shape. The whole grid if absent. */
  readonly viewBox?: string;
}

const RING: Part = { d: 'M8 2.2a5.8 5.8 0 1 1 0 11.6a5.8 5.8 0 1 1 0-11.6z', line: 2.4 };

/** Six dashes with gaps at top and bottom. */
const DASHED_RING: Part = {
  d: 'M9.5 2.4A5.8 5.8 0 0 1 12.45 4.27M13.56 6.2A5.8 5.8 0 0 1 13.56 9.8M12.45 11.73A5.8 5.8 0 0 1 9.5 13.6M6.5 13.6A5.8 5.8 0 0 1 3.55 11.73M2.44 9.8A5.8 5.8 0 0 1 2.44 6.2M3.55 4.27A5.8 5.8 0 0 1 6.5 2.4',
  line: 2.4,
};
const DOT: Part = { d: 'M8 5.8a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 1 1 0-4.4z' };

const TICK = 'M4.5 6.3 6.9 8.7 11.3 4.3 12.7 5.7 6.9 11.5 3.1 7.7z';
const LOW_TICK = 'M4.1 7.1 6.5 9.5 10.1 5.9 11.5 7.3 6.5 12.3 2.7 8.5z';

const EMPTY_RING: Silhouette = { parts: [RING] };
/** The slash leaves the ring: its upper end is what a badge does not hide. */
const SLASHED_RING: Silhouette = { parts: [RING, { d: 'M1.9 1.9 14.1 14.1', line: 2.2 }] };

export const SILHOUETTES: Readonly<Record<StateIcon, Silhouette>> = {
  ring: EMPTY_RING,
  disc: { parts: [{ d: `M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14z${TICK}` }] },
  'patched-disc': {
    parts: [{ d: `M10 1.3V6H14.7A7 7 0 1 1 10 1.3z${LOW_TICK}` }, { d: 'M11.6 1H15V4.4H11.6z' }],
  },
  'dashed-ring': { parts: [DASHED_RING] },
  'dotted-ring': { parts: [DASHED_RING, DOT] },
  'slashed-ring': SLASHED_RING,
  diamond: { parts: [{ d: 'M8 1 12.2 5.2 8 9.4 3.8 5.2z' }], viewBox: '3 0.2 10 10' },
  triangle: {
    parts: [{ d: 'M8 1 15 13H1zM7.1 5.2V9H8.9V5.2zM7.1 10V11.7H8.9V10z' }],
    viewBox: '0.5 -0.5 15 15',
  },
  clock: {
    parts: [{ d: 'M6.2 1H9.8L12.5 3.7V6.6L9.8 9.3H6.2L3.5 6.6V3.7zM7.4 2.8V5.9H10.2V4.7H8.6V2.8z' }],
    viewBox: '3 0.15 10 10',
  },
  'half-ring': { parts: [RING, { d: 'M8 1V15A7 7 0 0 1 8 1z' }] },
  bars: { parts: [{ d: 'M2.6 1H6.6V14H2.6zM9.4 1H13.4V14H9.4z' }], viewBox: '0 -0.5 16 16' },
};

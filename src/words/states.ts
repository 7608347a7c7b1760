/** The five colours that a state can have, and which state has which. Every one gives 5.3:1 with white. */
import type { StatusCode } from '../gateway/status.ts';

/** For badge and icons. The pages have their own pair of shades for each (`ui/tokens.css`). */
export const TONE_COLORS = {
  info: '#1F5FBF',
  good: '#0B7A4B',
  calm: '#5F6368',
  attention: '#8A5A00',
  problem: '#B3261E',
} as const;
export type Tone = keyof typeof TONE_COLORS;

/** Only what needs the user is red; what we are working on stays grey. */
export const TONE_OF: Readonly<Record<StatusCode, Tone>> = {
  'needs-you': 'problem',
  approval: 'attention',
  relay: 'attention',
  down: 'calm',
  offline: 'calm',
  limited: 'attention',
  reconnecting: 'calm',
  starting: 'calm',
  unknown: 'calm',
  healed: 'good',
  healthy: 'good',
  paused: 'calm',
  'not-set-up': 'info',
};

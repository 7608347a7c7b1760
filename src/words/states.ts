/** What a state looks like and what it is called: one row each. Data only; the texts are in `public/_locales`. */
import type { MessageKey } from '../browser/i18n.ts';
import type { StatusCode } from '../gateway/status.ts';

/** For badge and icons. Every one gives 5.3:1 with white. The pages have a pair of shades of each (`ui/tones.css`). */
export const TONE_COLORS = {
  info: '#1F5FBF',
  good: '#0B7A4B',
  calm: '#5F6368',
  attention: '#8A5A00',
  problem: '#B3261E',
} as const;

/**
 * What is calm is drawn in lines, and a white outline would fill the gaps between dashes at 16 px: it has none, and a
 * grey that stands out from a light toolbar as from a dark one.
 */
export const CALM_ON_TOOLBAR = '#868C95';

/** On a toolbar that is dark for certain: as light as the pages' dark theme has them (`ui/base.css`), without an outline. */
export const TONES_ON_DARK: Readonly<Record<Tone, string>> = {
  info: '#8AB4F8',
  good: '#6FCF9F',
  calm: '#B0B6BD',
  attention: '#E6B65E',
  problem: '#F4978F',
};

export type Tone = keyof typeof TONE_COLORS;

interface StateRow {
  /** The state in a word or two. */
  readonly word: MessageKey;
  /** At most four characters on the toolbar's icon; empty for none. */
  readonly badge: string;
  /** The drawing of its icon, a key of `SILHOUETTES` in `ui/silhouettes.ts`. */
  readonly icon: string;
  /** Only what needs the user is red; what we are working on stays grey. */
  readonly tone: Tone;
}

export const STATES = {
  'needs-you': { word: 'state_needs_you', badge: '!', icon: 'triangle', tone: 'problem' },
  approval: { word: 'state_approval', badge: 'ask', icon: 'diamond', tone: 'attention' },
  relay: { word: 'state_relay', badge: 'R!', icon: 'half-ring', tone: 'attention' },
  down: { word: 'state_down', badge: 'down', icon: 'slashed-ring', tone: 'calm' },
  offline: { word: 'state_offline', badge: 'down', icon: 'slashed-ring', tone: 'calm' },
  limited: { word: 'state_limited', badge: 'wait', icon: 'clock', tone: 'attention' },
  reconnecting: { word: 'state_reconnecting', badge: '...', icon: 'dashed-ring', tone: 'calm' },
  starting: { word: 'state_starting', badge: '...', icon: 'dotted-ring', tone: 'calm' },
  unknown: { word: 'state_unknown', badge: '', icon: 'ring', tone: 'calm' },
  healed: { word: 'state_healed', badge: '', icon: 'patched-disc', tone: 'good' },
  healthy: { word: 'state_healthy', badge: '', icon: 'disc', tone: 'good' },
  paused: { word: 'state_paused', badge: '', icon: 'bars', tone: 'calm' },
  'not-set-up': { word: 'state_not_set_up', badge: '+', icon: 'ring', tone: 'info' },
} as const satisfies Record<StatusCode, StateRow>;

/** The name of a drawing. */
export type StateIcon = (typeof STATES)[StatusCode]['icon'];

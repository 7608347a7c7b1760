/**
 * What a browser cannot find out, asked of the user: only what would change what to do about this very fault. Each
 * answer leads to a conclusion; the words are the messages `question_<id>` and `question_<id>_<answer>_then`.
 */
import type { Reach } from '../reach.ts';
import type { Fault } from './types.ts';

export const QUESTIONS = {
  /** `openclaw gateway status --deep` on the gateway's computer. */
  gateway_runs: ['yes', 'no'],
  gateway_place: ['here', 'wsl', 'docker', 'elsewhere'],
  opens_in_tab: ['openclaw', 'other', 'nothing'],
  network_same: ['yes', 'no'],
  secret_changed: ['yes', 'no'],
  request_listed: ['yes', 'no'],
  proxy_between: ['yes', 'no'],
  two_services: ['yes', 'no'],
  state_kept: ['yes', 'no'],
  official_extension: ['attached', 'not_attached', 'missing'],
} as const;
export type QuestionId = keyof typeof QUESTIONS;

/**
 * Why nobody else can answer:
 * - `read`: the gateway's settings may; it is asked where they were not read, or don't tell
 * - `away`: asked only where the gateway does not let us in, and so tells us nothing
 * - `untold`: no method of any version tells
 * - `elsewhere`: known to another program, which we cannot ask
 */
export type Unanswered = 'read' | 'away' | 'untold' | 'elsewhere';

export const UNANSWERED: Readonly<Record<QuestionId, Unanswered>> = {
  gateway_runs: 'away',
  gateway_place: 'untold',
  opens_in_tab: 'away',
  network_same: 'away',
  secret_changed: 'away',
  request_listed: 'away',
  proxy_between: 'read',
  two_services: 'untold',
  state_kept: 'untold',
  official_extension: 'elsewhere',
};

/** Which questions each diagnosis leaves open. */
export const ABOUT: Partial<Record<Fault, readonly QuestionId[]>> = {
  'gateway-unreachable': ['gateway_runs', 'gateway_place'],
  'address-silent': ['gateway_runs', 'gateway_place'],
  'gateway-not-answering': ['gateway_runs'],
  'gateway-mute': ['gateway_runs', 'opens_in_tab'],
  'answer-too-large': ['opens_in_tab'],
  'gateway-stopping': ['gateway_runs'],
  'handshake-failed': ['opens_in_tab'],
  'handshake-timeout': ['gateway_runs'],
  'not-a-gateway': ['opens_in_tab'],
  'gateway-secret-mismatch': ['secret_changed'],
  'gateway-password-mismatch': ['secret_changed'],
  'not-paired': ['request_listed'],
  'role-upgrade': ['request_listed'],
  'idle-cut': ['proxy_between'],
  'gateways-alternate': ['two_services'],
  'gateway-flapping': ['two_services'],
  'restart-outlived': ['two_services'],
  'devices-forgotten': ['state_kept'],
  'device-token-unstable': ['state_kept', 'two_services'],
  'relay-unreachable': ['official_extension'],
  'relay-not-attached': ['official_extension'],
  'relay-key-rejected': ['gateway_place'],
  'relay-key-rotated': ['gateway_place'],
};

/** The questions that are worth asking; a gateway elsewhere may be out of reach for reasons of the way there. */
export function questionsFor(diagnosis: Fault | null, reach: Reach): readonly QuestionId[] {
  if (diagnosis === null) return [];
  const asked = ABOUT[diagnosis] ?? [];
  const isOfTheWay = ['gateway-unreachable', 'address-silent', 'gateway-not-answering'].includes(diagnosis);
  return reach !== 'loopback' && isOfTheWay ? ['network_same', ...asked] : asked;
}

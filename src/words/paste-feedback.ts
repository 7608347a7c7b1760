/** What the pairing form says about the text in its field, while it is typed. Knows no secret. */

import { t } from '../browser/i18n.ts';
import type { Recognised } from '../pairing/recognised.ts';
import { problemSentence } from './problems.ts';
import { clockTime } from './time.ts';

export interface PasteFeedback {
  readonly isUsable: boolean;
  /** What it is, or what is wrong with it and what to paste instead. */
  readonly sentence: string;
  /** What is still missing, if anything. */
  readonly next: string | null;
  /** What the user should know before connecting. */
  readonly cautions: readonly string[];
  /** Why nothing can be sent; `null` if it can. */
  readonly problem: string | null;
  /** It lacks the secret: ask for it in the second field. */
  readonly needsSecret: boolean;
  /** Whether to remember the gateway secret unless the user says otherwise; `null` if there is none. */
  readonly remembersByDefault: boolean | null;
}

/** @param cardAddress the gateway on whose card the text was pasted; `null` for a new one */
export function pasteFeedback(paste: Recognised, cardAddress: string | null, now: number): PasteFeedback {
  if (paste.kind === 'problem') return refused(paste.problem, cardAddress);
  if (paste.kind === 'not-usable') return refused(paste.what, cardAddress ?? paste.gatewayAddress);
  if (paste.kind === 'relay-key') {
    // On a card that asks for a credential it is none; elsewhere the worker knows whose it is.
    return cardAddress === null
      ? {
          ...refused('relay-pairing-string', null),
          ...RELAY_KEY,
          sentence: t('seen_relay_key', paste.relayAddress),
        }
      : refused('relay-pairing-string', cardAddress);
  }
  const { address, reach } = paste;
  const cautions = [
    cardAddress !== null && cardAddress !== address ? t('seen_other_gateway') : null,
    reach !== 'loopback' && address.startsWith('ws:')
      ? t(new URL(address).hostname.endsWith('.ts.net') ? 'seen_tailnet' : 'seen_unencrypted')
      : null,
  ].filter((caution) => caution !== null);
  return {
    isUsable: true,
    sentence: sentenceFor(paste, now),
    next: paste.kind === 'address' ? t('seen_address_next') : null,
    cautions,
    problem: null,
    needsSecret: paste.kind === 'address',
    remembersByDefault: paste.kind === 'setup-code' ? null : reach === 'loopback',
  };
}

const refused = (problem: string, address: string | null): PasteFeedback => ({
  isUsable: false,
  sentence: problemSentence(problem, address),
  next: null,
  cautions: [],
  problem,
  needsSecret: false,
  remembersByDefault: null,
});

/** Kept by its gateway, and nothing else is asked. */
const RELAY_KEY = { isUsable: true, problem: null } as const;

function sentenceFor(
  paste: Exclude<Recognised, { kind: 'problem' | 'not-usable' | 'relay-key' }>,
  now: number,
): string {
  const { address } = paste;
  switch (paste.kind) {
    case 'setup-code':
      return paste.expiresAt === null
        ? t('seen_setup_code', address)
        : t('seen_setup_code_until', address, clockTime(paste.expiresAt, now));
    case 'address':
      return t('seen_address', address);
    case 'gateway-secret':
      switch (paste.form) {
        case 'dashboard-link':
          return t('seen_dashboard_link', address);
        case 'address-with-secret':
          return t('seen_address_with_secret', address);
        case 'old-setup-code':
          return t('seen_old_setup_code', address);
        case 'bare-secret':
          return t('seen_bare_secret', address);
        default:
          return paste.form satisfies never;
      }
    default:
      return paste satisfies never;
  }
}

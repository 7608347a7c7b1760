/** What to say of a relay: never more than was proved. */

import { t } from '../browser/i18n.ts';
import { isRelayFault } from '../relay/causes.ts';
import type { RelayStatus } from '../relay/state.ts';
import type { Explanation } from './explanation.ts';
import { relayKey, relayLineKey } from './faults.ts';
import { clockTime } from './time.ts';

/** One line, for the row on a gateway's card. `now` in milliseconds since the epoch. */
export function relayLine({ cause, keyProvenAt, bearing }: RelayStatus, now: number): string {
  const words = t(relayLineKey(cause));
  const isProofWorthTelling = keyProvenAt !== null && (bearing === 'alive' || bearing === 'asleep');
  return isProofWorthTelling ? `${words} ${t('relay_key_proven_at', clockTime(keyProvenAt, now))}` : words;
}

/** The card of a relay that is at fault; `null` if it is not. */
export function relayExplanation({ cause, generation }: RelayStatus): Explanation | null {
  if (!isRelayFault(cause)) return null;
  const isLegacy = generation === 'legacy';
  return {
    title: t(relayKey(cause, 'title')),
    happened: t(relayKey(cause, 'happened')),
    did: t('relay_did'),
    todo: isLegacy ? t('relay_todo_legacy') : t(relayKey(cause, 'todo')),
    // Said with what happened.
    impact: null,
    diagnosis: cause,
  };
}

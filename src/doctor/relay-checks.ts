/** The relay's four steps. Pure. */
import type { GatewayStatus } from '../gateway-status.ts';
import { type Check, fail, NOT_TRIED, pass, skip, warn } from './judgement.ts';
import { stepOfRelay } from './steps.ts';
import { CHECKS, type CheckId } from './types.ts';

/** One of the relay's steps: before the one that its cause names, all is well; after it, nothing is known. */
const byRelay = (
  id: CheckId,
  needs: readonly CheckId[],
  figures: (status: GatewayStatus) => string[],
): Check => ({
  needs,
  judge({ status }) {
    if (status === null) return NOT_TRIED;
    const { cause, bearing, attached, isKeyHeld, keyProvenAt, generation } = status.relay;
    const distance = CHECKS.indexOf(stepOfRelay(cause)) - CHECKS.indexOf(id);
    if (distance > 0) {
      // That something answers, or is attached, proves no key; and what nobody saw has no generation.
      if (id === 'RL-KEY' && keyProvenAt === null) return isKeyHeld ? NOT_TRIED : skip('not-applicable');
      return bearing === 'unknown' && generation === 'unknown' ? NOT_TRIED : pass(figures(status));
    }
    if (distance === 0) {
      if (bearing === 'absent') return skip(cause);
      if (bearing === 'unknown') return skip(cause === 'relay-unchecked' ? 'not-tried' : 'needs-permission');
      if (bearing !== 'fault') return pass(figures(status));
      // Expected to be there, and missing in more than one look.
      return status.code === 'relay' ? fail(cause) : warn(cause);
    }
    if (bearing === 'absent') return skip('RL-EXISTS');
    if (bearing === 'fault') return skip(stepOfRelay(cause));
    if (id === 'RL-ATTACHED' && attached !== 'unseen') {
      return attached === 'yes' ? pass() : warn('relay-not-attached');
    }
    if (id === 'RL-KEY') return isKeyHeld ? NOT_TRIED : skip('not-applicable');
    return id === 'RL-ATTACHED' ? skip('needs-permission') : NOT_TRIED;
  },
});

export const RELAY_CHECKS = {
  'RL-EXISTS': byRelay('RL-EXISTS', ['GW-LIVES'], ({ relay }) => [relay.generation]),
  'RL-ANSWERS': byRelay('RL-ANSWERS', ['RL-EXISTS'], ({ relay }) => [
    relay.process === 'another' ? 'another-process' : relay.bearing,
  ]),
  'RL-KEY': byRelay('RL-KEY', ['RL-ANSWERS'], () => []),
  'RL-ATTACHED': byRelay('RL-ATTACHED', ['RL-ANSWERS'], () => []),
} as const;

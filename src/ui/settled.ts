import { PROOF_LASTS_MS } from '../gateway/recovery.ts';
import type { Health } from '../health.ts';

/** [C4] Green expires in a page, too: a worker that died cannot take it back. `now` in milliseconds. */
export const settled = (health: Health, now: number): Health =>
  (health.code === 'healthy' || health.code === 'healed' || health.code === 'relay') &&
  now - (health.provenAt ?? 0) > PROOF_LASTS_MS
    ? { ...health, code: 'unknown' }
    : health;

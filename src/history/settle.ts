/** What is worth telling of states that follow one another quickly. Pure; milliseconds since the epoch. */
import { type GatewayStatus, SETTLED_AFTER_MS } from '../gateway-status.ts';

/** A trouble that is shown, and is not told yet. */
export interface Unsettled {
  readonly status: GatewayStatus;
  /** Since when it is shown under this name. */
  readonly from: number;
}

const nameOf = ({ code, cause, relay }: GatewayStatus): string =>
  `${code} ${code === 'relay' ? relay.cause : cause}`;

/**
 * [H9] A trouble is told once it has stood under one name for a second, and at the latest when it is over: the shortest
 * is not lost, and it has the name that it had last.
 *
 * @param before what was not told yet
 * @param isCalm nothing is wrong in what is shown now
 * @returns what is to be told now, in this order; what is left; and when to look again although nothing happens
 */
export function settle(
  before: Unsettled | null,
  status: GatewayStatus,
  isCalm: boolean,
  now: number,
): {
  readonly tell: readonly GatewayStatus[];
  readonly unsettled: Unsettled | null;
  readonly nextAt: number | null;
} {
  const shown = before !== null && nameOf(before.status) === nameOf(status) ? before.from : now;
  if (isCalm) {
    return { tell: before === null ? [status] : [before.status, status], unsettled: null, nextAt: null };
  }
  const nextAt = shown + SETTLED_AFTER_MS;
  // A clock that was set back must not put it off.
  const isSettled = now >= nextAt || now < shown;
  return isSettled
    ? { tell: [status], unsettled: { status, from: Math.min(shown, now) }, nextAt: null }
    : { tell: [], unsettled: { status, from: shown }, nextAt };
}

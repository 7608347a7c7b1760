/** How often a gateway may refuse a credential of ours. Pure. */
import type { Refusal } from './lane.ts';
import type { FaultKind, Planned } from './plan.ts';

/** A server that ends, or an answer that gets lost, before the extension knows that its token is stale. */
const LOSES_ANSWERS: readonly FaultKind[] = [
  'gateway-killed',
  'gateway-stopped',
  'gateway-hung',
  'gateway-upgraded',
  'gateway-clock-jumped',
  'port-taken',
  'network-slow',
  'network-stalled',
  'frame-truncated',
  'socket-cut',
  'browser-offline',
  'worker-killed',
  'worker-killed-unseen',
  'browser-restarted',
];

/** Without one of these no credential of ours is ever refused. */
const SPOILS: readonly FaultKind[] = [
  'other-gateway',
  'gateway-upgraded',
  'secret-changed',
  'token-rotated',
  'token-revoked',
  'device-removed',
  'approval-rejected',
  'repair-declined',
];
const REFUSED = /MISMATCH|BOOTSTRAP|RATE_LIMITED/;

/**
 * What was sent although it had to be refused.
 *
 * @param refusals those since the faults began
 */
export function excess(refusals: readonly Refusal[], faults: readonly Planned[]): string[] {
  const refused = refusals.filter(({ code }) => REFUSED.test(code));
  const kinds = faults.map(({ kind }) => kind);
  if (!kinds.some((kind) => SPOILS.includes(kind)))
    return refused.map(({ code }) => `${code}, although every credential was right`);
  const lost = kinds.filter((kind) => LOSES_ANSWERS.includes(kind)).length;
  const times = new Map<string, number>();
  for (const { code, run, credential } of refused) {
    const what = `${code} for ${credential} in run ${run}`;
    times.set(what, (times.get(what) ?? 0) + 1);
  }
  // [R5] Never more than two with one secret or setup code, however many answers were lost.
  const most = (what: string): number =>
    what.includes('RATE_LIMITED') ? 0 : what.includes('DEVICE_TOKEN') ? 1 + lost : Math.min(2, 1 + lost);
  return [...times]
    .filter(([what, count]) => count > most(what))
    .map(([what, count]) => `${count} times ${what}, at most ${most(what)} are allowed`);
}

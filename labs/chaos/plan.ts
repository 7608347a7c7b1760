/** Which faults come in which order: the same ones for the same seed, each kind often enough. Pure. */
import { below, type Chance, chance } from '../fuzz/chance.ts';

/** What a fault lays hands on. Two faults at a time never on the same. */
type Realm = 'gateway' | 'network' | 'credentials' | 'browser' | 'storage' | 'clock';

interface Kind {
  readonly realm: Realm;
  /** How often among the cards of one deck. */
  readonly weight: number;
  /** It is over as soon as it was done; the others last until they are undone. */
  readonly isBrief?: true;
  /** The gateway's owner does it: the gateway has to answer. */
  readonly byOwner?: true;
}

export const KINDS = {
  'gateway-killed': { realm: 'gateway', weight: 5 },
  'gateway-stopped': { realm: 'gateway', weight: 4 },
  'gateway-hung-briefly': { realm: 'gateway', weight: 7, isBrief: true },
  'gateway-hung': { realm: 'gateway', weight: 2 },
  'gateway-upgraded': { realm: 'gateway', weight: 2 },
  'gateway-clock-jumped': { realm: 'gateway', weight: 1 },
  'port-taken': { realm: 'gateway', weight: 3 },
  'other-gateway': { realm: 'gateway', weight: 4 },
  'network-slow': { realm: 'network', weight: 6 },
  'network-stalled': { realm: 'network', weight: 1 },
  'frame-truncated': { realm: 'network', weight: 7, isBrief: true },
  'socket-cut': { realm: 'network', weight: 7, isBrief: true },
  'browser-offline': { realm: 'network', weight: 5 },
  'secret-changed': { realm: 'credentials', weight: 4 },
  'secret-withdrawn': { realm: 'credentials', weight: 2, isBrief: true },
  'token-rotated': { realm: 'credentials', weight: 6, isBrief: true, byOwner: true },
  'token-revoked': { realm: 'credentials', weight: 4, isBrief: true, byOwner: true },
  'device-removed': { realm: 'credentials', weight: 3, isBrief: true, byOwner: true },
  'approval-rejected': { realm: 'credentials', weight: 3, isBrief: true, byOwner: true },
  'repair-declined': { realm: 'credentials', weight: 2, byOwner: true },
  'worker-killed': { realm: 'browser', weight: 8, isBrief: true },
  'worker-killed-unseen': { realm: 'browser', weight: 1, isBrief: true },
  'browser-restarted': { realm: 'browser', weight: 4, isBrief: true },
  'clock-jumped': { realm: 'clock', weight: 5 },
  'storage-full': { realm: 'storage', weight: 4 },
} as const satisfies Record<string, Kind>;

export type FaultKind = keyof typeof KINDS;
export const FAULT_KINDS: readonly FaultKind[] = Object.keys(KINDS) as FaultKind[];
const kindOf = (kind: FaultKind): Kind => KINDS[kind];

export interface Planned {
  readonly kind: FaultKind;
  /** Counts from 1, over the whole run. */
  readonly index: number;
  /** Chance of this fault's own, so that no other fault changes what it does. */
  readonly dice: Chance;
}

/** One fault, or two of which the second comes while the first is not over. */
export interface Burst {
  readonly faults: readonly [Planned] | readonly [Planned, Planned];
  /** Whether the situation is looked at between the two. */
  readonly isWatched: boolean;
  /** The one that began first is undone first. */
  readonly inOrder: boolean;
}

const PAIRS = 0.3;

/** Needs writes that a full storage refuses, or times that a jumping clock makes worthless. */
const DISTURBS_NOTES: readonly Realm[] = ['storage', 'clock'];
const NEEDS_NOTES: readonly FaultKind[] = ['gateway-upgraded', 'other-gateway', 'browser-restarted'];

/** Whatever has to be met on a live connection. */
const NEEDS_CONNECTION: readonly FaultKind[] = [
  'frame-truncated',
  'network-slow',
  'secret-changed',
  'approval-rejected',
  'secret-withdrawn',
];

/** Whether `second` may come while `first` is not over. */
export function goesWith(first: FaultKind, second: FaultKind): boolean {
  const [one, two] = [kindOf(first), kindOf(second)];
  if (one.realm === two.realm) return false;
  const realms: readonly Realm[] = [one.realm, two.realm];
  if (realms.some((realm) => DISTURBS_NOTES.includes(realm))) {
    if (realms.some((realm) => ['credentials', 'browser'].includes(realm))) return false;
    if (realms.every((realm) => DISTURBS_NOTES.includes(realm))) return false;
    if ([first, second].some((kind) => NEEDS_NOTES.includes(kind))) return false;
  }
  if (one.isBrief !== true) {
    if (NEEDS_CONNECTION.includes(second)) return false;
    if (one.realm === 'gateway' && two.byOwner === true) return false;
    // The emulation ends with the browser.
    if (first === 'browser-offline' && second === 'browser-restarted') return false;
    // Which of the two is blamed depends on what the announcement still explains.
    if (first === 'gateway-stopped' && two.realm === 'network') return false;
    // The owner's next start would bring back the old secret.
    if (first === 'secret-changed' && second === 'gateway-upgraded') return false;
  }
  return true;
}

/** Where the second would decide how much of the first was noticed, the first is waited for. */
const mustWatch = (first: FaultKind, second: FaultKind): boolean =>
  (kindOf(first).realm === 'credentials' && kindOf(second).isBrief !== true) || second === 'gateway-stopped';

/** Every kind as often as its weight says. */
const DECK: readonly FaultKind[] = FAULT_KINDS.flatMap((kind) =>
  Array.from({ length: kindOf(kind).weight }, () => kind),
);

/** Deals one deck after the other, never one into the next. */
function* cards(random: Chance, deck: readonly FaultKind[]): Generator<FaultKind> {
  for (;;) {
    const rest = [...deck];
    while (rest.length > 0) yield rest.splice(below(random, rest.length), 1)[0] as FaultKind;
  }
}

/**
 * The first `count` faults of a seed, in bursts. A longer plan begins with the shorter one.
 *
 * @param deck what is dealt from, instead of all kinds by their weights
 */
export function plan(seed: number, count: number, deck: readonly FaultKind[] = DECK): readonly Burst[] {
  const random = chance(seed);
  const deal = cards(random, deck);
  const next = (index: number): Planned => ({
    kind: deal.next().value as FaultKind,
    index,
    dice: chance(seed + Math.imul(index, 0x9e3779b1)),
  });
  const bursts: Burst[] = [];
  let waiting: Planned | null = null;
  for (let index = 1; index <= count; index += 1) {
    const [isPair, isWatched, inOrder] = [random() < PAIRS, random() < 0.5, random() < 0.5];
    const fault = next(index);
    if (waiting === null) {
      if (isPair) waiting = fault;
      else bursts.push({ faults: [fault], isWatched, inOrder });
      continue;
    }
    if (goesWith(waiting.kind, fault.kind)) {
      const watches = isWatched || mustWatch(waiting.kind, fault.kind);
      bursts.push({ faults: [waiting, fault], isWatched: watches, inOrder });
    } else bursts.push({ faults: [waiting], isWatched, inOrder }, { faults: [fault], isWatched, inOrder });
    waiting = null;
  }
  if (waiting !== null) bursts.push({ faults: [waiting], isWatched: true, inOrder: true });
  return bursts;
}

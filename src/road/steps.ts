/**
 * The way to a gateway, step by step. Pure.
 *
 * - W8 A step is proved by what was seen of it or of one behind it, and failed where the one thing that stands on the way
 *   stands there. Of all others it is said that they were not reached, or that a page cannot see them.
 */
import type { RoadEvidence } from './evidence.ts';
import type { RoadFinding } from './judge.ts';
import { faultOf, type NetFault } from './net-errors.ts';

/** In their order. */
export const ROAD_STEPS = ['name', 'host', 'port', 'tls', 'http', 'who', 'upgrade', 'challenge'] as const;
export type RoadStep = (typeof ROAD_STEPS)[number];

export type RoadStepResult = 'proved' | 'failed' | 'not-reached' | 'unseen';

export interface WalkedStep {
  readonly step: RoadStep;
  readonly result: RoadStepResult;
}

/** Where each stands. `null`: behind all of them, the gateway was met. */
const STANDS_AT: Readonly<Record<RoadFinding, RoadStep | null>> = {
  'name-unknown': 'name',
  'host-unreachable': 'host',
  'browser-blocks-network': 'host',
  'port-unsafe': 'port',
  'port-closed': 'port',
  'https-only': 'tls',
  'scheme-wrong': 'tls',
  'tls-missing': 'tls',
  'certificate-not-trusted': 'tls',
  'certificate-expired': 'tls',
  'certificate-name': 'tls',
  'tls-failed': 'tls',
  'tunnel-without-gateway': 'http',
  'wrong-port': 'who',
  'proxy-no-gateway': 'who',
  'proxy-denies': 'who',
  'basic-auth-in-front': 'who',
  'login-page-in-front': 'who',
  'path-moves': 'who',
  'path-not-served': 'who',
  'other-program': 'who',
  'proxy-no-websocket': 'upgrade',
  'proxy-untrusted': 'upgrade',
  'proxy-origin-changed': null,
};

/** What the browser's own error proves: the last step that was passed, and the one that failed. */
const BY_FAULT: Readonly<Record<NetFault, readonly [passed: RoadStep | null, failed: RoadStep]>> = {
  unsafe: [null, 'port'],
  name: [null, 'name'],
  'local-network': ['name', 'host'],
  unreachable: ['name', 'host'],
  refused: ['host', 'port'],
  untrusted: ['port', 'tls'],
  expired: ['port', 'tls'],
  'other-name': ['port', 'tls'],
  tls: ['port', 'tls'],
  encryption: ['port', 'tls'],
  closed: ['port', 'http'],
};

const faultIn = ({ own }: RoadEvidence): NetFault | null =>
  own.found === 'answered' ? null : faultOf(own.error);

/** The last step of which something was seen. */
function passed(seen: RoadEvidence): RoadStep | null {
  const { own, page, health, socket } = seen;
  if (socket === 'challenge') return 'challenge';
  if (socket === 'other' || socket === 'silent') return 'upgrade';
  if (health !== null || page?.isControlUi || page?.isUnattributed) return 'who';
  if (page !== null || own.found === 'answered') return 'http';
  const fault = faultIn(seen);
  return fault === null ? null : BY_FAULT[fault][0];
}

function failed(seen: RoadEvidence, finding: RoadFinding | null): RoadStep | null {
  if (finding !== null) return STANDS_AT[finding];
  if (seen.socket === 'other') return 'challenge';
  const fault = faultIn(seen);
  return fault === null ? null : BY_FAULT[fault][1];
}

/** A number, or this computer's own name: nobody has to be asked for it. */
const needsName = ({ hostname }: URL): boolean => !/^[\d.]+$|^\[|(?:^|\.)localhost$/.test(hostname);

/** The steps that there are on the way to this address, each with what came of it. */
export function walkRoad(seen: RoadEvidence, finding: RoadFinding | null): readonly WalkedStep[] {
  const address = new URL(seen.address);
  const placeOf = (step: RoadStep | null): number => (step === null ? -1 : ROAD_STEPS.indexOf(step));
  const isMet = finding !== null && STANDS_AT[finding] === null;
  const last = isMet ? ROAD_STEPS.length - 1 : placeOf(passed(seen));
  const stop = failed(seen, finding);
  // A port that belongs to something else says nothing of what is before it; all others hide only what is behind.
  const proved = stop === null || finding === 'wrong-port' ? last : Math.max(last, placeOf(stop) - 1);
  const result = (place: number): RoadStepResult => {
    if (stop !== null && place >= placeOf(stop)) return place === placeOf(stop) ? 'failed' : 'not-reached';
    return place <= proved ? 'proved' : 'unseen';
  };
  const exists = (step: RoadStep): boolean =>
    step === stop || (step === 'name' ? needsName(address) : step !== 'tls' || address.protocol === 'wss:');
  return ROAD_STEPS.map((step, place) => ({ step, result: result(place) })).filter(({ step }) =>
    exists(step),
  );
}

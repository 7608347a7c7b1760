/** What the sights of one look come to. Pure; the catalogue of causes is `causes.ts`. */
import type { Reach } from '../reach.ts';
import type { RelayCause } from './causes.ts';
import type { RelayGeneration } from './generation.ts';
import type { Observation, RelayPlan, Sight } from './look.ts';
import type { RelayReading } from './state.ts';

export interface RelayFinding {
  readonly cause: RelayCause;
  readonly generation: RelayGeneration;
  readonly address: string | null;
  readonly attached: 'yes' | 'no' | 'unseen';
  readonly process: RelayReading['process'];
  readonly words: string | null;
  /** The relay proved at this look that it holds our key. */
  readonly isKeyProven: boolean;
}

/** What the sights are judged by. */
export interface RelayContext {
  readonly reach: Reach;
  readonly isKeyHeld: boolean;
  /** The relay has proved this very key before. */
  readonly wasKeyProven: boolean;
}

/** Names the cause of one look: the gravest that is proved. Pure. */
export function diagnoseRelay(
  plan: RelayPlan,
  observations: readonly Observation[],
  context: RelayContext,
): RelayFinding {
  const at = (place: Observation['place']) => observations.find((each) => each.place === place) ?? null;
  const generation = learned(plan.generation, observations);
  // Where the version was unknown, the other address is that of a legacy relay.
  const port = generation === 'v2' && plan.generation === 'unknown' ? null : at('relay');
  const { cause, about } = decide(generation, at('gateway'), port, context);
  const attached = observations.find((each) => each.attached !== 'unseen')?.attached ?? 'unseen';
  return {
    cause,
    generation,
    address: about?.address ?? null,
    attached,
    process: processOf(at('gateway'), at('relay')),
    words: about?.words ?? null,
    isKeyProven: observations.some(({ sight }) => sight === 'proved'),
  };
}

interface Decision {
  readonly cause: RelayCause;
  readonly about: Observation | null;
}

/** [L3] A version that says nothing does not matter where the relay speaks for itself. */
function learned(generation: RelayGeneration, observations: readonly Observation[]): RelayGeneration {
  if (generation !== 'unknown') return generation;
  const speaking = observations.find(({ sight }) => SPEAKS.has(sight));
  if (!speaking) return 'unknown';
  return speaking.place === 'gateway' ? 'v2' : 'legacy';
}

/** Only a relay says this. */
const SPEAKS: ReadonlySet<Sight> = new Set(['relay', 'proved', 'unproved', 'key-refused', 'busy']);

function decide(
  generation: RelayGeneration,
  route: Observation | null,
  port: Observation | null,
  context: RelayContext,
): Decision {
  switch (generation) {
    case 'none':
      return { cause: 'relay-not-in-version', about: null };
    case 'legacy':
      return legacy(port);
    case 'v1':
      return firstNew(route, port, context);
    case 'v2':
      return current(route, port, context);
    case 'unknown':
      return port?.sight === 'listens'
        ? { cause: 'relay-listens', about: port }
        : { cause: 'relay-unseen', about: null };
    default:
      return generation satisfies never;
  }
}

/** Started together with its gateway, on the gateway's computer alone. */
function legacy(port: Observation | null): Decision {
  if (port === null) return { cause: 'relay-unseen', about: null };
  if (port.sight === 'relay') return { cause: attachment(port) ?? 'relay-answers', about: port };
  return { cause: atOwnPort(port.sight) ?? 'relay-unreachable', about: port };
}

/** [L6] HTTP alone, and without the permission to read it hardly more than that something listens. */
function firstNew(route: Observation | null, port: Observation | null, context: RelayContext): Decision {
  if (route?.sight === 'gateway') return { cause: 'relay-plugin-missing', about: route };
  if (port === null || port.sight === 'refused') {
    if (port !== null) return { cause: 'relay-asleep', about: port };
    return route?.sight === 'relay'
      ? { cause: 'relay-answers', about: route }
      : { cause: 'relay-unseen', about: null };
  }
  if (port.sight === 'key-refused') return { cause: keyRefused(context), about: port };
  if (port.sight === 'proved') return { cause: attachment(port) ?? 'relay-key-proved', about: port };
  if (port.sight === 'relay') return { cause: 'relay-answers', about: port };
  return { cause: atOwnPort(port.sight) ?? 'relay-unseen', about: port };
}

/** [L4] Both addresses of the current relay, the gravest first. */
function current(route: Observation | null, port: Observation | null, context: RelayContext): Decision {
  if (route === null && port === null) return { cause: 'relay-unseen', about: null };
  // A relay that cannot prove the key it claims is worse than none.
  const unproved = [route, port].find((each) => each?.sight === 'unproved');
  if (unproved) return { cause: 'relay-not-proved', about: unproved };
  if (route !== null) {
    const fault = atRoute(route, context);
    // The port that the pairing string names may well do without the gateway's.
    if (fault !== null && port?.sight !== 'proved') return { cause: fault, about: route };
  }
  if (port === null) return { cause: proven([route]), about: route };
  const isRouteAlive = route?.sight === 'relay' || route?.sight === 'proved';
  switch (port.sight) {
    case 'refused':
      return { cause: isRouteAlive ? 'relay-asleep' : 'relay-unreachable', about: port };
    case 'key-refused':
      // The gateway's relay holds our key and this one does not: it is another one.
      return { cause: route?.sight === 'proved' ? 'relay-port-taken' : keyRefused(context), about: port };
    case 'not-upgraded':
      return { cause: isRouteAlive ? 'relay-port-taken' : 'relay-unreachable', about: port };
    case 'relay':
    case 'proved':
      return { cause: attachment(port) ?? proven([route, port]), about: port };
    default:
      return { cause: atOwnPort(port.sight) ?? 'relay-unseen', about: port };
  }
}

/** What is wrong on the gateway's own port; `null` if nothing is. */
function atRoute({ sight }: Observation, context: RelayContext): RelayCause | null {
  switch (sight) {
    case 'relay':
    case 'proved':
      return null;
    case 'gateway':
      return 'relay-plugin-missing';
    case 'key-refused':
      return keyRefused(context);
    case 'profile-refused':
      return 'relay-profile-unknown';
    case 'busy':
      return 'relay-busy';
    case 'silent':
      return 'relay-not-answering';
    case 'locked':
      return noKeyThere(context);
    case 'not-upgraded':
      return context.reach === 'loopback' ? noKeyThere(context) : 'relay-unreachable';
    case 'unproved':
      return 'relay-not-proved';
    case 'listens':
      return 'relay-unseen';
    case 'refused':
    case 'foreign':
      return 'relay-unreachable';
    default:
      return sight satisfies never;
  }
}

/**
 * [L5] A connected gateway that has the route, and refuses a well-formed request from a Chromium extension, holds no
 * relay key: on its own computer it has no other reason. A proxy between may have one, unless the route could be read.
 */
const noKeyThere = (context: RelayContext): RelayCause =>
  context.isKeyHeld ? keyRefused(context) : 'relay-never-paired';

/** [L13] Both have proved the key, each with the name of its process: the same, or another one. */
function processOf(route: Observation | null, port: Observation | null): RelayFinding['process'] {
  if (route?.instance == null || port?.instance == null) return null;
  return route.instance === port.instance ? 'gateway' : 'another';
}

const keyRefused = ({ wasKeyProven }: RelayContext): RelayCause =>
  wasKeyProven ? 'relay-key-rotated' : 'relay-key-rejected';

/** What a relay's own port shows that is the same in every generation; `null` for what is not. */
function atOwnPort(sight: Sight): RelayCause | null {
  switch (sight) {
    case 'silent':
      return 'relay-not-answering';
    case 'busy':
      return 'relay-busy';
    case 'listens':
      return 'relay-listens';
    case 'gateway':
    case 'foreign':
      return 'relay-port-taken';
    case 'profile-refused':
      return 'relay-profile-unknown';
    default:
      return null;
  }
}

const attachment = ({ attached }: Observation): RelayCause | null =>
  attached === 'yes' ? 'relay-attached' : attached === 'no' ? 'relay-not-attached' : null;

const proven = (observations: readonly (Observation | null)[]): RelayCause =>
  observations.some((each) => each?.sight === 'proved') ? 'relay-key-proved' : 'relay-answers';

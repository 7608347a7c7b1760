/** A look at a relay: where to look and how (the plan), and what is seen there. Executed by `browser/worker/relay-probe.ts`. */
import { LEGACY_RELAY_PORT_OFFSET, RELAY_PORT_OFFSET } from '../ports.ts';
import type { Reach } from '../reach.ts';
import { generationOf, type RelayGeneration } from './generation.ts';
import type { RelayState } from './state.ts';

/** Where an address leads: the gateway's own port, or the port that the relay itself opens on its computer. */
export type RelayPlace = 'gateway' | 'relay';

export interface RelayTarget {
  /** A WebSocket address without key, profile and hint: what may be shown. */
  readonly address: string;
  readonly place: RelayPlace;
  /** The profile to ask for; `null` for whatever the gateway has. */
  readonly profile: string | null;
  /** The key we hold belongs to the relay at this address. */
  readonly isKeyMeant: boolean;
}

/**
 * - `socket`: the current relay. A WebSocket, a hello, and a close before anything is taken
 * - `http`: the first new relay, which gives the extension's place to any client that opens a socket with its key
 * - `status`: the legacy relay's page for everybody
 */
export type RelayMethod = 'socket' | 'http' | 'status';

export interface RelayPlan {
  readonly generation: RelayGeneration;
  readonly looks: readonly (RelayTarget & { readonly method: RelayMethod })[];
}

/** What an address turned out to be. Each is something that it said or did, none is a conclusion. */
export type Sight =
  /** Nobody listens. */
  | 'refused'
  /** Takes the connection, and says nothing in time. */
  | 'silent'
  /** Speaks HTTP; what, cannot be seen without a permission. */
  | 'listens'
  /** Speaks HTTP, and would not open the WebSocket. */
  | 'not-upgraded'
  /** The same, though its page says that a relay is here. */
  | 'locked'
  /** The same; and without the profile it does. */
  | 'profile-refused'
  /** A plain gateway, without a relay at this address. */
  | 'gateway'
  /** Refuses a key that nobody has, or asks for one, in the relay's own words. */
  | 'relay'
  /** Proved that it holds our key. */
  | 'proved'
  /** Answered our hello with a proof that is none. */
  | 'unproved'
  | 'key-refused'
  | 'busy'
  /** Answers, and is no relay. */
  | 'foreign';

export interface Observation {
  readonly address: string;
  readonly place: RelayPlace;
  readonly sight: Sight;
  /** Its own words or close code; `null` if there were none. */
  readonly words: string | null;
  readonly attached: 'yes' | 'no' | 'unseen';
  /** What the process calls itself that holds the key, as its proof says; `null` without a proof. */
  readonly instance: string | null;
}

/** What the plan depends on. */
export interface RelayScene {
  /** The gateway's address and distance. */
  readonly address: string;
  readonly reach: Reach;
  readonly serverVersion: string | null;
  readonly key: RelayState['key'];
  /** Only origins of Chromium extensions are let in by a relay; others are refused before anything can be seen. */
  readonly isChromium: boolean;
}

const ROUTE = '/browser/extension';

/** [L2] Where to look at which relay. Pure. */
export function planLook(scene: RelayScene): RelayPlan {
  const generation = generationOf(scene.serverVersion);
  const own = ownPort(scene, RELAY_PORT_OFFSET, '/extension');
  switch (generation) {
    case 'none':
      return { generation, looks: [] };
    case 'legacy':
      return { generation, looks: legacy(scene) };
    case 'v1':
      return { generation, looks: [...route(scene), ...own].map(byHttp).map(withKeyNearby) };
    case 'v2': {
      const targets = [...route(scene), ...own];
      // What is read by HTTP says nothing of keys here: the current relay is never shown one.
      const read = targets.map((target) => byHttp({ ...target, isKeyMeant: false }));
      return { generation, looks: scene.isChromium ? targets.map(bySocket) : read };
    }
    case 'unknown':
      // A socket that shows no key in a way that the first new relay would take harms no generation.
      return {
        generation,
        looks: [...(scene.isChromium ? route(scene).map(bySocket) : []), ...legacy(scene)],
      };
    default:
      return generation satisfies never;
  }
}

const bySocket = (target: RelayTarget) => ({ ...target, method: 'socket' }) as const;
const byHttp = (target: RelayTarget) => ({ ...target, method: 'http' }) as const;

/** [L6] What would be shown the key itself has to be on this computer. */
const withKeyNearby = <T extends RelayTarget>(target: T): T => ({
  ...target,
  isKeyMeant:
    target.isKeyMeant && target.place === 'relay' && new URL(target.address).hostname === '127.0.0.1',
});

const legacy = (scene: RelayScene): RelayPlan['looks'] =>
  ownPort(scene, LEGACY_RELAY_PORT_OFFSET, '/extension/status').map((target) => ({
    ...target,
    profile: null,
    method: 'status',
  }));

/** Behind the gateway's own port; where the pairing string goes through it, exactly there. */
function route({ address, reach, key }: RelayScene): RelayTarget[] {
  if (key?.address.endsWith(ROUTE)) {
    return [{ address: key.address, place: 'gateway', profile: key.profile, isKeyMeant: true }];
  }
  // The browser that is relayed is not on the computer of this gateway: its relay is another one, with another key.
  if (key !== null && reach !== 'loopback') return [];
  return [{ address: `${address}${ROUTE}`, place: 'gateway', profile: null, isKeyMeant: key !== null }];
}

/** The port that the relay opens itself, on its computer's loopback: the pairing string's, or the usual one. */
function ownPort({ address, reach, key }: RelayScene, offset: number, path: string): RelayTarget[] {
  const isNamed = key !== null && !key.address.endsWith(ROUTE) && offset === RELAY_PORT_OFFSET;
  if (isNamed) return [{ address: key.address, place: 'relay', profile: key.profile, isKeyMeant: true }];
  const port = Number(new URL(address).port);
  if (reach !== 'loopback' || !Number.isInteger(port) || port === 0) return [];
  const own = `ws://127.0.0.1:${port + offset}${path}`;
  return port + offset > 65_535
    ? []
    : [{ address: own, place: 'relay', profile: null, isKeyMeant: key !== null }];
}

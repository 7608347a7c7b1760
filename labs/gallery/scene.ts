/** What one frame of the gallery shows: all that a page hears from the browser, and what a user did since. */
import type { LocalGateway } from '../../src/browser/page/local-gateway.ts';
import type { Looks } from '../../src/doctor/types.ts';
import type { GatewayStatus } from '../../src/gateway-status.ts';
import type { Inside } from '../../src/inside/types.ts';
import type { Reply, Snapshot } from '../../src/messages.ts';
import { statusOf } from '../../test/fixtures/statuses.ts';

/** What a user does on the page, by CSS selector. `until` waits for what comes of it. */
export type Act = { click: string } | { paste: string; into: string } | { until: string };

export interface Scene {
  /** What the worker says. */
  readonly snapshot: Snapshot;
  /** `storage.local`, by key. */
  readonly stored?: Readonly<Record<string, unknown>>;
  /** What the worker answers to commands; by default that all is well. */
  readonly reply?: Reply;
  /** What the doctor's own looks find beside what they find when all is well. */
  readonly looks?: Partial<Looks>;
  /** What the gateway says of its inside beside what it says when all is well. */
  readonly inside?: Partial<Inside>;
  /** What a restart would cut off; without it the gateway's version doesn't count. */
  readonly work?: Readonly<Record<string, number>>;
  /** What is at the usual port of this computer; by default a gateway. */
  readonly localGateway?: LocalGateway;
  /** Optional permissions that were given. */
  readonly permissions?: readonly string[];
  /** The icon is on the toolbar. */
  readonly isPinned?: boolean;
  /** The browser's name for its system; by default `linux`. */
  readonly os?: string;
  readonly acts?: readonly Act[];
  /** Has text in a script that the comparison's font does not have: shown and checked, not compared. */
  readonly isForeign?: boolean;
}

/** The states of one page, by name. */
export type Scenes = Readonly<Record<string, Scene>>;

export const snapshotOf = (
  statuses: readonly GatewayStatus[],
  storageProblem: Snapshot['storageProblem'] = null,
): Snapshot => ({ statuses, storageProblem });

/** One gateway, and the user's acts on the page. */
export const sceneOf = (changes: Partial<GatewayStatus> = {}, ...acts: Act[]): Scene => ({
  snapshot: snapshotOf([statusOf(changes)]),
  acts,
});

/** Names for the keys of a table: `cause-offline`. */
export const prefixed = <T>(prefix: string, table: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(table).map(([key, value]) => [`${prefix}-${key}`, value]));

/** A table's values made into others. */
export const mapped = <Key extends string, From, To>(
  table: Readonly<Record<Key, From>>,
  make: (value: From, key: Key) => To,
): Record<Key, To> =>
  Object.fromEntries(
    Object.entries(table).map(([key, value]) => [key, make(value as From, key as Key)]),
  ) as Record<Key, To>;

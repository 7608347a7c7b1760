/**
 * The catalogue of what a look at the Browser Relay can come to. Data only; `diagnosis.ts` names the cause of
 * a look, `remedy/` what helps.
 */

/**
 * How a cause bears on the user.
 * - `proved`: the relay showed that it holds the key we hold, or that the official extension is attached
 * - `alive`: something that speaks as a relay answers; nothing more is proved
 * - `asleep`: as it should be, but the relay opens its own port only when an agent needs it
 * - `absent`: this gateway has no relay, or nobody ever set it up
 * - `fault`: it does not work, and that is proved
 * - `unknown`: it could not be looked at
 */
export type RelayBearing = 'proved' | 'alive' | 'asleep' | 'absent' | 'fault' | 'unknown';

const CATALOGUE = {
  /** The gateway is not connected, or nothing was looked at yet. */
  'relay-unchecked': 'unknown',
  /** Only a newer or a permitted look could tell. */
  'relay-unseen': 'unknown',
  /** Something listens at the relay's port; what it is only a permitted look could tell. */
  'relay-listens': 'unknown',
  /** The relay's answer to our challenge proves that it holds our key. */
  'relay-key-proved': 'proved',
  /** The relay itself says that the official extension is attached. */
  'relay-attached': 'proved',
  'relay-answers': 'alive',
  'relay-asleep': 'asleep',
  /** 2026.3.22 to 6.35: the relay had been removed. */
  'relay-not-in-version': 'absent',
  /** No relay key exists on the gateway's computer: nobody ever paired the official extension. */
  'relay-never-paired': 'absent',
  /** The version has a relay, but the gateway answers its address as a plain gateway: its plugin is off. */
  'relay-plugin-missing': 'fault',
  'relay-key-rejected': 'fault',
  /** A key that was proved before is refused now. */
  'relay-key-rotated': 'fault',
  /** It speaks as a relay, but did not prove that it holds our key. */
  'relay-not-proved': 'fault',
  /**
   * The gateway takes the relay's address, but not with the profile of the pairing string. A well-formed profile that
   * does not exist is not refused before authentication (2026.8.1, 9.6), so it cannot be told apart from a good one.
   */
  'relay-profile-unknown': 'fault',
  /** Neither of the relay's addresses takes a connection. */
  'relay-unreachable': 'fault',
  /** It takes connections and says nothing. */
  'relay-not-answering': 'fault',
  'relay-busy': 'fault',
  /** Something answers at the relay's address that is no relay. */
  'relay-port-taken': 'fault',
  /** The relay is fine and no official extension is attached to it. */
  'relay-not-attached': 'fault',
} as const satisfies Record<string, RelayBearing>;

/** A cause that is a proved fault. */
export type RelayFault = {
  [Cause in keyof typeof CATALOGUE]: (typeof CATALOGUE)[Cause] extends 'fault' ? Cause : never;
}[keyof typeof CATALOGUE];

/** The diagnosis code of a look at the relay. Shown to users and quoted in reports: never renamed. */
export type RelayCause = keyof typeof CATALOGUE;

export const RELAY_CAUSES = Object.keys(CATALOGUE) as readonly RelayCause[];

export const bearingOf = (cause: RelayCause): RelayBearing => CATALOGUE[cause];

export const isRelayFault = (cause: RelayCause): cause is RelayFault => CATALOGUE[cause] === 'fault';

/** Faults that a fresh pairing string ends. */
const OF_KEY: readonly RelayCause[] = [
  'relay-key-rejected',
  'relay-key-rotated',
  'relay-not-proved',
  'relay-profile-unknown',
];

export const takesRelayKey = (cause: RelayCause): boolean => OF_KEY.includes(cause);

/** What a page sees of the way to a gateway before anything is said there, as far as the user lets it look. */

/** Programs that stand between, as far as their answers name them. */
export const PRODUCTS = [
  'nginx',
  'caddy',
  'apache',
  'haproxy',
  'traefik',
  'tailscale',
  'cloudflare',
  'envoy',
] as const;
export type Product = (typeof PRODUCTS)[number];

/** One request without credentials. */
export interface Knock {
  readonly found: 'answered' | 'refused' | 'timeout';
  /** The browser's own name of what failed, e.g. `net::ERR_CERT_DATE_INVALID`; `null` where it may not be seen. */
  readonly error: string | null;
}

/** What the address itself shows, read without following where it leads. */
export interface Page {
  /** 0 where it leads elsewhere and the user has not let us see it. */
  readonly status: number;
  readonly contentType: string;
  readonly product: Product | null;
  /** It asks for a name and a password by HTTP's own means. */
  readonly isBasic: boolean;
  /** Where it leads, compared with the address; `unseen` where the browser may not say; `null`: nowhere. */
  readonly leads: 'slash' | 'encrypted' | 'elsewhere' | 'unseen' | null;
  /** The gateway's own JSON, which says that it does not trust who asks. */
  readonly isUnattributed: boolean;
  /** OpenClaw's Control UI, in any version. */
  readonly isControlUi: boolean;
  /** A page with a field for a password, or one that calls itself a login. */
  readonly isLogin: boolean;
}

export interface RoadEvidence {
  /** The gateway's address, normalised. */
  readonly address: string;
  readonly reach: 'loopback' | 'private' | 'public';
  /** The host's answers may be read. */
  readonly isAllowed: boolean;
  /** The browser's errors may be seen. */
  readonly isSeen: boolean;
  readonly own: Knock;
  /** The other scheme, at the same port if the address names one; `null`: not asked, since the own one says enough. */
  readonly other: Knock | null;
  /** The browser itself asked with encryption, where we asked without. */
  readonly isUpgraded: boolean;
  readonly page: Page | null;
  /**
   * A gateway's health was read here, and its version as far as it tells it: from 2026.8.1 on it has an address for how it
   * starts, and the version is for who is near.
   */
  readonly health: { readonly version: string | null; readonly tellsStart: boolean } | null;
  /** A fresh WebSocket at the address; `null`: not tried. */
  readonly socket: 'challenge' | 'other' | 'silent' | 'refused' | null;
  /** The same with the other scheme. */
  readonly otherSocket: 'challenge' | 'other' | 'silent' | 'refused' | null;
}

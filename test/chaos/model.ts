/**
 * What has to be shown in a world of gateway, path and credentials, and what is left for the user to do. Pure, and written
 * from SPEC.md's rules and the gateway's measured behaviour alone: nothing of the product decides here.
 */
import type { StatusCode } from '../../scripts/lib/popup-page.ts';
import type { Cause } from '../../src/gateway/causes.ts';

/** Who is at the gateway's port. */
export type Presence =
  | 'up'
  /** Refused or reset. */
  | 'gone'
  /** Gone, after a goodbye that was heard. */
  | 'announced'
  /** It accepts and says nothing. */
  | 'hung'
  /** Others have its port. */
  | 'web-server'
  | 'mute-server';

/** What lies between: nothing is reached, or nothing comes through. */
export type Network = 'clear' | 'offline' | 'stalled';

/** The gateway's record of this device. */
export interface Pairing {
  /** `devices revoke` takes it. */
  readonly hasRole: boolean;
  /** Serial of the device token that is good here; `null` until one is issued. */
  readonly token: number | null;
  /** The secret that the token dies with; `null` for one that came from a setup code. */
  readonly issuer: string | null;
}

export interface World {
  readonly presence: Presence;
  readonly network: Network;
  readonly gateway: { readonly secret: string; readonly pairing: Pairing | null };
  /** What the extension keeps. */
  readonly held: {
    readonly token: number | null;
    readonly secret: string | null;
    /** Pasted and not used yet: it goes before everything else. */
    readonly isSecretFresh: boolean;
    readonly hasSetupCode: boolean;
  };
  /** The setup code went with the request that the owner rejected. */
  readonly isCodeRevoked: boolean;
  /** Only the user goes on from here. */
  readonly blocked: Cause | null;
  readonly repairsItself: boolean;
  /** A gateway that restarts for its new secret hangs up on the old one meanwhile, without an answer. */
  readonly hangsUp: boolean;
  /** When the latest repairs succeeded, milliseconds since the epoch. */
  readonly repairs: readonly number[];
  /** Serial of the newest device token ever issued. */
  readonly issued: number;
}

/** What only the user can do: run the card's command, paste a credential, or press the card's button. */
export type Part = 'approve' | 'paste' | 'try-again';

export interface Outcome {
  readonly status: readonly StatusCode[];
  readonly cause: Cause | null;
  readonly user: Part | null;
  /** The world once this is shown. */
  readonly world: World;
}

const CALM: readonly StatusCode[] = ['healthy', 'healed'];
const OUTAGE: readonly StatusCode[] = ['reconnecting', 'down'];

/** [R4] More repairs than this within the window are not tried. */
const REPAIRS_LIMIT = 3;
const REPAIRS_WINDOW_MS = 300_000;
/** Near the window's edge nobody can say on which side the extension's clock was. */
const EDGE_MS = 20_000;

type Shown = Pick<Outcome, 'status' | 'cause'>;

const UNREACHABLE: Shown = { status: OUTAGE, cause: 'gateway-unreachable' };
const SILENT: Shown = { status: OUTAGE, cause: 'gateway-not-answering' };

const ABSENCES: Record<Exclude<Presence, 'up'>, Shown> = {
  gone: UNREACHABLE,
  announced: { status: ['starting', 'down'], cause: 'gateway-stopping' },
  hung: SILENT,
  'web-server': { status: OUTAGE, cause: 'handshake-failed' },
  'mute-server': { status: OUTAGE, cause: 'gateway-mute' },
};

/** What is known of a gateway that is not reached; `null` if it is. */
function absence({ presence, network }: World): Shown | null {
  if (network === 'offline') return UNREACHABLE;
  if (network === 'stalled') return SILENT;
  return presence === 'up' ? null : ABSENCES[presence];
}

const blockedBy = (world: World, cause: Cause): Outcome => ({
  status: ['needs-you'],
  cause,
  user:
    cause === 'credential-unanswered' ||
    cause === 'device-token-unstable' ||
    (cause === 'device-token-mismatch' && world.held.secret !== null)
      ? 'try-again'
      : 'paste',
  world: { ...world, blocked: cause },
});

const isTokenGood = ({ gateway: { pairing, secret }, held }: World): boolean =>
  pairing?.hasRole === true &&
  pairing.token === held.token &&
  (pairing.issuer === null || pairing.issuer === secret);

/** The gateway took a secret or setup code: approval where the record lacks something, else a fresh token. */
function admitted(world: World, issuer: string | null): Outcome {
  const { pairing } = world.gateway;
  const held = { ...world.held, isSecretFresh: false };
  if (!pairing?.hasRole) {
    const cause = pairing === null ? 'not-paired' : 'role-upgrade';
    return { status: ['approval'], cause, user: 'approve', world: { ...world, held } };
  }
  const token = world.issued + 1;
  return calm({
    ...world,
    gateway: { ...world.gateway, pairing: { ...pairing, token, issuer } },
    held: { ...held, token, hasSetupCode: false },
    issued: token,
  });
}

const calm = (world: World): Outcome => ({
  status: CALM,
  cause: null,
  user: null,
  world: { ...world, hangsUp: false },
});

/** The last credential was refused for this. */
function walk(world: World, now: number, refused: Cause): readonly Outcome[] {
  const { held, gateway } = world;
  if (held.hasSetupCode) return [admitted(world, null)];
  const offersSecret = held.secret !== null && (held.isSecretFresh || held.token === null);
  if (offersSecret) {
    if (held.secret === gateway.secret) return [admitted(world, gateway.secret)];
    const without = { ...world, held: { ...held, secret: null, isSecretFresh: false } };
    const refusals = walk(without, now, 'gateway-secret-mismatch');
    // [R8] Two attempts without an answer, and the user decides.
    return world.hangsUp ? [...refusals, blockedBy(world, 'credential-unanswered')] : refusals;
  }
  if (held.token === null) return [blockedBy(world, refused)];
  if (isTokenGood(world)) return [calm(world)];
  const without = { ...world, held: { ...held, token: null } };
  const sure = world.repairs.filter((at) => now - at < REPAIRS_WINDOW_MS - EDGE_MS).length;
  const possible = world.repairs.filter((at) => now - at < REPAIRS_WINDOW_MS + EDGE_MS).length;
  const outcomes: Outcome[] = [];
  if (possible >= REPAIRS_LIMIT) outcomes.push(blockedBy(without, 'device-token-unstable'));
  if (sure >= REPAIRS_LIMIT) return outcomes;
  // [R16] The user wants to be asked first.
  const next = world.repairsItself
    ? walk(without, now, 'device-token-mismatch')
    : [blockedBy(without, 'device-token-mismatch')];
  return [...outcomes, ...next];
}

/**
 * What may be shown once the extension has done all that it can. Several only near the end of a time window.
 *
 * @param now milliseconds since the epoch
 */
export function outcomes(world: World, now: number): readonly Outcome[] {
  if (world.blocked !== null) return [blockedBy(world, world.blocked)];
  const absent = absence(world);
  if (absent !== null) return [{ ...absent, user: null, world }];
  return walk(world, now, world.isCodeRevoked ? 'setup-code-rejected' : 'no-credential');
}

type Change = (world: World) => World;

const withPairing =
  (change: (pairing: Pairing) => Pairing | null): Change =>
  (world) => {
    const { pairing } = world.gateway;
    return { ...world, gateway: { ...world.gateway, pairing: pairing && change(pairing) } };
  };

const unblocked = (world: World, held: Partial<World['held']>): World => ({
  ...world,
  blocked: null,
  isCodeRevoked: false,
  hangsUp: false,
  repairs: [],
  held: { ...world.held, ...held },
});

/** What faults and the user do to a world. */
export const change = {
  presence:
    (presence: Presence): Change =>
    (world) => ({ ...world, presence }),
  network:
    (network: Network): Change =>
    (world) => ({ ...world, network }),
  /** The token it issues instead goes to nobody. */
  rotated: (world: World): World =>
    withPairing((pairing) => ({ ...pairing, token: world.issued + 1 }))({
      ...world,
      issued: world.issued + 1,
    }),
  revoked: withPairing((pairing) => ({ ...pairing, hasRole: false, token: null })),
  removed: withPairing(() => null),
  approved: (world: World): World => ({
    ...world,
    gateway: { ...world.gateway, pairing: { hasRole: true, token: null, issuer: null } },
  }),
  /** A setup code is good for one decision of the owner's. */
  rejected: (world: World): World =>
    world.held.hasSetupCode
      ? { ...world, isCodeRevoked: true, held: { ...world.held, hasSetupCode: false } }
      : world,
  secret:
    (secret: string, hangsUp = false): Change =>
    (world) => ({ ...world, hangsUp, gateway: { ...world.gateway, secret } }),
  repairsItself:
    (repairsItself: boolean): Change =>
    (world) => ({ ...world, repairsItself }),
  secretWithdrawn: (world: World): World => ({
    ...world,
    held: { ...world.held, secret: null, isSecretFresh: false },
  }),
  pastedSecret: (world: World): World =>
    unblocked(world, { secret: world.gateway.secret, isSecretFresh: true, hasSetupCode: false }),
  pastedSetupCode: (world: World): World => unblocked(world, { hasSetupCode: true }),
  triedAgain: (world: World): World => unblocked(world, {}),
} as const;

/** A gateway that was never met, and an extension that was just given its secret. */
export const beginning = (secret: string): World => ({
  presence: 'up',
  network: 'clear',
  gateway: { secret, pairing: null },
  held: { token: null, secret, isSecretFresh: true, hasSetupCode: false },
  blocked: null,
  repairsItself: true,
  isCodeRevoked: false,
  hangsUp: false,
  repairs: [],
  issued: 0,
});

/**
 * What has to be shown in a situation of gateway, path and credentials, and what is left for the user to do. Pure, and written
 * from SPEC.md's rules and the gateway's measured behaviour alone: nothing of the product decides here.
 */
import type { StatusCode } from '../../harness/browser/popup-page.ts';
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

export interface Situation {
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
  /** The situation once this is shown. */
  readonly situation: Situation;
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
function absence({ presence, network }: Situation): Shown | null {
  // What it said hides every symptom (SPEC D4).
  if (presence === 'announced') return ABSENCES.announced;
  if (network === 'offline') return UNREACHABLE;
  if (network === 'stalled') return SILENT;
  return presence === 'up' ? null : ABSENCES[presence];
}

const blockedBy = (situation: Situation, cause: Cause): Outcome => ({
  status: ['needs-you'],
  cause,
  user:
    cause === 'credential-unanswered' ||
    cause === 'device-token-unstable' ||
    (cause === 'device-token-mismatch' && situation.held.secret !== null)
      ? 'try-again'
      : 'paste',
  situation: { ...situation, blocked: cause },
});

const isTokenGood = ({ gateway: { pairing, secret }, held }: Situation): boolean =>
  pairing?.hasRole === true &&
  pairing.token === held.token &&
  (pairing.issuer === null || pairing.issuer === secret);

/** The gateway took a secret or setup code: approval where the record lacks something, else a fresh token. */
function admitted(situation: Situation, issuer: string | null): Outcome {
  const { pairing } = situation.gateway;
  const held = { ...situation.held, isSecretFresh: false };
  if (!pairing?.hasRole) {
    const cause = pairing === null ? 'not-paired' : 'role-upgrade';
    return { status: ['approval'], cause, user: 'approve', situation: { ...situation, held } };
  }
  const token = situation.issued + 1;
  return calm({
    ...situation,
    gateway: { ...situation.gateway, pairing: { ...pairing, token, issuer } },
    held: { ...held, token, hasSetupCode: false },
    issued: token,
  });
}

const calm = (situation: Situation): Outcome => ({
  status: CALM,
  cause: null,
  user: null,
  situation: { ...situation, hangsUp: false },
});

/** The last credential was refused for this. */
function walk(situation: Situation, now: number, refused: Cause): readonly Outcome[] {
  const { held, gateway } = situation;
  if (held.hasSetupCode) return [admitted(situation, null)];
  const offersSecret = held.secret !== null && (held.isSecretFresh || held.token === null);
  if (offersSecret) {
    if (held.secret === gateway.secret) return [admitted(situation, gateway.secret)];
    const without = { ...situation, held: { ...held, secret: null, isSecretFresh: false } };
    const refusals = walk(without, now, 'gateway-secret-mismatch');
    // [R8] Two attempts without an answer, and the user decides.
    return situation.hangsUp ? [...refusals, blockedBy(situation, 'credential-unanswered')] : refusals;
  }
  if (held.token === null) return [blockedBy(situation, refused)];
  if (isTokenGood(situation)) return [calm(situation)];
  const without = { ...situation, held: { ...held, token: null } };
  const sure = situation.repairs.filter((at) => now - at < REPAIRS_WINDOW_MS - EDGE_MS).length;
  const possible = situation.repairs.filter((at) => now - at < REPAIRS_WINDOW_MS + EDGE_MS).length;
  const outcomes: Outcome[] = [];
  if (possible >= REPAIRS_LIMIT) outcomes.push(blockedBy(without, 'device-token-unstable'));
  if (sure >= REPAIRS_LIMIT) return outcomes;
  // [R16] The user wants to be asked first.
  const next = situation.repairsItself
    ? walk(without, now, 'device-token-mismatch')
    : [blockedBy(without, 'device-token-mismatch')];
  return [...outcomes, ...next];
}

/**
 * What may be shown once the extension has done all that it can. Several only near the end of a time window.
 *
 * @param now milliseconds since the epoch
 */
export function outcomes(situation: Situation, now: number): readonly Outcome[] {
  if (situation.blocked !== null) return [blockedBy(situation, situation.blocked)];
  const absent = absence(situation);
  if (absent !== null) return [{ ...absent, user: null, situation }];
  return walk(situation, now, situation.isCodeRevoked ? 'setup-code-rejected' : 'no-credential');
}

type Change = (situation: Situation) => Situation;

const withPairing =
  (change: (pairing: Pairing) => Pairing | null): Change =>
  (situation) => {
    const { pairing } = situation.gateway;
    return { ...situation, gateway: { ...situation.gateway, pairing: pairing && change(pairing) } };
  };

const unblocked = (situation: Situation, held: Partial<Situation['held']>): Situation => ({
  ...situation,
  blocked: null,
  isCodeRevoked: false,
  hangsUp: false,
  repairs: [],
  held: { ...situation.held, ...held },
});

/** What faults and the user do to a situation. */
export const change = {
  presence:
    (presence: Presence): Change =>
    (situation) => ({ ...situation, presence }),
  network:
    (network: Network): Change =>
    (situation) => ({ ...situation, network }),
  /** The token it issues instead goes to nobody. */
  rotated: (situation: Situation): Situation =>
    withPairing((pairing) => ({ ...pairing, token: situation.issued + 1 }))({
      ...situation,
      issued: situation.issued + 1,
    }),
  revoked: withPairing((pairing) => ({ ...pairing, hasRole: false, token: null })),
  removed: withPairing(() => null),
  approved: (situation: Situation): Situation => ({
    ...situation,
    gateway: { ...situation.gateway, pairing: { hasRole: true, token: null, issuer: null } },
  }),
  /** A setup code is good for one decision of the owner's. */
  rejected: (situation: Situation): Situation =>
    situation.held.hasSetupCode
      ? { ...situation, isCodeRevoked: true, held: { ...situation.held, hasSetupCode: false } }
      : situation,
  secret:
    (secret: string, hangsUp = false): Change =>
    (situation) => ({ ...situation, hangsUp, gateway: { ...situation.gateway, secret } }),
  repairsItself:
    (repairsItself: boolean): Change =>
    (situation) => ({ ...situation, repairsItself }),
  secretWithdrawn: (situation: Situation): Situation => ({
    ...situation,
    held: { ...situation.held, secret: null, isSecretFresh: false },
  }),
  pastedSecret: (situation: Situation): Situation =>
    unblocked(situation, { secret: situation.gateway.secret, isSecretFresh: true, hasSetupCode: false }),
  pastedSetupCode: (situation: Situation): Situation => unblocked(situation, { hasSetupCode: true }),
  triedAgain: (situation: Situation): Situation => unblocked(situation, {}),
} as const;

/** A gateway that was never met, and an extension that was just given its secret. */
export const beginning = (secret: string): Situation => ({
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

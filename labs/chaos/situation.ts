/** The model's facts, and what faults and the user do to them. Pure. */
import type { Cause } from '../../src/gateway/causes.ts';

/** Who is at the gateway's port. */
export type Presence =
  | 'up'
  /** Another gateway, which never heard of this device. */
  | 'other'
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

/** Whether something was noticed: where chance decides, both is allowed for. */
export type Sight = 'no' | 'perhaps' | 'yes';

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
  /** The secret of whoever is at the port while `presence` is `other`. */
  readonly otherSecret: string | null;
  /** What the extension keeps, and would send. */
  readonly held: {
    readonly token: number | null;
    readonly secret: string | null;
    /** Pasted and not used yet: it goes before everything else. */
    readonly isSecretFresh: boolean;
    readonly hasSetupCode: boolean;
    readonly isCodeFresh: boolean;
  };
  /** [R18] What was refused, kept for another run of a gateway. */
  readonly aside: {
    readonly token: number | null;
    readonly secret: string | null;
    readonly hasSetupCode: boolean;
  };
  /** [R18] The run of a gateway that answered last was seen to end. */
  readonly isOver: Sight;
  /** [R19] The same since one let us in. */
  readonly mayBeAnother: Sight;
  /** [R19] The user said since then that this is the gateway that is meant. */
  readonly isPairing: boolean;
  /** The setup code went with the request that the owner rejected. */
  readonly isCodeRevoked: boolean;
  /** Only the user goes on from here, or another run of a gateway. */
  readonly blocked: Cause | null;
  readonly repairsItself: boolean;
  /** A gateway that restarts for its new secret hangs up on the old one meanwhile, without an answer. */
  readonly hangsUp: boolean;
  /** When the latest repairs succeeded, milliseconds since the epoch. */
  readonly repairs: readonly number[];
  /** Serial of the newest device token ever issued. */
  readonly issued: number;
}

type Change = (situation: Situation) => Situation;

const SIGHTS: readonly Sight[] = ['no', 'perhaps', 'yes'];
const surest = (...sights: Sight[]): Sight =>
  SIGHTS[Math.max(...sights.map((sight) => SIGHTS.indexOf(sight)))] as Sight;

/** The run of a gateway ended, as far as that was noticed. */
const ended =
  (sight: Sight): Change =>
  (situation) => ({
    ...situation,
    isOver: surest(situation.isOver, sight),
    mayBeAnother: surest(situation.mayBeAnother, sight),
  });

const withPairing =
  (change: (pairing: Pairing) => Pairing | null): Change =>
  (situation) => {
    const { pairing } = situation.gateway;
    return { ...situation, gateway: { ...situation.gateway, pairing: pairing && change(pairing) } };
  };

const unblocked = (situation: Situation, held: Partial<Situation['held']>): Situation => ({
  ...situation,
  blocked: null,
  isPairing: true,
  hangsUp: false,
  repairs: [],
  held: { ...situation.held, ...held },
});

/** Somebody is there again. A boot takes longer than any pause between two looks at a port that can be reached. */
function presence(who: Presence): Change {
  return (situation) => {
    const isBoot = (who === 'up' || who === 'other') && ![who, 'hung'].includes(situation.presence);
    const sight = !isBoot ? 'no' : situation.network === 'clear' ? 'yes' : 'perhaps';
    return { ...ended(sight)(situation), presence: who };
  };
}

/** What faults and the user do to a situation. */
export const change = {
  presence,
  other:
    (secret: string): Change =>
    (situation) => ({ ...presence('other')(situation), otherSecret: secret }),
  network:
    (network: Network): Change =>
    (situation) => ({ ...ended(network === 'offline' ? 'perhaps' : 'no')(situation), network }),
  ended,
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
  rejected: (situation: Situation): Situation => ({
    ...situation,
    isCodeRevoked: situation.held.hasSetupCode,
  }),
  secret:
    (secret: string, hangsUp = false): Change =>
    (situation) => ({
      ...ended(hangsUp ? 'perhaps' : 'no')(situation),
      hangsUp,
      gateway: { ...situation.gateway, secret },
    }),
  repairsItself:
    (repairsItself: boolean): Change =>
    (situation) => ({ ...situation, repairsItself }),
  secretWithdrawn: (situation: Situation): Situation => ({
    ...situation,
    held: { ...situation.held, secret: null, isSecretFresh: false },
    aside: { ...situation.aside, secret: null },
  }),
  pastedSecret: (situation: Situation): Situation => ({
    ...unblocked(situation, { secret: situation.gateway.secret, isSecretFresh: true, hasSetupCode: false }),
    aside: { ...situation.aside, secret: null, hasSetupCode: false },
  }),
  pastedSetupCode: (situation: Situation): Situation => ({
    ...unblocked(situation, { hasSetupCode: true, isCodeFresh: true }),
    aside: { ...situation.aside, hasSetupCode: false },
    isCodeRevoked: false,
  }),
  triedAgain: (situation: Situation): Situation => unblocked(situation, {}),
} as const;

/** A gateway that was never met, and an extension that was just given its secret. */
export const beginning = (secret: string): Situation => ({
  presence: 'up',
  network: 'clear',
  gateway: { secret, pairing: null },
  otherSecret: null,
  held: { token: null, secret, isSecretFresh: true, hasSetupCode: false, isCodeFresh: false },
  aside: { token: null, secret: null, hasSetupCode: false },
  isOver: 'no',
  mayBeAnother: 'no',
  isPairing: true,
  blocked: null,
  repairsItself: true,
  isCodeRevoked: false,
  hangsUp: false,
  repairs: [],
  issued: 0,
});

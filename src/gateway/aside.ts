/**
 * [R18] What was refused is set aside, not lost: who refused it may not have been the gateway that knows it. It is
 * tried again with another run of a gateway, once each. Facts only: the credentials stay in the vault. Pure.
 */
import type { StoredCredentialKind } from './causes.ts';
import { forget, HELD, STORED_KINDS } from './credentials.ts';
import * as recovery from './recovery.ts';
import type { ConnectionState, Effect, Moment, Refusal, Step } from './state.ts';
import { followedBy, stay } from './step.ts';

type Aside = ConnectionState['aside'];

/** Takes a refused credential out of use. Where one of its kind is aside already, the one that ever worked stays. */
export function setAside(state: ConnectionState, kind: StoredCredentialKind, { now }: Moment): Step {
  const key = HELD[kind];
  const refused = state.held[key];
  if (!refused) return stay(state);
  const refusal: Refusal = {
    since: refused.refusal?.since ?? now,
    at: now,
    until: null,
    times: (refused.refusal?.times ?? 0) + 1,
  };
  const entry = { ...refused, refusal };
  const before = state.aside[key];
  const [kept, dropped] =
    before && hasWorked(before) && !hasWorked(entry) ? [before, entry] : [entry, before];
  const next = {
    ...state,
    held: { ...state.held, [key]: null },
    aside: { ...state.aside, [key]: kept },
  };
  return { state: next, effects: dropped ? [forgetting(kind, dropped.serial)] : [] };
}

/** A device token was issued, so it worked; a secret says so; a setup code never did. */
const hasWorked = (entry: NonNullable<Aside[keyof Aside]>): boolean =>
  'client' in entry || ('isProven' in entry && entry.isProven);

const forgetting = (credential: StoredCredentialKind, serial: string): Effect => ({
  type: 'forget',
  credential,
  serial,
});

/**
 * A gateway secret that worked makes room for one that the user has just given, and comes back should that one be
 * refused. [SECURITY] One that was not to be remembered is not kept for that.
 */
export function makeRoom(state: ConnectionState): Step {
  const { gatewaySecret } = state.held;
  if (!gatewaySecret?.isProven || !gatewaySecret.isRemembered) return forget(state, 'gateway-secret');
  const dropped = state.aside.gatewaySecret;
  return {
    state: {
      ...state,
      held: { ...state.held, gatewaySecret: null },
      aside: { ...state.aside, gatewaySecret },
    },
    effects: dropped ? [forgetting('gateway-secret', dropped.serial)] : [],
  };
}

/** Drops what is aside of this kind: a newer one of its kind has worked, or the user withdrew it. */
export function forgetAside(state: ConnectionState, kind: StoredCredentialKind): Step {
  const dropped = state.aside[HELD[kind]];
  if (!dropped) return stay(state);
  return {
    state: { ...state, aside: { ...state.aside, [HELD[kind]]: null } },
    effects: [forgetting(kind, dropped.serial)],
  };
}

/** The run that answered is over, as far as we can tell: the next one that answers may be another. */
export function endRun(state: ConnectionState, { now }: Moment): ConnectionState {
  const aside = Object.fromEntries(
    Object.entries(state.aside).map(([key, entry]) => [
      key,
      entry?.refusal && entry.refusal.until === null
        ? { ...entry, refusal: { ...entry.refusal, until: now } }
        : entry,
    ]),
  ) as Aside;
  return { ...state, mayBeAnother: true, aside };
}

/** When each credential that is aside may be sent again, if at all; milliseconds since the epoch. */
function dueAt({ refusal }: NonNullable<Aside[keyof Aside]>, now: number): number {
  if (refusal === null) return now;
  if (refusal.until === null) return Number.POSITIVE_INFINITY;
  // [C9] By a clock that was set back since nobody was refused yet.
  return refusal.at > now ? now : refusal.at + recovery.retrialDelay(refusal.times);
}

/** The first moment from `now` on at which {@link bringBack} does something, or infinity. */
export const nextRetrial = ({ held, aside }: ConnectionState, now: number): number =>
  STORED_KINDS.reduce((soonest, kind) => {
    const entry = held[HELD[kind]] === null ? aside[HELD[kind]] : null;
    return entry ? Math.min(soonest, dueAt(entry, now)) : soonest;
  }, Number.POSITIVE_INFINITY);

const isOutdated = (entry: NonNullable<Aside[keyof Aside]>, now: number): boolean => {
  if ('expiresAt' in entry && entry.expiresAt !== null && entry.expiresAt <= now) return true;
  if (entry.refusal === null) return false;
  const age = now - entry.refusal.since;
  const isUnwanted = 'isRemembered' in entry && !entry.isRemembered;
  // [C9] How long it has lain there a clock that was set back cannot say: in doubt it lay there for long enough.
  return isUnwanted ? age < 0 || age > recovery.UNWANTED_ASIDE_LASTS_MS : age > recovery.ASIDE_LASTS_MS;
};

/** Forgets what was set aside for too long, whether or not another run of a gateway comes. */
export const dropOutdated = (state: ConnectionState, { now }: Moment): Step =>
  STORED_KINDS.reduce<Step>((step, kind) => {
    const entry = step.state.aside[HELD[kind]];
    return entry && isOutdated(entry, now) ? followedBy(step, (rest) => forgetAside(rest, kind)) : step;
  }, stay(state));

/** Forgets what was set aside for too long, and takes back what another run may be asked about. */
export const bringBack = (state: ConnectionState, { now }: Moment): Step =>
  STORED_KINDS.reduce<Step>(
    (step, kind) => followedBy(step, (rest) => bringBackOne(rest, kind, now)),
    stay(state),
  );

function bringBackOne(state: ConnectionState, kind: StoredCredentialKind, now: number): Step {
  const key = HELD[kind];
  const entry = state.aside[key];
  if (!entry) return stay(state);
  if (isOutdated(entry, now)) return forgetAside(state, kind);
  if (state.held[key] !== null || now < dueAt(entry, now)) return stay(state);
  const { held, aside } = state;
  return stay({ ...state, held: { ...held, [key]: entry }, aside: { ...aside, [key]: null } });
}

export const hasAside = ({ aside }: ConnectionState): boolean =>
  STORED_KINDS.some((kind) => aside[HELD[kind]] !== null);

/** Whether anything is left that another run might take without the user. */
export const hasHope = (state: ConnectionState): boolean =>
  hasAside(state) ||
  STORED_KINDS.some((kind) => state.held[HELD[kind]] !== null) ||
  (state.held.mayGoWithout && state.server !== null);

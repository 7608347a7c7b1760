/**
 * What differs between gateway generations, as far as it concerns a connect: which client identity is admitted
 * and which field of `auth` carries what. Everything else is written so that it works everywhere.
 *
 * Both answers are found by asking: a gateway refuses an unknown client id, an unknown field or an origin that it
 * does not admit before it authenticates, so these refusals burn no attempt. What worked is remembered.
 */
import type {
  GatewayClientCap,
  GatewayClientId,
  GatewayClientMode,
} from '@openclaw/gateway-protocol/client-info';
import type { Cause } from './causes.ts';
import type { ConnectFailure } from './protocol.ts';

export const OWN_CLIENT_KINDS = ['copilot', 'generic'] as const;
export type OwnClientKind = (typeof OWN_CLIENT_KINDS)[number];

/**
 * [K1] Who we say we are. Platform and client id are pinned by the gateway at pairing: they never change. One key
 * pair per gateway and client id, because a key that was paired under one id is refused under the other.
 */
export const OWN_CLIENTS: Readonly<
  Record<OwnClientKind, { readonly id: GatewayClientId; readonly caps: readonly GatewayClientCap[] }>
> = {
  /** From 2026.8.1, for Chromium's extensions only: needs no entry in the gateway's list of origins. */
  copilot: {
    id: 'openclaw-browser-copilot',
    // Required of this id. The second also keeps session broadcasts away from us.
    caps: ['run-tool-bindings', 'session-scoped-events'],
  },
  /** Every version. From 2026.2.25 on only from an origin that the gateway's owner has listed. */
  generic: { id: 'gateway-client', caps: [] },
};

export const CLIENT_MODE = 'ui' satisfies GatewayClientMode;

/** How to speak to one gateway. */
export interface Profile {
  readonly client: OwnClientKind;
  /** Gateways up to 2026.2.21 know no `auth.deviceToken`; they take the device token in `auth.token`. */
  readonly deviceTokenField: 'deviceToken' | 'token';
}

/** What is tried first with a gateway that we know nothing about. */
export const FIRST_PROFILE: Profile = { client: 'copilot', deviceTokenField: 'deviceToken' };

/** The refusals of one walk along the ladder, so that no rung is tried twice. */
export interface Walk {
  readonly tried: readonly OwnClientKind[];
  /** A refusal that says more than the last one: shown when every rung was refused. */
  readonly cause: Cause | null;
}

export const NO_WALK: Walk = { tried: [], cause: null };

/**
 * [K4] The next way of speaking to a gateway that refused this one before it looked at any credential, or `null`
 * if there is none left or the refusal was of another kind.
 *
 * @param canSpeakAs whether we hold anything to sign in with under this client identity
 */
export function nextRung(
  profile: Profile,
  walk: Walk,
  cause: Cause,
  failure: ConnectFailure,
  canSpeakAs: (client: OwnClientKind) => boolean,
): { readonly profile: Profile; readonly walk: Walk } | null {
  if (
    profile.deviceTokenField === 'deviceToken' &&
    /unexpected property 'deviceToken'/.test(failure.message)
  ) {
    return { profile: { ...profile, deviceTokenField: 'token' }, walk };
  }
  const isOfIdentity =
    cause === 'origin-not-allowed' ||
    (cause === 'client-not-accepted' && /\/client\/id/.test(failure.message));
  if (!isOfIdentity) return null;
  const tried = [...walk.tried, profile.client];
  const client = OWN_CLIENT_KINDS.find((kind) => !tried.includes(kind) && canSpeakAs(kind));
  if (!client) return null;
  return {
    profile: { ...profile, client },
    walk: { tried, cause: cause === 'origin-not-allowed' ? cause : walk.cause },
  };
}

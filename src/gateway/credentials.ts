/** Which credential a connect carries, and how often it may. Facts only: the credentials are in the vault. */
import { type CredentialKind, causeOf, type StoredCredentialKind } from './causes.ts';
import { UNANSWERED_LIMIT } from './recovery.ts';
import type { ConnectionState, Step } from './state.ts';

/** Where the facts of a credential are kept in `ConnectionState.held`. */
export const HELD = {
  'device-token': 'deviceToken',
  'setup-code': 'setupCode',
  'gateway-secret': 'gatewaySecret',
} as const satisfies Record<StoredCredentialKind, keyof ConnectionState['held']>;

export const STORED_KINDS = Object.keys(HELD) as StoredCredentialKind[];

/**
 * [R3] What was pasted last goes first, since the user just said so; after that the device token alone. A
 * gateway secret that was accepted before serves repair only: every use of it mints a new device token. [R21] A device
 * token that is not on the disk yet goes before what brought it.
 */
export function chooseCredential(
  state: Pick<ConnectionState, 'held' | 'aside' | 'profile' | 'mayBeAnother' | 'isPairing'>,
): CredentialKind | null {
  const { held, profile } = state;
  const { setupCode, gatewaySecret } = held;
  const isOwn = held.deviceToken?.client === profile.client;
  if (isOwn && held.deviceToken?.isUnwritten) return 'device-token';
  if (isNews(setupCode)) return 'setup-code';
  if (isFresh(state)) return 'gateway-secret';
  if (isOwn) return 'device-token';
  if (isHeldBack(state)) return null;
  if (setupCode) return 'setup-code';
  if (gatewaySecret) return 'gateway-secret';
  return held.mayGoWithout ? 'none' : null;
}

/** Whether the gateway secret is to be tried before the device token. [R22] On trial: once, by the run that is known. */
function isFresh({ held: { gatewaySecret }, mayBeAnother }: Pick<ConnectionState, 'held' | 'mayBeAnother'>) {
  if (!isNews(gatewaySecret) || gatewaySecret?.isProven) return false;
  return !gatewaySecret?.isOnTrial || (gatewaySecret.unanswered === 0 && !mayBeAnother);
}

/** [R22] The gateway secret is being tried for repairs, and the device token comes after it whatever happens. */
export const isOnTrial = ({ held: { gatewaySecret } }: Pick<ConnectionState, 'held'>): boolean =>
  gatewaySecret?.isOnTrial === true && !gatewaySecret.isProven && gatewaySecret.refusal === null;

/**
 * [R18] What was refused once is no news any more: it waits behind the device token. [R8] So does what nobody answered
 * as often as it may be sent: the next attempt with it is the user's, and a device token needs nobody.
 */
const isNews = (given: ConnectionState['held']['setupCode' | 'gatewaySecret']): boolean =>
  given !== null && given.refusal === null && given.unanswered < UNANSWERED_LIMIT;

/**
 * [R19] Whether nothing that pairs anew may be sent: a gateway gave us a device token, who answers now may be another
 * one, and it would get the secret, or a request for a pairing that its owner never wanted.
 */
export const isHeldBack = ({
  held,
  aside,
  mayBeAnother,
  isPairing,
}: Pick<ConnectionState, 'held' | 'aside' | 'mayBeAnother' | 'isPairing'>): boolean =>
  mayBeAnother && !isPairing && (held.deviceToken !== null || aside.deviceToken !== null);

/**
 * [R10] A click may end this block: it burns no credential, and there is one to send. [R16] Or the user wants to be asked
 * before a repair. [R19] Or it says that this is the right gateway.
 */
export function canTryAgain(state: ConnectionState): boolean {
  if (state.trouble === null || chooseCredential({ ...state, isPairing: true }) === null) return false;
  const { unblock, recovery } = causeOf(state.trouble.cause);
  return unblock === 'try-again' || recovery === 're-pair';
}

/** Attempts with this credential since the gateway last answered one. */
export const unanswered = (state: ConnectionState, credential: CredentialKind): number =>
  credential === 'none' ? 0 : (state.held[HELD[credential]]?.unanswered ?? 0);

/** [R8] A device token is never stopped, only slowed down: it must survive a gateway that keeps crashing. */
export const hasGoneUnanswered = (state: ConnectionState, credential: CredentialKind): boolean =>
  credential !== 'device-token' && unanswered(state, credential) >= UNANSWERED_LIMIT;

export function countUnanswered(
  state: ConnectionState,
  credential: CredentialKind,
  to: number,
): ConnectionState {
  if (credential === 'none') return state;
  const key = HELD[credential];
  const before = state.held[key];
  return before ? { ...state, held: { ...state.held, [key]: { ...before, unanswered: to } } } : state;
}

/** The user wants another try: every credential gets its chances back. */
export const forgiveUnanswered = (state: ConnectionState): ConnectionState =>
  STORED_KINDS.reduce((result, kind) => countUnanswered(result, kind, 0), state);

/** Removes one credential from the facts and, by its serial, from the vault. */
export function forget(state: ConnectionState, credential: StoredCredentialKind): Step {
  const key = HELD[credential];
  const before = state.held[key];
  return {
    state: { ...state, held: { ...state.held, [key]: null } },
    effects: before ? [{ type: 'forget', credential, serial: before.serial }] : [],
  };
}

/** "Pairing required" comes after authentication: the secret that got us there is right. */
export function proveSecret(state: ConnectionState, sent: CredentialKind | null): ConnectionState {
  const { gatewaySecret } = state.held;
  if (sent !== 'gateway-secret' || !gatewaySecret) return state;
  return { ...state, held: { ...state.held, gatewaySecret: { ...gatewaySecret, isProven: true } } };
}

/** Which credential a connect carries, and how often it may. Facts only: the credentials are in the vault. */
import type { CredentialKind } from './causes.ts';
import { UNANSWERED_LIMIT } from './recovery.ts';
import type { ConnectionState, Step } from './state.ts';

const HELD = {
  'device-token': 'deviceToken',
  'setup-code': 'setupCode',
  'gateway-secret': 'gatewaySecret',
} as const;

/**
 * [R3] What was pasted last goes first, since the user just said so; after that the device token alone. A
 * gateway secret that was accepted before serves repair only: every use of it mints a new device token.
 */
export function chooseCredential({ held }: ConnectionState): CredentialKind | null {
  if (held.setupCode) return 'setup-code';
  if (held.gatewaySecret && !held.gatewaySecret.isProven) return 'gateway-secret';
  if (held.deviceToken) return 'device-token';
  return held.gatewaySecret ? 'gateway-secret' : null;
}

/** Attempts with this credential since the gateway last answered one. */
export const unanswered = (state: ConnectionState, credential: CredentialKind): number =>
  state.held[HELD[credential]]?.unanswered ?? 0;

/** [R8] A device token is never stopped, only slowed down: it must survive a gateway that keeps crashing. */
export const hasGoneUnanswered = (state: ConnectionState, credential: CredentialKind): boolean =>
  credential !== 'device-token' && unanswered(state, credential) >= UNANSWERED_LIMIT;

export function countUnanswered(
  state: ConnectionState,
  credential: CredentialKind,
  to: number,
): ConnectionState {
  const key = HELD[credential];
  const before = state.held[key];
  return before ? { ...state, held: { ...state.held, [key]: { ...before, unanswered: to } } } : state;
}

/** The user wants another try: every credential gets its chances back. */
export function forgiveUnanswered(state: ConnectionState): ConnectionState {
  const kinds: readonly CredentialKind[] = ['setup-code', 'gateway-secret', 'device-token'];
  return kinds.reduce((result, kind) => countUnanswered(result, kind, 0), state);
}

/** Removes one credential from the facts and, by its serial, from the vault. */
export function forget(state: ConnectionState, credential: CredentialKind): Step {
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

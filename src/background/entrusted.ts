/** What a user entrusts to us: credentials and keys on their way into the vault, and out of it. Connections hear of them without a value. */
import { forgetCredential, isSealedAs, type SealedKind, saveCredential } from '../browser/worker/vault.ts';
import { causeOf } from '../gateway/causes.ts';
import { HELD, STORED_KINDS } from '../gateway/credentials.ts';
import { awaitsHello } from '../gateway/handshake.ts';
import type { ConnectionEvent, ConnectionState } from '../gateway/state.ts';
import type { GatewayRecord } from '../gateway/status.ts';
import type { RelayKeyPaste } from '../pairing/recognised.ts';
import type { RelayState } from '../relay/state.ts';
import { withKey, withoutKey } from '../relay/watch.ts';
import type { Secret } from '../secret.ts';
import type { RelayWatch } from './relay-watch.ts';
import type { Supervisor } from './supervisor.ts';

/** All that the vault may hold for one gateway. */
export const SEALED_KINDS: readonly SealedKind[] = [
  'device-token',
  'setup-code',
  'gateway-secret',
  'relay-key',
];

/** What the user just gave us, or declined to give. */
export type FreshCredential =
  | { readonly kind: 'setup-code'; readonly secret: Secret; readonly expiresAt: number | null }
  | { readonly kind: 'gateway-secret'; readonly secret: Secret; readonly isRemembered: boolean }
  | { readonly kind: 'none' };

interface Owner {
  readonly gateway: GatewayRecord;
  readonly supervisor: Supervisor;
  readonly relay: RelayWatch;
}

/** Seals a credential and returns what the connection hears of it. Rejects if it could not be stored. */
export async function sealed(
  gatewayId: string,
  credential: FreshCredential,
  state: ConnectionState | null,
): Promise<ConnectionEvent> {
  if (credential.kind === 'none') return { type: 'secret-declined' };
  // [R18] A gateway secret that worked stays until the new one has.
  const before = credential.kind === 'gateway-secret' && state ? secretSerials(state) : [];
  const serial = await saveCredential(gatewayId, credential.kind, credential.secret, before);
  return credential.kind === 'setup-code'
    ? { type: 'setup-code-added', serial, expiresAt: credential.expiresAt }
    : { type: 'gateway-secret-added', serial, isRemembered: credential.isRemembered };
}

const secretSerials = ({ held, aside }: ConnectionState): string[] =>
  [held.gatewaySecret, aside.gatewaySecret].flatMap((each) => (each ? [each.serial] : []));

/**
 * [R22] Seals a gateway secret for repairs, where the gateway is connected and knows us by a device token.
 *
 * @returns `as-credential` where it is the way in itself, and nothing was done; why it was not even tried; or `null`. Rejects,
 *   with nothing changed, if it could not be stored.
 */
export async function addRepairSecret(
  { gateway, supervisor }: Owner,
  secret: Secret,
): Promise<'secret-rejected-before' | 'not-connected' | 'as-credential' | null> {
  const { phase, trouble, held, aside } = supervisor.state;
  const isRefused = trouble !== null && causeOf(trouble.cause).unblock === 'new-credential';
  if (phase.name !== 'connected' && !isRefused) return 'not-connected';
  const refused = aside.gatewaySecret;
  const isSameRun = refused?.refusal?.until === null;
  if (refused && isSameRun && (await isSealedAs(gateway.id, 'gateway-secret', refused.serial, secret)))
    return 'secret-rejected-before';
  if (phase.name !== 'connected' || held.deviceToken === null) return 'as-credential';
  const before = secretSerials(supervisor.state);
  const serial = await saveCredential(gateway.id, 'gateway-secret', secret, before);
  supervisor.dispatch({ type: 'repair-secret-added', serial });
  return null;
}

/**
 * What lies in the vault and is named by nobody: a removal that failed, or that a worker did not live to make.
 *
 * @param vault the serials that lie there, the newest first
 */
export function leftovers(
  state: ConnectionState,
  { key }: RelayState,
  vault: (kind: SealedKind) => readonly string[],
): { kind: SealedKind; serial: string }[] {
  const { held, aside } = state;
  const named = [held, aside].flatMap((each) => STORED_KINDS.map((kind) => each[HELD[kind]]?.serial));
  // [R17] The newest device token is the one in use, although the state may name the one before it, or none yet.
  const inUse = held.deviceToken !== null || awaitsHello(state) ? vault('device-token')[0] : undefined;
  const kept = new Set([...named, inUse, key?.serial]);
  return SEALED_KINDS.flatMap((kind) =>
    vault(kind).flatMap((serial) => (kept.has(serial) ? [] : [{ kind, serial }])),
  );
}

/** Seals a relay key. Rejects if it could not be stored. */
export async function addRelayKey({ gateway, relay }: Owner, paste: RelayKeyPaste): Promise<void> {
  const { relayAddress: address, profile } = paste;
  const serial = await saveCredential(gateway.id, 'relay-key', paste.key);
  await relay.replace(
    withKey(relay.state, { serial, address, profile, addedAt: Date.now(), provenAt: null }),
  );
}

/** Deletes the relay key, if there is one. Rejects if storage refused. */
export async function forgetRelayKey({ gateway, relay }: Owner): Promise<void> {
  const { key } = relay.state;
  if (!key) return;
  await relay.replace(withoutKey());
  await forgetCredential(gateway.id, 'relay-key', key.serial);
}

/** Credentials at rest: sealed with AES-GCM under a key that cannot be exported, one item each. */
import type { StoredCredentialKind } from '../../gateway/causes.ts';
import { Secret } from '../../secret.ts';
import { credentialItem } from '../../storage/items.ts';
import { fromBase64, toBase64 } from '../bytes.ts';
import { sealingKey } from '../keys.ts';
import { readItem, removeItem, writeItem } from '../storage.ts';

/** Everything that is kept sealed. */
export type SealedKind = StoredCredentialKind | 'relay-key';

/**
 * Seals a credential, replacing the one before.
 *
 * @returns the serial that names this value in the connection's state. Rejects if it could not be written.
 */
export async function saveCredential(gatewayId: string, kind: SealedKind, secret: Secret): Promise<string> {
  const serial = crypto.randomUUID();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(secret.reveal());
  const data = new Uint8Array(
    await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: bindTo(gatewayId, kind) },
      await sealingKey(),
      plain,
    ),
  );
  await writeItem(credentialItem(gatewayId, kind), { serial, iv: toBase64(iv), data: toBase64(data) });
  return serial;
}

/**
 * Opens a credential. `null` if there is none under this serial, or if it was sealed by a key that is gone.
 *
 * Rejects while storage or key cannot be reached, or hold what we cannot read: that may pass, and whoever took it
 * for an absence would forget a pairing that is still there.
 *
 * @param serial `null` for the one that was saved last
 */
export async function openCredential(
  gatewayId: string,
  kind: SealedKind,
  serial: string | null,
): Promise<Secret | null> {
  const stored = await readItem(credentialItem(gatewayId, kind));
  if (stored.type === 'unreadable' || stored.type === 'newer')
    throw new Error(`the credential is ${stored.type}`);
  if (stored.type === 'absent' || (serial !== null && stored.value.serial !== serial)) return null;
  const key = await sealingKey();
  try {
    const iv = fromBase64(stored.value.iv);
    const additionalData = bindTo(gatewayId, kind);
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData },
      key,
      fromBase64(stored.value.data),
    );
    return new Secret(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

/** Removes exactly the credential of this serial; a newer one under the same kind stays. */
export async function forgetCredential(gatewayId: string, kind: SealedKind, serial: string): Promise<void> {
  const item = credentialItem(gatewayId, kind);
  const stored = await readItem(item);
  if (stored.type === 'value' && stored.value.serial === serial) await removeItem(item);
}

/** A sealed value moved under another gateway or kind does not open. */
const bindTo = (gatewayId: string, kind: SealedKind): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${gatewayId}:${kind}`);

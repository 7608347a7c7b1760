/** Credentials at rest: sealed with AES-GCM under a key that cannot be exported, an item a kind. */
import type { StoredCredentialKind } from '../../gateway/causes.ts';
import { Secret } from '../../secret.ts';
import { credentialItem } from '../../storage/items.ts';
import { fromBase64, toBase64 } from '../bytes.ts';
import { sealingKey } from '../keys.ts';
import { dropItem, keepItem, readKept, storeItem } from './keeper.ts';

/** Everything that is kept sealed. */
export type SealedKind = StoredCredentialKind | 'relay-key';

/**
 * Seals a credential.
 *
 * @param keep the serials of those of its kind that stay; all others go
 * @returns the serial that names this value in the connection's state. Rejects, with nothing changed, if it could not be
 * written, or if what stays cannot be read.
 */
export function saveCredential(
  gatewayId: string,
  kind: SealedKind,
  secret: Secret,
  keep: readonly string[] = [],
): Promise<string> {
  return sealed(gatewayId, kind, secret, keep, async (item, all) => storeItem(item, all));
}

/**
 * The same for one that nobody can paste again: what cannot be written waits in memory, sealed, and can be opened from there.
 * Rejects only if it could not be sealed, or if what stays cannot be read.
 *
 * @param onWritten called if it had to wait, once it is written
 */
export async function keepCredential(
  gatewayId: string,
  kind: SealedKind,
  secret: Secret,
  keep: readonly string[],
  onWritten: (serial: string) => void,
): Promise<{ serial: string; isWritten: boolean }> {
  let isWritten = false;
  const serial = await sealed(gatewayId, kind, secret, keep, async (item, all) => {
    isWritten = await keepItem(item, all, () => onWritten(all[0]?.serial ?? ''));
  });
  return { serial, isWritten };
}

type SealedItem = ReturnType<typeof credentialItem>;
type Sealed = Parameters<SealedItem['encode']>[0];

/** Seals a credential and has it put before those that stay. */
async function sealed(
  gatewayId: string,
  kind: SealedKind,
  secret: Secret,
  keep: readonly string[],
  put: (item: SealedItem, all: Sealed) => Promise<void>,
): Promise<string> {
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
  const item = credentialItem(gatewayId, kind);
  await inTurn(item.key, async () => {
    const kept = keep.length === 0 ? [] : await sealedNow(item);
    await put(item, [
      { serial, iv: toBase64(iv), data: toBase64(data) },
      ...kept.filter((each) => keep.includes(each.serial)),
    ]);
  });
  return serial;
}

const turns = new Map<string, Promise<void>>();

/** One change of an item after the other: each writes what it has read, and what came between would be lost. */
function inTurn(key: string, change: () => Promise<void>): Promise<void> {
  const turn = (turns.get(key) ?? Promise.resolve()).then(change);
  turns.set(
    key,
    turn.catch(() => {}),
  );
  return turn;
}

/** What lies there. Rejects where it cannot be read: it may pass, and an absence would be a lie. */
async function sealedNow(item: SealedItem) {
  const stored = await readKept(item);
  if (stored.type === 'unreadable' || stored.type === 'newer')
    throw new Error(`the credential is ${stored.type}`);
  return stored.type === 'value' ? stored.value : [];
}

/**
 * Opens a credential. `null` if there is none under this serial, or if it was sealed by a key that is gone.
 *
 * Rejects while storage or key cannot be reached, or hold what we cannot read: that may pass, and a
 * caller that took it for an absence would forget a pairing that is still there.
 *
 * @param serial `null` for the one that was saved last
 */
export async function openCredential(
  gatewayId: string,
  kind: SealedKind,
  serial: string | null,
): Promise<Secret | null> {
  const all = await sealedNow(credentialItem(gatewayId, kind));
  const sealed = serial === null ? all[0] : all.find((each) => each.serial === serial);
  if (!sealed) return null;
  const key = await sealingKey();
  try {
    const iv = fromBase64(sealed.iv);
    const additionalData = bindTo(gatewayId, kind);
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData },
      key,
      fromBase64(sealed.data),
    );
    return new Secret(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

/** Whether what is sealed under this serial is this very value. Rejects while storage or key cannot be reached. */
export async function isSealedAs(
  gatewayId: string,
  kind: SealedKind,
  serial: string,
  secret: Secret,
): Promise<boolean> {
  const kept = await openCredential(gatewayId, kind, serial);
  return kept !== null && kept.reveal() === secret.reveal();
}

/** Removes exactly the credential of this serial; others of the same kind stay. */
export function forgetCredential(gatewayId: string, kind: SealedKind, serial: string): Promise<void> {
  const item = credentialItem(gatewayId, kind);
  return inTurn(item.key, async () => {
    const stored = await readKept(item);
    if (stored.type !== 'value') return;
    const others = stored.value.filter((each) => each.serial !== serial);
    if (others.length === stored.value.length) return;
    await (others.length === 0 ? dropItem(item) : keepItem(item, others));
  });
}

/** A sealed value moved under another gateway or kind does not open. */
const bindTo = (gatewayId: string, kind: SealedKind): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${gatewayId}:${kind}`);

/** What a relay key is good for here: to check a relay's proof, and to prove ours where nothing is taken by it. */
import type { Secret } from '../../secret.ts';
import { toBase64Url } from '../bytes.ts';

export interface RelayKey {
  /** Names the key without telling it: the first 22 characters of base64url(SHA-256(key)). */
  readonly id: string;
  /** base64url of the HMAC-SHA256 over the UTF-8 of `text`. */
  prove(text: string): Promise<string>;
  /** Compared by the browser's own code, in constant time. */
  hasProved(text: string, proof: string): Promise<boolean>;
  /**
   * The key itself, as the first new relay (2026.7) wants it. Never for a current relay, and never for an address
   * that has not asked for it.
   */
  bearer(): string;
}

/** @param key 64 lower-case hex digits, as in a relay pairing string */
export async function openRelayKey(key: Secret): Promise<RelayKey> {
  const bytes = Uint8Array.from(key.reveal().match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const signer = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
  bytes.fill(0);
  const encode = (text: string) => new TextEncoder().encode(text);
  return {
    id: toBase64Url(digest).slice(0, 22),
    prove: async (text) =>
      toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', signer, encode(text)))),
    hasProved: (text, proof) =>
      crypto.subtle.verify('HMAC', signer, fromBase64Url(proof), encode(text)).catch(() => false),
    bearer: () => `Bearer ${key.reveal()}`,
  };
}

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );

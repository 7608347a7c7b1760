/**
 * Setup codes: the base64 of a small JSON object that `openclaw qr` prints.
 *
 * Source: `encodePairingSetupCode` and `decodePairingSetupCode` of 2026.9.6; up to 2026.3.11 the object
 * carried the permanent gateway secret instead of a bootstrap token (docs/gateway.md).
 */
import { type JsonRecord, parseRecord } from './paste.ts';

/** What a setup code says. Holds secrets: it lives only until {@link recognise} has sealed them. */
export interface SetupPayload {
  /** As written in the code, most wanted first; at least one. */
  readonly addresses: readonly string[];
  readonly credential: 'bootstrap-token' | 'token' | 'password';
  readonly value: string;
  /** Milliseconds since 1970; `null` in codes before 2026.8.1, which lived about ten minutes all the same. */
  readonly expiresAt: number | null;
}

/** How often a terminal breaks a code at most: a code with eight addresses in a window of 60 columns. */
const MAX_PIECES = 24;
/** The base64 of `{"` and a letter. */
const START = 'eyJ';
const PREFIX = 'oc-pair://';
const BASE64 = /^[\w+/-]+={0,2}$/;

/**
 * Finds a setup code among words: `{ payload }`, `'damaged'` for something that can only have been one, or
 * `null`. A code that a terminal broke over lines is put together, but only if that makes it whole.
 */
export function findSetupCode(
  words: readonly string[],
): { readonly payload: SetupPayload } | 'damaged' | null {
  let isDamaged = false;
  for (const [index, word] of words.entries()) {
    const start = codeIn(word);
    if (start === null) continue;
    let code = '';
    for (const piece of [start, ...words.slice(index + 1, index + MAX_PIECES)]) {
      code += piece;
      if (!BASE64.test(code)) break;
      const record = decode(code);
      const payload = record && readPayload(record);
      if (payload) return { payload };
    }
    isDamaged = true;
  }
  return isDamaged ? 'damaged' : null;
}

/** What the object inside a setup code says; `null` if it lacks the address or the credential. */
export function readPayload(record: JsonRecord): SetupPayload | null {
  const { url, urls, expiresAtMs } = record;
  const addresses = [url, ...(Array.isArray(urls) ? urls : [])].filter(isFilled);
  if (addresses.length === 0) return null;
  const expiresAt = Number.isSafeInteger(expiresAtMs) ? Number(expiresAtMs) : null;
  const fields = [
    // First, so that a code with both never makes us keep the permanent secret.
    ['bootstrapToken', 'bootstrap-token'],
    ['token', 'token'],
    ['password', 'password'],
  ] as const;
  for (const [field, credential] of fields) {
    const value = record[field];
    if (isFilled(value)) return { addresses, credential, value: value.trim(), expiresAt };
  }
  return null;
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** The code, or its first piece, in a word such as `eyJ…`, `oc-pair://eyJ…`, `code=eyJ…` or `"eyJ…",`. */
function codeIn(word: string): string | null {
  const prefix = word.toLowerCase().indexOf(PREFIX);
  const bare = prefix < 0 ? word : word.slice(prefix + PREFIX.length);
  const start = bare.search(/(?<![\w+-])eyJ/);
  if (start < 0) return prefix < 0 ? null : bare;
  const code = /^[\w+/-]+={0,2}/.exec(bare.slice(start))?.[0] ?? START;
  // A dot and more: a JSON Web Token, which may well serve as a gateway secret.
  const isWebToken = /^\.[\w-]/.test(bare.slice(start + code.length));
  return isWebToken ? null : code;
}

function decode(code: string): JsonRecord | null {
  try {
    // OpenClaw writes base64url without padding; people's tools write the other kind.
    const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', ''));
    // Of the many joined pieces that are tried, few deserve a parser.
    if (!binary.trimEnd().endsWith('}')) return null;
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return parseRecord(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

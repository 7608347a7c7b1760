/**
 * The relay's language, as far as a guest speaks it who never takes the extension's place (docs/gateway.md): the
 * hello, the challenge that answers it, and the exact texts that are signed. Knows no key; `browser/worker/relay-key.ts` signs.
 */
import * as z from 'zod/mini';
import { parsed } from '../parse.ts';

z.config({ jitless: true });

/** The only sub-protocol that is ever offered: those of the first new relay would carry the key itself. */
export const RELAY_SUBPROTOCOL = 'openclaw-extension-relay.v2';

const LABEL = 'openclaw.browser-relay.auth';

const base64Url = (length: number) => z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`)));
const bytes32 = base64Url(43);

const challengeSchema = z.object({
  type: z.literal('auth.challenge'),
  v: z.literal(2),
  keyId: base64Url(22),
  instanceId: base64Url(22),
  sessionId: base64Url(22),
  clientNonce: bytes32,
  serverNonce: bytes32,
  issuedAtMs: z.number(),
  expiresAtMs: z.number(),
  role: z.enum(['extension', 'cdp']),
  transport: z.enum(['websocket', 'connection']),
  method: z.enum(['GET', 'SEQUENCE']),
  resource: z.string(),
  flow: z.enum(['extension', 'cdp']),
  serverProof: bytes32,
});
export type RelayChallenge = z.infer<typeof challengeSchema>;

const greetingSchema = z.object({ type: z.literal('event'), event: z.literal('connect.challenge') });

/** What was asked: the answer has to be about exactly this. */
export interface RelayQuestion {
  /** Of the key that the relay shall prove: the first 22 characters of base64url(SHA-256(key)). */
  readonly keyId: string;
  /** 32 random bytes, base64url. */
  readonly clientNonce: string;
}

export type RelayFrame =
  /** `null` for a challenge of a shape that we do not know: whatever it proves, it does not prove it to us. */
  | { readonly type: 'challenge'; readonly challenge: RelayChallenge | null }
  /** What a gateway says first to everybody: there is no relay at this address. */
  | { readonly type: 'gateway' }
  | { readonly type: 'foreign' };

/** Reads the first frame of a socket. Never throws. */
export function parseRelayFrame(text: string): RelayFrame {
  const value = parseJson(text);
  const challenge = parsed(challengeSchema, value);
  if (challenge) return { type: 'challenge', challenge };
  if (parsed(z.object({ type: z.literal('auth.challenge') }), value)) {
    return { type: 'challenge', challenge: null };
  }
  return { type: parsed(greetingSchema, value) ? 'gateway' : 'foreign' };
}

/** Exactly these keys: a relay refuses any other. */
export const helloFrame = ({ keyId, clientNonce }: RelayQuestion): string =>
  JSON.stringify({ type: 'auth.hello', v: 2, keyId, clientNonce });

/** Whether a challenge answers our hello at this address, whatever its proof is worth. */
export const answersHello = (
  challenge: RelayChallenge,
  { keyId, clientNonce }: RelayQuestion,
  path: string,
): boolean =>
  challenge.keyId === keyId &&
  challenge.clientNonce === clientNonce &&
  challenge.role === 'extension' &&
  challenge.transport === 'websocket' &&
  challenge.method === 'GET' &&
  challenge.flow === 'extension' &&
  // A gateway behind a proxy may be served below a path of which it knows nothing.
  path.endsWith(challenge.resource);

/** The text whose HMAC-SHA256 under the relay key is the proof of one side. */
export const signedText = (challenge: RelayChallenge, side: 'server' | 'client'): string =>
  JSON.stringify([
    LABEL,
    2,
    side,
    challenge.keyId,
    challenge.instanceId,
    challenge.sessionId,
    challenge.clientNonce,
    challenge.serverNonce,
    challenge.issuedAtMs,
    challenge.expiresAtMs,
    challenge.role,
    challenge.transport,
    challenge.method,
    challenge.resource,
    challenge.flow,
  ]);

/**
 * The sequence of requests by which an agent's side asks whether the official extension is attached: it proves the
 * key without sending it, and takes nobody's place. All three on one connection.
 */
export const HTTP_SEQUENCE = {
  challenge: '/_openclaw/relay/auth/v2/challenge',
  complete: '/_openclaw/relay/auth/v2/complete',
  version: '/json/version',
} as const;

export const challengeRequest = ({ keyId, clientNonce }: RelayQuestion): string =>
  JSON.stringify({
    v: 2,
    keyId,
    clientNonce,
    role: 'cdp',
    transport: 'connection',
    method: 'SEQUENCE',
    resource: '/json/version -> /cdp',
    flow: 'cdp',
  });

export const completeRequest = (sessionId: string, clientProof: string): string =>
  JSON.stringify({ v: 2, sessionId, clientProof });

/** The status of a legacy relay; `null` if this is none. */
export function parseLegacyStatus(text: string): { readonly isAttached: boolean } | null {
  const status = parsed(z.object({ connected: z.boolean() }), parseJson(text));
  return status ? { isAttached: status.connected } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

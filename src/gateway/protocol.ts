/**
 * The frames of the gateway's WebSocket that we read, and nothing else of them.
 *
 * Everything here comes from a server that may be old, broken or hostile: unknown fields are ignored,
 * wrong types become `null`, and a frame that makes no sense is `malformed`, never an exception.
 */
import * as z from 'zod/mini';
import { parsed } from '../parse.ts';
import { Secret } from '../secret.ts';
import { type Answer, answeredId, readAnswer } from './read-methods.ts';

// zod's compiled parsers need `new Function`, which an extension's content security policy forbids.
z.config({ jitless: true });

/** Why a gateway refused a `connect` request, in its own terms. */
export interface ConnectFailure {
  /** `error.code`, e.g. `NOT_PAIRED`, `UNAVAILABLE`, `INVALID_REQUEST`. */
  readonly errorCode: string | null;
  /** `error.details.code`, e.g. `AUTH_DEVICE_TOKEN_MISMATCH`. Absent from gateways before 2026.2.22. */
  readonly detailCode: string | null;
  /** `error.details.reason` or `.authReason`: the finer reason of a code, e.g. `device-signature-stale`. */
  readonly detailReason: string | null;
  /** The gateway's own words, unfiltered: shorten and redact them before they go anywhere. */
  readonly message: string;
  readonly pairing: { readonly reason: string | null; readonly requestId: string | null } | null;
  readonly isRetryable: boolean;
  /** Milliseconds. */
  readonly retryAfterMs: number | null;
  /** The protocol that the gateway speaks, where it refused ours. */
  readonly expectedProtocol: number | null;
}

/** A version that a gateway could be updated to, as it says itself; both are `null` where it says nothing. */
export interface Offer {
  readonly currentVersion: string | null;
  readonly latestVersion: string | null;
}

/** What a `hello-ok` tells us. The rest of it (methods, snapshot, capability URLs) is dropped unread. */
export interface Hello {
  readonly protocol: number;
  readonly serverVersion: string | null;
  /** Changes with every boot; from 2026.8.1. */
  readonly bootId: string | null;
  /** Milliseconds the gateway's process runs; an in-process restart does not reset it. */
  readonly uptimeMs: number | null;
  readonly deviceToken: Secret | null;
  /** Milliseconds since the epoch, by the gateway's clock. */
  readonly deviceTokenIssuedAt: number | null;
  readonly offer: Offer;
}

export type Frame =
  | { readonly type: 'challenge'; readonly nonce: string; readonly issuedAt: number }
  | { readonly type: 'hello'; readonly hello: Hello }
  | { readonly type: 'rejected'; readonly failure: ConnectFailure }
  /** An answer to a request other than `connect`. `answer` reads it, where it is worth that. */
  | { readonly type: 'answer'; readonly id: string; readonly answer?: () => Answer }
  | { readonly type: 'shutdown'; readonly restartExpectedMs: number | null }
  /** Any other event: it proves that the gateway lives. A tick, every 30 s, says what time it is there. */
  | { readonly type: 'event'; readonly issuedAt?: number }
  /** Who is connected to the gateway has changed: what it says of them, whatever that is. */
  | { readonly type: 'presence'; readonly payload: unknown }
  /** What it could be updated to has changed. */
  | { readonly type: 'update'; readonly offer: Offer }
  /** Larger than anything that we read. */
  | { readonly type: 'too-large' }
  | { readonly type: 'malformed' };

/** The id of our `connect` request. One socket makes one. */
export const CONNECT_ID = 'connect';

/** [K3] The protocols that we speak. */
export const PROTOCOLS = { min: 3, max: 4 } as const;

/** Characters. A `hello-ok` has about 16,000, those of gateways with very many devices and sessions some 100,000. */
export const LARGEST_READ = 4_000_000;

/** Characters of a refusal's words. The longest of a real gateway have some 300. */
const LONGEST_WORDS = 2_000;

/** Characters. After hello-ok an answer to us has 200, and the announcement of a restart fewer. */
const LARGEST_READ_LIVE = 64_000;

/** What a frame after hello-ok has in it, if it can say anything to us. */
const TELLING = ['"res"', '"shutdown"', '"tick"', '"presence"', '"update.available"'] as const;

const text = z.catch(z.nullable(z.string().check(z.maxLength(512))), null);
const milliseconds = z.catch(z.nullable(z.number().check(z.gte(0), z.lte(1e15))), null);

/** What every frame begins with. Most of those that come are events that say nothing else to us. */
const headSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event: z.string() }),
  z.object({ type: z.literal('res'), id: z.string() }),
]);

const challengeSchema = z.object({
  payload: z.object({ nonce: z.string().check(z.minLength(1), z.maxLength(512)), ts: z.number() }),
});

export const NO_OFFER: Offer = { currentVersion: null, latestVersion: null };
const offer = z.catch(z.object({ currentVersion: text, latestVersion: text }), NO_OFFER);

const updateSchema = z.object({
  payload: z.catch(z.object({ updateAvailable: offer }), { updateAvailable: NO_OFFER }),
});

const presenceSchema = z.object({ payload: z.unknown() });

const tickSchema = z.object({ payload: z.object({ ts: z.number().check(z.gte(0), z.lte(1e15)) }) });

const shutdownSchema = z.object({ payload: z.object({ restartExpectedMs: milliseconds }) });

const helloSchema = z.object({
  ok: z.literal(true),
  payload: z.object({
    type: z.literal('hello-ok'),
    protocol: z.number(),
    server: z.catch(z.object({ version: text, bootId: text }), { version: null, bootId: null }),
    snapshot: z.catch(z.object({ uptimeMs: milliseconds, updateAvailable: offer }), {
      uptimeMs: null,
      updateAvailable: NO_OFFER,
    }),
    auth: z.catch(
      z.object({
        deviceToken: z.catch(z.nullable(z.string().check(z.minLength(1), z.maxLength(4096))), null),
        issuedAtMs: milliseconds,
      }),
      { deviceToken: null, issuedAtMs: null },
    ),
  }),
});

const rejectedSchema = z.object({
  ok: z.literal(false),
  error: z.object({
    code: text,
    message: z.catch(
      z.pipe(
        z.string(),
        z.transform((words: string) => words.slice(0, LONGEST_WORDS)),
      ),
      '',
    ),
    details: z.optional(z.unknown()),
    retryable: z.catch(z.boolean(), false),
    retryAfterMs: milliseconds,
  }),
});

/** [B3] Reads one text frame of a gateway that has let us in: most say nothing but that it lives. Never throws. */
export function parseLiveFrame(raw: string): Frame {
  const id = answeredId(raw);
  if (id !== null) return { type: 'answer', id, answer: () => readAnswer(raw) };
  return raw.length <= LARGEST_READ_LIVE && TELLING.some((word) => raw.includes(word))
    ? parseFrame(raw)
    : { type: 'event' };
}

/** Reads one text frame. Never throws. */
export function parseFrame(raw: string): Frame {
  if (raw.length > LARGEST_READ) return { type: 'too-large' };
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    return { type: 'malformed' };
  }
  const head = parsed(headSchema, json);
  if (!head) return { type: 'malformed' };
  if (head.type === 'event') return readEvent(head.event, json);
  if (head.id !== CONNECT_ID) return { type: 'answer', id: head.id };

  const hello = parsed(helloSchema, json)?.payload;
  if (hello) return { type: 'hello', hello: readHello(hello) };
  const error = parsed(rejectedSchema, json)?.error;
  return error ? { type: 'rejected', failure: readFailure(error) } : { type: 'malformed' };
}

function readEvent(name: string, json: unknown): Frame {
  if (name === 'connect.challenge') {
    const challenge = parsed(challengeSchema, json)?.payload;
    if (challenge) return { type: 'challenge', nonce: challenge.nonce, issuedAt: challenge.ts };
  }
  if (name === 'shutdown') {
    const shutdown = parsed(shutdownSchema, json)?.payload;
    if (shutdown) return { type: 'shutdown', restartExpectedMs: shutdown.restartExpectedMs };
  }
  if (name === 'presence') {
    return { type: 'presence', payload: parsed(presenceSchema, json)?.payload ?? null };
  }
  if (name === 'update.available') {
    return { type: 'update', offer: parsed(updateSchema, json)?.payload.updateAvailable ?? NO_OFFER };
  }
  const tick = name === 'tick' ? parsed(tickSchema, json)?.payload : null;
  return tick ? { type: 'event', issuedAt: tick.ts } : { type: 'event' };
}

function readHello(payload: z.infer<typeof helloSchema>['payload']): Hello {
  const { deviceToken, issuedAtMs } = payload.auth;
  return {
    protocol: payload.protocol,
    serverVersion: payload.server.version,
    bootId: payload.server.bootId,
    uptimeMs: payload.snapshot.uptimeMs,
    deviceToken: deviceToken === null ? null : new Secret(deviceToken),
    deviceTokenIssuedAt: issuedAtMs,
    offer: payload.snapshot.updateAvailable,
  };
}

/** `error.details`, as far as any generation fills it. Up to 2026.2.21 "pairing required" has an id there and no code. */
const detailsSchema = z.object({
  code: text,
  requestId: z.catch(z.nullable(z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/))), null),
  reason: text,
  authReason: text,
  expectedProtocol: z.catch(z.nullable(z.number()), null),
});

const NO_DETAILS: z.infer<typeof detailsSchema> = {
  code: null,
  requestId: null,
  reason: null,
  authReason: null,
  expectedProtocol: null,
};

function readFailure(error: z.infer<typeof rejectedSchema>['error']): ConnectFailure {
  const { code, requestId, reason, authReason, expectedProtocol } =
    parsed(detailsSchema, error.details) ?? NO_DETAILS;
  const detailCode = code?.trim() || null;
  const worded = detailCode === null ? pairingInWords(error.message) : null;
  return {
    errorCode: error.code,
    detailCode,
    detailReason: reason ?? authReason,
    message: error.message,
    pairing:
      detailCode === 'PAIRING_REQUIRED'
        ? { reason, requestId }
        : worded && { ...worded, requestId: worded.requestId ?? requestId },
    isRetryable: error.retryable,
    retryAfterMs: error.retryAfterMs,
    expectedProtocol,
  };
}

/** How gateways put the reason of "pairing required" into words; the plain one stands for a new device. */
const PAIRING_WORDS: readonly (readonly [RegExp, reason: string])[] = [
  [/higher role/i, 'role-upgrade'],
  [/more scopes/i, 'scope-upgrade'],
  [/identity changed/i, 'metadata-upgrade'],
];

/** What a message says that has no details beside it; `null` if it is not about pairing. */
function pairingInWords(message: string): ConnectFailure['pairing'] {
  if (!/pairing required/i.test(message)) return null;
  return {
    reason: PAIRING_WORDS.find(([words]) => words.test(message))?.[1] ?? 'not-paired',
    requestId: /\(requestId:\s*([A-Za-z0-9][A-Za-z0-9._:-]{0,127})\)/i.exec(message)?.[1] ?? null,
  };
}

/**
 * The failure that a close frame alone tells, for gateways whose error frame did not reach us.
 * Reasons are cut at about 120 characters by newer gateways, so they are the last resort.
 */
export function failureFromClose(reason: string): ConnectFailure {
  return {
    errorCode: null,
    detailCode: null,
    detailReason: null,
    message: reason,
    pairing: pairingInWords(reason),
    isRetryable: false,
    retryAfterMs: null,
    expectedProtocol: null,
  };
}

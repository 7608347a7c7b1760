/**
 * [B7] What may be asked of a gateway that has let us in, beside whether it lives: methods that only read, that `operator.read`
 * allows, and that name no chat, no session and no memory. Pure.
 */
/** The only methods that are ever sent, and how long each may take, in milliseconds. */
export const READ_METHODS = {
  'channels.status': 3_000,
  // The first one loads the schemas of all plugins: 3 to 11 s on 2026.5.28 and two busy cores. Later ones take 0.1 s.
  'config.get': 15_000,
  'cron.list': 3_000,
  'cron.status': 3_000,
  'diagnostics.stability': 3_000,
  'gateway.restart.preflight': 2_000,
  health: 3_000,
  'logs.tail': 3_000,
  'models.authStatus': 3_000,
  'node.list': 3_000,
  status: 3_000,
  'system-presence': 3_000,
  'system.info': 3_000,
} as const;
export type ReadMethod = keyof typeof READ_METHODS;

/** What a gateway announces and no method tells. It is never sent: the last that was announced is the answer. */
export const ANNOUNCED = ['update.available'] as const;
/** What a page may ask for. */
export type Topic = ReadMethod | (typeof ANNOUNCED)[number];

/** What a method is given: flat, and small. */
export type ReadParams = Readonly<Record<string, string | number | boolean>>;

/** What came of a question. */
export type Answer =
  /** Whatever the gateway says: reduce it at once to what is needed. */
  | { readonly type: 'answered'; readonly payload: unknown }
  /** It does not know the method, or does not let us. `code`: its `error.code`. */
  | { readonly type: 'refused'; readonly code: string | null }
  | { readonly type: 'dropped'; readonly reason: (typeof DROPPED)[number] };

export const DROPPED = ['not-connected', 'too-slow', 'too-large', 'malformed'] as const;

/** Characters. The configuration of a large installation has some 100,000. */
export const LARGEST_ANSWER = 2_000_000;

const LONGEST_CODE = 64;

/** What the ids of our questions begin with. */
const PREFIX = 'look-';

/** Where a frame names what it answers: gateways put type and id first. */
const HEAD = 120;

export const questionId = (serial: number): string => `${PREFIX}${serial}`;

export const questionFrame = (id: string, method: ReadMethod, params: ReadParams): string =>
  JSON.stringify({ type: 'req', id, method, params });

/** The id of the question that a frame of any length answers; `null` if it is none of ours. Reads its head alone. */
export const answeredId = (raw: string): string | null =>
  new RegExp(`"id":"(${PREFIX}\\d{1,9})"`).exec(raw.slice(0, HEAD))?.[1] ?? null;

/** What the frame says that answers a question. Never throws. */
export function readAnswer(raw: string): Answer {
  if (raw.length > LARGEST_ANSWER) return { type: 'dropped', reason: 'too-large' };
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    return { type: 'dropped', reason: 'malformed' };
  }
  const { ok, payload, error } = { ...(json as Record<string, unknown> | null) };
  if (ok === true) return { type: 'answered', payload };
  if (ok !== false) return { type: 'dropped', reason: 'malformed' };
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return { type: 'refused', code: typeof code === 'string' && code.length <= LONGEST_CODE ? code : null };
}

/**
 * What is kept of a gateway's other clients, in the gateway's own terms; what it means is made of it where it is shown. That
 * it is kept at all is the user's consent: nothing lies on the disk where there is none, and withdrawing it deletes
 * everything.
 *
 * - O1 Of a log and of a list of clients nothing is kept but these fields. Each matches a strict pattern, or is made fit to
 *   show and short; what does not is `null`.
 */
import * as z from 'zod/mini';

z.config({ jitless: true });

const matching = (pattern: RegExp) => z.catch(z.nullable(z.string().check(z.regex(pattern))), null);

/** A client's own words, as `shown.ts` has made them. */
const shown = z.catch(z.nullable(z.string().check(z.maxLength(80))), null);
const code = matching(/^[a-z][a-z_-]{1,59}$/);
const version = matching(/^[\w.+-]{1,40}$/);
const ipAddress = matching(/^[\da-f.:]{2,45}$/i);
/** Of a gateway lower-case hex of 64 digits; what is kept is its beginning. */
const device = matching(/^[\da-f]{12}(?:[\da-f]{52})?$/);

/** Times by this computer's clock, in milliseconds since the epoch. */
const instant = z.number();
const someInstant = z.catch(z.nullable(z.number().check(z.gte(0), z.lte(1e15))), null);

/** What a refusal says, by the names of the gateway's log. */
export const FACTS = {
  cause: code,
  reason: code,
  authReason: code,
  /** The kind of credential that was sent. */
  authProvided: code,
  client: code,
  clientDisplayName: shown,
  mode: code,
  version,
  platform: shown,
  deviceId: device,
  origin: matching(/^(?:https?|[a-z]{3,10}-extension):\/\/[\w.:[\]-]{1,120}$/),
  forwardedFor: ipAddress,
  remoteAddr: ipAddress,
  requestId: matching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/),
};
const factsSchema = z.object(FACTS);
export type Facts = z.infer<typeof factsSchema>;

/** One client and one cause, however often. */
const refusedSchema = z.object({
  ...FACTS,
  firstAt: instant,
  lastAt: instant,
  /** At least so many: of some refusals a gateway does not log each. */
  count: z.number(),
  /** When the newest of them were. */
  recent: z.array(instant),
  /** When a notification told of it; `null`: none did, or it ended since. */
  toldAt: z.nullable(instant),
});
export type Refused = z.infer<typeof refusedSchema>;

/** A client that is connected, or was, by the names of `system-presence`. */
export const VISITOR = {
  clientId: code,
  mode: code,
  host: shown,
  version,
  platform: shown,
  deviceId: device,
  ip: ipAddress,
  reason: z.enum(['connect', 'disconnect']),
  /** [O12] When we saw it come. */
  onlineSince: someInstant,
  /** When it was heard of last, or left, as far as the gateway says. */
  ts: someInstant,
};
const visitorSchema = z.object(VISITOR);
export type Visitor = z.infer<typeof visitorSchema>;

export const othersSchema = z.object({
  /** When the user allowed it. */
  since: instant,
  /** The one that was told last stands last. */
  refused: z.array(refusedSchema),
  visitors: z.array(visitorSchema),
  /** By device: which program it said it was, and when it was approved. */
  names: z.record(z.string(), z.string()),
  approved: z.record(z.string(), instant),
  /** When the log and the list of clients were first read over the connection that is, or was last. */
  readAt: z.nullable(instant),
  presentAt: z.nullable(instant),
  /** The gateway does not answer the question, or keeps no log that it could show. */
  blind: z.nullable(z.enum(['refused', 'no-log'])),
});
export type Others = z.infer<typeof othersSchema>;

/** What is known in the moment of consent. */
export const nothingKnown = (now: number): Others => ({
  since: now,
  refused: [],
  visitors: [],
  names: {},
  approved: {},
  readAt: null,
  presentAt: null,
  blind: null,
});

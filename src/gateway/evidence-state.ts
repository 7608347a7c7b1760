/** The shape of what is kept of a connection's past. Written and read by `evidence.ts`; apart from it, because pages read without a schema. */
import * as z from 'zod/mini';
import { CAUSES } from './causes.ts';

const instant = z.number();

export const evidenceSchema = z.object({
  /** The last sockets that reached hello-ok and are over, oldest first. */
  sockets: z.array(
    z.object({
      /** When hello-ok came. */
      openedAt: instant,
      closedAt: instant,
      /** `null`: it was not closed on us. We gave it up, or the worker died: then `closedAt` is its last sign of life. */
      closeCode: z.nullable(z.number()),
      wasAnnounced: z.boolean(),
    }),
  ),
  /** Who answered at the last handshakes, oldest first. */
  servers: z.array(
    z.object({
      at: instant,
      version: z.nullable(z.string()),
      bootId: z.nullable(z.string()),
      /** Of the process; an in-process restart does not reset it. */
      uptimeMs: z.nullable(z.number()),
    }),
  ),
  /** When the last challenge came. */
  challengedAt: z.nullable(instant),
  /** The gateway's clock minus ours: the least that explains the last challenge, whenever between dialling and now it was written. */
  skewMs: z.nullable(z.number()),
  /**
   * Of the last challenge: from dialling until the WebSocket opened, until the challenge, until hello-ok (`null`
   * until that came). A browser may hold back the first part; the differences are the gateway's own.
   */
  openMs: z.nullable(z.number()),
  challengeMs: z.nullable(z.number()),
  helloMs: z.nullable(z.number()),
  /**
   * When the gateway last announced a restart. Forgotten at the next hello-ok, unless the one who answers is
   * proved to be the one from before.
   */
  restartAnnouncedAt: z.nullable(instant),
  /**
   * A gateway of before 2026.8.1 does not admit this extension's origin: since when, when it was gone in between (it
   * restarts when its list is changed), and when it refused all the same after that. Forgotten at hello-ok.
   */
  turnedAway: z._default(
    z.nullable(z.object({ since: instant, wentAt: z.nullable(instant), stillAt: z.nullable(instant) })),
    null,
  ),
  /** [E11] When others answered at the address, who had never issued our device token; oldest first. */
  strangers: z.array(z.object({ since: instant, until: instant })),
  /** Repairs that succeeded, oldest first: with an approval or without. The first pairing is none. */
  repairs: z.array(z.object({ at: instant, cause: z.enum(CAUSES) })),
});

export type Evidence = z.infer<typeof evidenceSchema>;

export const NO_EVIDENCE: Evidence = {
  sockets: [],
  servers: [],
  challengedAt: null,
  skewMs: null,
  openMs: null,
  challengeMs: null,
  helloMs: null,
  restartAnnouncedAt: null,
  turnedAway: null,
  strangers: [],
  repairs: [],
};

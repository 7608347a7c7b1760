/** The shape of what is kept of a connection's past. Written and read by `evidence.ts`; apart from it, because pages read without a schema. */
import * as z from 'zod/mini';
import { CAUSES } from './causes.ts';

const instant = z.number();

export const evidenceSchema = z.object({
  /** The last sockets that reached hello-ok, oldest first. */
  sockets: z.array(
    z.object({ openedAt: instant, closedAt: instant, closeCode: z.number(), wasAnnounced: z.boolean() }),
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
  /** The gateway's clock minus ours, at the last challenge. */
  skewMs: z.nullable(z.number()),
  /** From dialling to the challenge, and from dialling to hello-ok, the last time. */
  challengeMs: z.nullable(z.number()),
  helloMs: z.nullable(z.number()),
  /** When the gateway last announced a restart, if the one who answered next was somebody old. */
  restartAnnouncedAt: z.nullable(instant),
  /** Repairs and approvals that succeeded, oldest first. */
  repairs: z.array(z.object({ at: instant, cause: z.enum(CAUSES) })),
});

export type Evidence = z.infer<typeof evidenceSchema>;

export const NO_EVIDENCE: Evidence = {
  sockets: [],
  servers: [],
  skewMs: null,
  challengeMs: null,
  helloMs: null,
  restartAnnouncedAt: null,
  repairs: [],
};

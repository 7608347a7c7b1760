/** What is kept of one gateway's past, for the history page. Bounded, and free of anything but facts about status. */
import * as z from 'zod/mini';
import { CAUSES } from '../gateway/causes.ts';
import { STATUS_CODES } from '../gateway/status.ts';
import { RELAY_CAUSES } from '../relay/causes.ts';

const instant = z.number();

/**
 * Who ended an incident: the gateway came back, we repaired it, a person acted, or it was not waited for
 * (paused).
 */
export const INCIDENT_CURES = ['by-itself', 'repaired', 'by-user', 'paused'] as const;
export type IncidentCure = (typeof INCIDENT_CURES)[number];

const incidentSchema = z.object({
  /** Also its name: one gateway has one incident at a time. */
  startedAt: instant,
  /** `null` while it lasts. */
  endedAt: z.nullable(instant),
  /** The clearest cause that was found while it lasted. */
  cause: z.enum([...CAUSES, ...RELAY_CAUSES]),
  /** The worst state that was shown. */
  worst: z.enum(STATUS_CODES),
  closeCode: z.nullable(z.number()),
  cure: z.nullable(z.enum(INCIDENT_CURES)),
});

export const historySchema = z.object({
  /** When this gateway was first connected: nothing before it counts. */
  startedAt: z.nullable(instant),
  /** While the browser was open and this gateway watched. In order, without overlap. */
  watched: z.array(z.object({ from: instant, to: instant })),
  /** In order; only the last one can be open. */
  incidents: z.array(incidentSchema),
  /** Successful handshakes: when, and how long from dialling to hello-ok. In order. */
  connects: z.array(z.object({ at: instant, helloMs: z.nullable(z.number()) })),
});

export type History = z.infer<typeof historySchema>;
export type Incident = History['incidents'][number];

export const NO_HISTORY: History = { startedAt: null, watched: [], incidents: [], connects: [] };

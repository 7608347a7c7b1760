/** What we know of one gateway's Browser Relay: what is stored. Holds no key. */
import * as z from 'zod/mini';
import { RELAY_CAUSES } from './causes.ts';

const instant = z.number();

/** Which relay this gateway has (docs/gateway.md): it decides what may be done without disturbing anybody. */
const RELAY_GENERATIONS = ['legacy', 'none', 'v1', 'v2', 'unknown'] as const;

const readingSchema = z.object({
  at: instant,
  cause: z.enum(RELAY_CAUSES),
  generation: z.enum(RELAY_GENERATIONS),
  /** The address that the cause is about, without any key; `null` if none was asked. */
  address: z.nullable(z.string()),
  /** Whether the official extension is attached; `unseen` where that cannot be read without a permission. */
  attached: z.enum(['yes', 'no', 'unseen']),
  /** [L13] Whether the relay's own port is served by the process of the gateway; `null` where that was not proved. */
  process: z.catch(z.nullable(z.enum(['gateway', 'another'])), null),
  /** The relay's own words or close code, where there were any; redacted. */
  words: z.nullable(z.string()),
  tookMs: z.number(),
});

export const relayStateSchema = z.object({
  /** The relay key in the vault: which value, where it belongs, and when the relay last proved that it has it too. */
  key: z.nullable(
    z.object({
      serial: z.string(),
      /** The address of the pairing string, without key and gateway hint. */
      address: z.string(),
      profile: z.nullable(z.string()),
      addedAt: instant,
      provenAt: z.nullable(instant),
    }),
  ),
  /** The last look. */
  reading: z.nullable(readingSchema),
  /** Since when the looks come to the same cause. */
  since: z.nullable(instant),
  /** The relay was seen at work, or the user gave us its key: its absence is worth telling. */
  isExpected: z.boolean(),
});

export type RelayReading = z.infer<typeof readingSchema>;
export type RelayState = z.infer<typeof relayStateSchema>;

/** What the user chose for the whole extension. What belongs to one gateway is kept with the gateway. */
import * as z from 'zod/mini';
import { NOTIFY_LEVELS } from './notify/policy.ts';

const minuteOfDay = z.number().check(z.gte(0), z.lte(1_439));

export const settingsSchema = z.object({
  notify: z.object({
    level: z.enum(NOTIFY_LEVELS),
    quietHours: z.nullable(z.object({ from: minuteOfDay, to: minuteOfDay })),
    /** Milliseconds since the epoch. */
    snoozedUntil: z.nullable(z.number()),
    /** Tell of other clients that a gateway rejects, where its user lets us read of them. */
    others: z.boolean(),
  }),
  /** Replace a refused device token without asking, where the gateway secret is kept. */
  repairsByItself: z.boolean(),
  /** How long the history is kept. */
  keepDays: z.literal([7, 30, 90]),
  theme: z.enum(['system', 'light', 'dark']),
  /** Toolbar icons: as suits the colours that pages see, in colour, or of one colour for a light or a dark toolbar. */
  icons: z.enum(['auto', 'color', 'on-light', 'on-dark']),
  /** Write OK on the icon when all is well. */
  showsOk: z.boolean(),
  /** Write on the icon how many other clients are rejected, where all is well with ours. */
  countsOthers: z.boolean(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** The colours that the browser has, as `prefers-color-scheme` says in a page; a worker has no such thing to ask. */
export const schemeSchema = z.enum(['light', 'dark']);
export type Scheme = z.infer<typeof schemeSchema>;

/** Settings of before other clients could be told of: they are not, until the user says so. */
export const withoutOthers = (old: unknown): unknown => {
  const settings = old as Settings;
  return { ...settings, notify: { ...settings.notify, others: false }, countsOthers: false };
};

/** Notifications are off until the user turns them on, because they need a permission. */
export const DEFAULT_SETTINGS: Settings = {
  notify: { level: 'off', quietHours: null, snoozedUntil: null, others: false },
  repairsByItself: true,
  keepDays: 30,
  theme: 'system',
  icons: 'auto',
  showsOk: false,
  countsOthers: false,
};

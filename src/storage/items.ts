/**
 * Every key in `storage.local`, with its shape and lifetime; `others:…` is in `others-item.ts`, which few pages need.
 * Nothing is kept in `storage.sync`: a pairing belongs to one browser. The two key pairs of an installation live in IndexedDB (`browser/keys.ts`).
 */
import * as z from 'zod/mini';
import type { StoredCredentialKind } from '../gateway/causes.ts';
import { NO_EVIDENCE } from '../gateway/evidence-state.ts';
import { type ConnectionState, connectionStateSchema, NOTHING_ASIDE } from '../gateway/state.ts';
import { historySchema } from '../history/state.ts';
import { NOTIFICATION_KINDS } from '../notify/policy.ts';
import { relayStateSchema } from '../relay/state.ts';
import { PLATFORMS } from '../remedy/types.ts';
import { schemeSchema, settingsSchema, withoutOthers } from '../settings.ts';
import { defineItem } from './item.ts';
import { CONNECTION, GATEWAYS, RELAY } from './layout.ts';

const gatewaySchema = z.object({
  id: z.string(),
  address: z.string(),
  reach: z.enum(['loopback', 'private', 'public']),
  addedAt: z.number(),
  /** What the user calls it; `null` = by its host. */
  name: z.nullable(z.string()),
});

/** The gateways the user added; the first one decides the icon when all are well. Lives until the user forgets them. */
export const gatewaysItem = defineItem({
  ...GATEWAYS,
  schema: z.array(gatewaySchema),
  migrations: { 1: (old) => (old as object[]).map((gateway) => ({ ...gateway, name: null })) },
});

/** Version 2 knows of a handshake when its WebSocket opened (reading drops that from other phases), and of the past. */
function remembering(old: unknown): unknown {
  const { phase, ...rest } = old as { phase: object };
  return { ...rest, phase: { openedAt: null, ...phase }, evidence: NO_EVIDENCE };
}

/** Version 3 keeps what was refused, and knows of the others who may answer. */
function settingAside(old: unknown): unknown {
  const state = old as ConnectionState;
  const { held, evidence } = state;
  const unrefused = <T>(entry: T | null) => entry && { ...entry, refusal: null };
  return {
    ...state,
    held: {
      ...held,
      deviceToken: unrefused(held.deviceToken),
      gatewaySecret: unrefused(held.gatewaySecret),
      setupCode: unrefused(held.setupCode),
    },
    aside: NOTHING_ASIDE,
    mayBeAnother: false,
    isPairing: false,
    lookout: null,
    evidence: { ...evidence, strangers: [] },
  };
}

/** The connection as it was when it last changed. Lives as long as its gateway; a lost one is rebuilt by pairing. */
export const connectionItem = (gatewayId: string) =>
  defineItem({
    key: CONNECTION.key(gatewayId),
    version: CONNECTION.version,
    schema: connectionStateSchema,
    migrations: { 1: remembering, 2: settingAside },
  });

/** The Browser Relay beside a gateway, as it was at the last look. Lives as long as its gateway. */
export const relayItem = (gatewayId: string) =>
  defineItem({ key: RELAY.key(gatewayId), version: RELAY.version, schema: relayStateSchema });

/** Incidents and connects of a gateway. Written when one begins or ends. Lives as long as its gateway, bounded. */
export const historyItem = (gatewayId: string) =>
  defineItem({
    key: `history:${gatewayId}`,
    version: 1,
    schema: z.object({
      startedAt: historySchema.shape.startedAt,
      incidents: historySchema.shape.incidents,
      connects: historySchema.shape.connects,
    }),
  });

/** When a gateway was watched: apart from its incidents, because it grows by the minute. */
export const watchedItem = (gatewayId: string) =>
  defineItem({ key: `watched:${gatewayId}`, version: 1, schema: historySchema.shape.watched });

/** Version 2 chooses the icons itself, where the user has not. */
const choosingIcons = (old: unknown): unknown => {
  const settings = old as { icons: string };
  return settings.icons === 'color' ? { ...settings, icons: 'auto' } : settings;
};

/** What the user chose for the whole extension. Lives until it is reset. */
export const settingsItem = defineItem({
  key: 'settings',
  version: 3,
  schema: settingsSchema,
  migrations: { 1: choosingIcons, 2: withoutOthers },
});

/** Whether the browser is light or dark, as the last page that was open saw it. Lives until all is reset. */
export const schemeItem = defineItem({ key: 'scheme', version: 1, schema: schemeSchema });

/** What was told of each gateway by notifications, so that a new worker does not tell it again. */
export const toldItem = defineItem({
  key: 'told',
  version: 1,
  schema: z.array(
    z.object({ gatewayId: z.string(), kind: z.enum(NOTIFICATION_KINDS), since: z.number(), at: z.number() }),
  ),
});

const preferencesSchema = z.object({
  /** Where the gateway runs, as the user told us: it decides how its commands are written. `null`: as it seems. */
  platform: z.nullable(z.enum(PLATFORMS)),
  /** The user does not want to be offered self-repair. */
  isSelfRepairDeclined: z.boolean(),
});

export type Preferences = z.infer<typeof preferencesSchema>;

export const NO_PREFERENCES: Preferences = { platform: null, isSelfRepairDeclined: false };

/** What the user prefers for a gateway. Lives as long as the gateway. */
export const preferencesItem = (gatewayId: string) =>
  defineItem({
    key: `preferences:${gatewayId}`,
    version: 2,
    schema: preferencesSchema,
    migrations: { 1: (old) => ({ ...NO_PREFERENCES, ...(old as Pick<Preferences, 'platform'>) }) },
  });

const insideSchema = z.object({
  /** The user allows reading the gateway's configuration while a page of ours is open. */
  readsConfig: z.boolean(),
  /** What the last look inside found: codes and numbers, no name and no word of the gateway's. `null`: none was made. */
  last: z.nullable(
    z.object({
      at: z.number(),
      found: z.array(z.object({ code: z.string().check(z.maxLength(40)), figures: z.array(z.number()) })),
    }),
  ),
});

export type InsideMemory = z.infer<typeof insideSchema>;

export const NO_INSIDE: InsideMemory = { readsConfig: false, last: null };

/** Consent to look into a gateway's configuration, and what the last look found. Lives as long as the gateway, or the consent. */
export const insideItem = (gatewayId: string) =>
  defineItem({ key: `inside:${gatewayId}`, version: 1, schema: insideSchema });

const sealedSchema = z.object({
  /** Names this one value; see `Held` in `gateway/state.ts`. */
  serial: z.string(),
  /** base64 of the AES-GCM nonce and of the ciphertext. */
  iv: z.string(),
  data: z.string(),
});

/**
 * The sealed credentials of one kind, the newest first: the one in use, and the one that is set aside (SPEC R18). Device
 * token: until a newer one has worked, or a week after it was refused. Setup code: until its first success or its
 * expiry. Gateway secret: until the first success, or as long as the user wants it remembered, or a week after it was
 * refused. Relay key: as long as its gateway, or until the user withdraws it.
 */
export const credentialItem = (gatewayId: string, kind: StoredCredentialKind | 'relay-key') =>
  defineItem({
    key: `credential:${gatewayId}:${kind}`,
    version: 2,
    schema: z.array(sealedSchema),
    migrations: { 1: (old) => [old] },
  });

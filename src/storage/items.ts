/**
 * Every key in `storage.local`, with its shape and lifetime. Nothing is kept in `storage.sync`: a pairing
 * belongs to one browser. The two key pairs of an installation live in IndexedDB (`browser/keys.ts`).
 */
import * as z from 'zod/mini';
import type { StoredCredentialKind } from '../gateway/causes.ts';
import { NO_EVIDENCE } from '../gateway/evidence-state.ts';
import { connectionStateSchema } from '../gateway/state.ts';
import { relayStateSchema } from '../relay/state.ts';
import { defineItem } from './item.ts';

const gatewaySchema = z.object({
  id: z.string(),
  address: z.string(),
  reach: z.enum(['loopback', 'private', 'public']),
  addedAt: z.number(),
});

/** The gateways the user added, in that order. Lives until the user forgets them. */
export const gatewaysItem = defineItem({ key: 'gateways', version: 1, schema: z.array(gatewaySchema) });

/** The connection as it was when it last changed. Lives as long as its gateway; a lost one is rebuilt by pairing. */
export const connectionItem = (gatewayId: string) =>
  defineItem({
    key: `connection:${gatewayId}`,
    version: 2,
    schema: connectionStateSchema,
    migrations: { 1: (old) => ({ ...(old as object), evidence: NO_EVIDENCE }) },
  });

/** The Browser Relay beside a gateway, as it was at the last look. Lives as long as its gateway. */
export const relayItem = (gatewayId: string) =>
  defineItem({ key: `relay:${gatewayId}`, version: 1, schema: relayStateSchema });

const sealedSchema = z.object({
  /** Names this one value; see `Held` in `gateway/state.ts`. */
  serial: z.string(),
  /** base64 of the AES-GCM nonce and of the ciphertext. */
  iv: z.string(),
  data: z.string(),
});

/**
 * A sealed credential. Device token: until the gateway refuses it. Setup code: until its first success or its
 * expiry. Gateway secret: until the first success, or as long as the user wants it remembered. Relay key: as long
 * as its gateway, or until the user withdraws it.
 */
export const credentialItem = (gatewayId: string, kind: StoredCredentialKind | 'relay-key') =>
  defineItem({ key: `credential:${gatewayId}:${kind}`, version: 1, schema: sealedSchema });

/** What a page may ask of the worker, as the worker checks it. Apart from `messages.ts`: no page needs the library. */
import * as z from 'zod/mini';
import { ANNOUNCED, READ_METHODS, type ReadMethod, type Topic } from './gateway/read-methods.ts';
import { schemeSchema, settingsSchema } from './settings.ts';

z.config({ jitless: true });

const gatewayId = z.string().check(z.minLength(1), z.maxLength(64));

/** What a page says over its port. */
export const remarkSchema = z.discriminatedUnion('type', [
  /** Which gateway it shows. */
  z.object({ type: z.literal('looking'), gatewayId }),
  /** Which colours the browser has: the toolbar's icons are chosen to suit. */
  z.object({ type: z.literal('seeing'), scheme: schemeSchema }),
]);
export type Remark = z.infer<typeof remarkSchema>;

/** [B7] A question to a gateway, which the worker passes on. */
export const questionSchema = z.object({
  type: z.literal('ask-gateway'),
  gatewayId,
  method: z.enum([...ANNOUNCED, ...(Object.keys(READ_METHODS) as ReadMethod[])] satisfies [
    Topic,
    ...Topic[],
  ]),
  params: z.record(
    z.string().check(z.maxLength(64)),
    z.union([z.string().check(z.maxLength(256)), z.number(), z.boolean()]),
  ),
});
export type Question = z.infer<typeof questionSchema>;

export const commandSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('pair'),
    /** What the user pasted, as pasted. Recognised and sealed by the worker; never stored as it is. */
    text: z.string().check(z.maxLength(100_000)),
    /** The second field: a gateway secret for an address that came without one. */
    secret: z.nullable(z.string().check(z.maxLength(4_096))),
    /** The user says that this gateway needs none, or knows its users by its proxy. */
    withoutSecret: z.boolean(),
    /** Keep the gateway secret, sealed, so that repairs need no click. */
    remember: z.boolean(),
    /** The gateway whose card the text was pasted on: a bare secret is meant for it. */
    gatewayId: z.nullable(gatewayId),
    /** The user says that what was pasted is meant for this address, whatever it names itself. */
    at: z.optional(z.string().check(z.maxLength(2_000))),
  }),
  z.object({
    type: z.literal('turn-on-repair'),
    gatewayId,
    /** The gateway secret, as typed or pasted. */
    text: z.string().check(z.maxLength(100_000)),
  }),
  z.object({ type: z.literal('check'), gatewayId }),
  /** In a tab that the worker keeps an eye on; the page could open it as well. */
  z.object({ type: z.literal('open-dashboard'), gatewayId }),
  /** [R25] The same, of what stands before the gateway, such as a login. */
  z.object({ type: z.literal('open-way'), gatewayId }),
  z.object({ type: z.literal('pause'), gatewayId }),
  z.object({ type: z.literal('resume'), gatewayId }),
  z.object({ type: z.literal('dismiss-notice'), gatewayId }),
  z.object({ type: z.literal('forget-secret'), gatewayId }),
  /** The relay key came with `pair`, as a relay pairing string. */
  z.object({ type: z.literal('forget-relay-key'), gatewayId }),
  /** `null` takes the name back. */
  z.object({
    type: z.literal('rename-gateway'),
    gatewayId,
    name: z.nullable(z.string().check(z.maxLength(1_000))),
  }),
  /** The first gateway decides the icon when all are well. */
  z.object({ type: z.literal('put-first'), gatewayId }),
  z.object({ type: z.literal('delete-history'), gatewayId }),
  /** The user's consent to read of a gateway's other clients, or its end, which deletes what was kept. */
  z.object({ type: z.literal('watch-others'), gatewayId, isOn: z.boolean() }),
  z.object({ type: z.literal('set-settings'), settings: settingsSchema }),
  /** Removes the gateway with its pairing, identity and secrets. */
  z.object({ type: z.literal('forget-gateway'), gatewayId }),
]);
export type Command = z.infer<typeof commandSchema>;

/** Reading what comes from outside by a schema, and never throwing. */
import * as z from 'zod/mini';

/**
 * The value if it fits the schema, else `undefined`. Length and size checks compare before they look at types, and
 * throw at objects that cannot be compared, such as `{"length":{"toString":1}}`: that does not fit either.
 */
export function parsed<T>(schema: z.ZodMiniType<T>, value: unknown): T | undefined {
  try {
    return z.safeParse(schema, value).data;
  } catch {
    return undefined;
  }
}

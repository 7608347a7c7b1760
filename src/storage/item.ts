/**
 * One stored item: `{ version, value }` under one key. Pure: `browser/storage.ts` moves it to and from disk.
 *
 * Reading never throws and never resets. What a newer version wrote, or what nobody can read, is left where it
 * is and becomes a problem that the user sees; losing a pairing silently would be worse than not starting.
 */
import * as z from 'zod/mini';
import { parsed } from '../parse.ts';

z.config({ jitless: true });

export type Reading<T> =
  | { readonly type: 'value'; readonly value: T }
  | { readonly type: 'absent' }
  | { readonly type: 'newer' }
  | { readonly type: 'unreadable' };

export interface Item<T> {
  readonly key: string;
  decode(raw: unknown): Reading<T>;
  encode(value: T): unknown;
}

interface Definition<T> {
  readonly key: string;
  /** Starts at 1 and grows by 1 with every change of the shape. */
  readonly version: number;
  readonly schema: z.ZodMiniType<T>;
  /** `migrations[n]` makes a value of version n + 1 from one of version n. Never removed once shipped. */
  readonly migrations?: Readonly<Record<number, (old: unknown) => unknown>>;
}

const envelope = z.object({ version: z.number(), value: z.unknown() });

export function defineItem<T>({ key, version, schema, migrations = {} }: Definition<T>): Item<T> {
  return {
    key,
    encode: (value) => ({ version, value }),
    decode(raw) {
      if (raw === undefined) return { type: 'absent' };
      const stored = parsed(envelope, raw);
      if (!stored) return { type: 'unreadable' };
      if (stored.version > version) return { type: 'newer' };
      const value = parsed(schema, migrate(stored.value, stored.version, version, migrations));
      return value === undefined ? { type: 'unreadable' } : { type: 'value', value };
    },
  };
}

function migrate(
  value: unknown,
  from: number,
  to: number,
  migrations: Readonly<Record<number, (old: unknown) => unknown>>,
): unknown {
  let current = value;
  for (let version = from; version < to; version += 1) {
    const step = migrations[version];
    if (!step) return undefined;
    try {
      current = step(current);
    } catch {
      // A migration that trips over a shape it never saw: unreadable, not lost.
      return undefined;
    }
  }
  return current;
}

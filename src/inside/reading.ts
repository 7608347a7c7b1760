/**
 * How the answers of a gateway are read: reduced at once to what the findings need. Everything comes from a server that may be
 * old, broken or hostile: a field that is missing or of another kind proves nothing, lists are cut, and text is made
 * presentable. Pure.
 *
 * - I1 A method that a version lacks, or does not let us call, makes its row "this version does not tell", and nothing else.
 * - I2 Of a list no more than 12 entries are kept, of a text no more than 240 characters, redacted and on one line.
 */
import * as z from 'zod/mini';
import { presentable } from '../foreign-text.ts';
import type { Answer } from '../gateway/read-methods.ts';
import { parsed } from '../parse.ts';
import type { Heard } from './types.ts';

z.config({ jitless: true });

/** [I2] Entries of a list that are kept. */
export const MOST = 12;

/** Longer lists are looked at no further than this. */
export const MOST_READ = 2_000;

export const text = z.string().check(z.maxLength(20_000));
export const maybeText = z.catch(z.nullable(text), null);
export const figure = z.catch(z.nullable(z.number().check(z.gte(0), z.lte(1e16))), null);
export const flag = z.catch(z.nullable(z.boolean()), null);
export const anything = z.optional(z.unknown());

/** What a list holds of that kind; empty where there is none. */
export function listOf<T>(schema: z.ZodMiniType<T>, value: unknown): T[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_READ).flatMap((each) => parsed(schema, each) ?? []);
}

export const shownText = (said: string | null): string => (said === null ? '' : presentable(said));

export const present = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/** Reads one answer by a reader that gives `undefined` where it makes no sense. */
export function read<T>(answer: Answer | null, reader: (payload: unknown) => T | undefined): Heard<T> {
  if (answer === null) return { type: 'unasked' };
  if (answer.type === 'refused') return { type: 'untold' };
  if (answer.type === 'dropped') return { type: 'unread', reason: answer.reason };
  const value = reader(answer.payload);
  return value === undefined ? { type: 'unread', reason: 'malformed' } : { type: 'told', value };
}

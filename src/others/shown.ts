/** [O1] Foreign words, made fit to show, and short. */
import * as z from 'zod/mini';
import { presentable } from '../foreign-text.ts';

z.config({ jitless: true });

/** Characters. */
const LONGEST = 60;

export const shown = z.catch(
  z.nullable(
    z.pipe(
      z.string(),
      z.transform((text: string) => presentable(text, LONGEST) || null),
    ),
  ),
  null,
);

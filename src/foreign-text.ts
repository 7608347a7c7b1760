/** Foreign text made fit to keep and show: close reasons, error messages, version strings. */
import { redact } from './pairing/redact.ts';

/** Characters. A gateway's longest reason is about 120; anything beyond this is not meant for people. */
const LONGEST = 240;

/**
 * Control characters, and the ones that turn the reading direction around: with those a text can pretend to
 * be another one.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;

/** Redacted, on one line, without invisible characters, and short: what is longer ends in `…`. `longest`: characters. */
export function presentable(text: string, longest = LONGEST): string {
  const line = redact(text.slice(0, 4 * LONGEST))
    .replace(INVISIBLE, ' ')
    .trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}

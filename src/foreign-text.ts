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

/** Redacted, on one line, without invisible characters, and short. */
export function presentable(text: string): string {
  const line = redact(text.slice(0, 4 * LONGEST))
    .replace(INVISIBLE, ' ')
    .trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

/**
 * A gateway's own words, fit to stand among ours: one line, no invisible characters, none that turn the reading
 * direction around and so make a text pretend to be another one. Put it into a `<bdi>`.
 */
export function onOneLine(text: string): string {
  const line = text
    .slice(0, 2 * LONGEST)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

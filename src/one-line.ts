/** Characters. A gateway's longest reason is about 120; anything beyond this is not meant for people. */
const LONGEST = 240;

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

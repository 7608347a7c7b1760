/** The releases that we have captured: one of every era, and the maintenance lines that differ from their neighbours. */
export const VERSIONS = [
  '2026.2.17',
  '2026.2.19',
  '2026.2.21',
  '2026.2.24',
  '2026.3.13',
  '2026.5.28',
  '2026.6.34',
  '2026.7.1',
  '2026.7.33',
  '2026.8.1',
  '2026.9.6',
] as const;

/** A release that we do not know yet is taken for the newest that we know. */
export const knownAs = (version: string): string =>
  (VERSIONS as readonly string[]).includes(version) ? version : (VERSIONS.at(-1) as string);

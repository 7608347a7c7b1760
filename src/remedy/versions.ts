/** OpenClaw's version numbers: year, month, and a patch that grows into maintenance lines (2026.6.33, 2026.7.33). */

/**
 * The version as three numbers, or `null` if it is not known. Gateways before 2026.3.2 call themselves "dev", and no
 * later one does.
 */
function parse(version: string): readonly number[] | null {
  const numbers = /^(\d{4})\.(\d{1,2})\.(\d{1,3})(?!\d)/.exec(version === 'dev' ? '2026.3.1' : version);
  return numbers?.slice(1).map(Number) ?? null;
}

/** The oldest that this extension was tried with. */
export const OLDEST_VERSION = '2026.2.21';

/** Whether a gateway's word says which version it is. */
export const isVersion = (version: string | null): version is string =>
  version !== null && parse(version) !== null;

/** Below zero if `one` is older. `null` if either is not known. */
export function compareVersions(one: string, other: string): number | null {
  const [left, right] = [parse(one), parse(other)];
  if (!left || !right) return null;
  return left.map((number, index) => number - (right[index] ?? 0)).find((gap) => gap !== 0) ?? 0;
}

/** Both ends belong to it; `undefined` is open. */
export interface VersionRange {
  readonly since?: string;
  readonly until?: string;
}

/** Whether a version lies in a range. A version that is not known lies in every range that is open to the newest. */
export function isWithin(version: string | null, { since, until }: VersionRange): boolean {
  if (!isVersion(version)) return until === undefined;
  return (
    (since === undefined || (compareVersions(version, since) ?? 0) >= 0) &&
    (until === undefined || (compareVersions(version, until) ?? 0) <= 0)
  );
}

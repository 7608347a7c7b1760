/**
 * The places of OpenClaw's Control UI, as its router knows them (2026.2.21 to 9.6): whoever copies the browser's address
 * bar has one of them at the end of the gateway's address. What stands before it is the gateway's own base path.
 */

/** Places that end a path. */
const PLACES: ReadonlySet<string> = new Set(
  (
    'overview channels instances sessions usage cron skills nodes config debug logs communications appearance ' +
    'automation infrastructure ai-agents dreaming dreams dashboards custodian new meetings apps portals profile ' +
    'lobsterdex mcp model-setup model-providers memory-import worktrees systems automations tasks'
  ).split(' '),
);

/** Places with something below them: a session, an agent, a tab of the settings. */
const OPEN_PLACES: ReadonlySet<string> = new Set(
  'chat settings agents activity workboard terminal dashboard plugins plugin approve ask'.split(' '),
);

/** The relay of a gateway, which no place of the Control UI contains. */
const RELAY = /\/browser\/extension$/;

/**
 * `path` without the Control UI's place at its end; what is left is empty or a base path, and has no such place at its
 * end either. Like the Control UI itself it takes a base path that is called as a place for that place.
 *
 * @param path of a URL, without the slash at its end
 */
export function withoutPlace(path: string): string {
  const plain = path.replace(/\/index\.html$/i, '');
  if (RELAY.test(plain)) return plain;
  const segments = plain.split('/').slice(1);
  const start = segments.findIndex((written, index) => {
    const segment = written.toLowerCase();
    const isLast = index === segments.length - 1;
    if (OPEN_PLACES.has(segment)) return true;
    return isLast ? PLACES.has(segment) : segment === 'skills' && segments[index + 1] === 'workshop';
  });
  if (start < 0) return plain;
  return withoutPlace(segments.slice(0, start).reduce((before, segment) => `${before}/${segment}`, ''));
}

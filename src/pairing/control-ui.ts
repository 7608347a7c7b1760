/**
 * The places of OpenClaw's Control UI, as its router knows them (2026.2.21 to 9.6): whoever copies the browser's address
 * bar has one of them at the end of the gateway's address. What stands before it is the gateway's own base path.
 */

/** Those that end a path, and those with something below them: a session, an agent, a tab of the settings. */
const PLACE =
  /\/(?:(?:overview|channels|instances|sessions|usage|cron|skills|nodes|config|debug|logs|communications|appearance|automations?|infrastructure|ai-agents|dream(?:s|ing)|dashboards|custodian|new|meetings|apps|portals|profile|lobsterdex|mcp|model-(?:setup|providers)|memory-import|worktrees|systems|tasks|index\.html)|(?:chat|settings|agents|activity|workboard|terminal|dashboard|plugins?|approve|ask|skills\/workshop)(?:\/.*)?)$/i;

/**
 * `path` without the Control UI's place at its end; what is left is empty or a base path, and has no such place at its
 * end either. Like the Control UI itself it takes a base path that is called as a place for that place.
 *
 * @param path of a URL, without the slash at its end
 */
export function withoutPlace(path: string): string {
  // The relay of a gateway is below none of them.
  const base = path.endsWith('/browser/extension') ? path : path.replace(PLACE, '');
  return base === path ? path : withoutPlace(base);
}

/**
 * What helps, ready to copy. A command consists of fixed words and of values that were checked against a pattern, so
 * that nothing a gateway says can slip into a user's shell, be it POSIX, zsh or PowerShell.
 */
import { DIAGNOSES } from '../diagnoses.ts';
import { type CliCommand, COMMANDS, COUNT, type CommandId } from './commands.ts';
import { betterThan } from './known-faults.ts';
import { IN_CONTAINER, PLACES } from './places.ts';
import { PLAIN_ADDRESS } from './plain-address.ts';
import type { Diagnosis, Platform, RemedyEffect, RemedyFacts } from './types.ts';
import { isVersion, isWithin, OLDEST_VERSION } from './versions.ts';
import { type Remedy, type RemedyId, remedyOf, type Way } from './ways.ts';

/** What a gateway may put into a request id (the pattern of `@openclaw/gateway-protocol`). */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** What an extension's origin looks like: an id in Chromium, a UUID in Firefox. */
const ORIGIN = /^(chrome|moz)-extension:\/\/[a-z0-9-]{1,64}$/;

/**
 * What helps with a diagnosis, mild first, as far as it exists for this platform and in this version.
 *
 * An unknown version gets the commands of the newest, and first one that every version has. Empty where nothing is wrong.
 */
export function remediesFor(diagnosis: Diagnosis, facts: RemedyFacts): readonly Remedy[] {
  const ids: RemedyId[] = [...DIAGNOSES[diagnosis].remedies];
  // Some versions ask for approvals again and again, and only another version ends that.
  const isAsking = DIAGNOSES[diagnosis].remedies.some((id) => id === 'approve');
  const fault = isAsking ? 'pairing' : diagnosis === 'gateway-flapping' ? 'loop' : null;
  if (fault !== null && facts.serverVersion !== null && betterThan(facts.serverVersion, fault) !== null)
    ids.push('update');
  const found = inEveryVersionFirst(
    ids.flatMap((id) => remedyFor(id, facts) ?? []),
    facts,
  );
  // Two remedies may come to the same command in an old version.
  return found.filter(
    ({ command }, index) =>
      command === null || found.findIndex((other) => other.command === command) === index,
  );
}

/** How many of a diagnosis's remedies, from the first, are one instruction. */
export const togetherFor = (diagnosis: Diagnosis): number => DIAGNOSES[diagnosis].together ?? 1;

/** What changes nothing but this browser's pairing. */
const MILD: readonly RemedyEffect[] = ['reads', 'reveals', 'pairs'];

/**
 * A command that an old gateway's command line does not know is a bad beginning: while the version is not known, what is
 * the same in the oldest and in the newest goes before what first stands there.
 */
function inEveryVersionFirst(found: readonly Remedy[], facts: RemedyFacts): readonly Remedy[] {
  if (isVersion(facts.serverVersion)) return found;
  const everywhere = found.find(
    ({ id, command, effect }) =>
      MILD.includes(effect) &&
      remedyFor(id, { ...facts, serverVersion: OLDEST_VERSION })?.command === command,
  );
  return everywhere === undefined ? found : [everywhere, ...found.filter((each) => each !== everywhere)];
}

/** How the gateway secret is come by, in every version. The last way needs a clipboard where it is run. */
const SECRET_WAYS: readonly Way[] = [...remedyOf('show-secret').ways, { run: 'dashboard-to-clipboard' }];

/** The command that shows the gateway secret, or `null` where there is none. */
export const secretCommand = (facts: RemedyFacts): string | null =>
  SECRET_WAYS.map((way) => commandOf(way, facts)).find((command) => command != null) ?? null;

/** The command that starts the gateway. */
export const startCommand = (facts: RemedyFacts): string | null =>
  remedyFor('gateway-start', facts)?.command ?? null;

/**
 * Ends exactly one process, by its id as the gateway itself told it: a whole number above zero. `null` where the id is that of a
 * container's inside, or none is known.
 */
export function stopCommand(pid: number | null, platform: Platform): string | null {
  if (pid === null || !Number.isInteger(pid) || pid <= 1 || pid > 2 ** 31) return null;
  if (platform === 'windows') return `taskkill /PID ${pid}`;
  return PLACES[platform].inside === null && PLACES[platform].commandLine === 'openclaw'
    ? `kill ${pid}`
    : null;
}

/** One remedy, or `null` if it does not exist there. */
export function remedyFor(id: RemedyId, facts: RemedyFacts): Remedy | null {
  const { effect, ways } = remedyOf(id);
  for (const way of ways) {
    const command = commandOf(way, facts);
    if (command !== undefined) return { id, command, toClipboard: toClipboard(way, command, facts), effect };
  }
  return null;
}

/** On another computer the output would be on that one's clipboard. */
function toClipboard(way: Way, command: string | null, { platform, reach }: RemedyFacts): string | null {
  const { clipboard } = PLACES[platform];
  if (command === null || clipboard === null || way.run === undefined || reach !== 'loopback') return null;
  const { isPasted = false }: CliCommand = COMMANDS[way.run];
  return isPasted ? `${command} | ${clipboard}` : null;
}

/**
 * Admits every origin: the only way into 2026.3.1 to 6.33 and 7.1, which cannot match an extension's. It opens the
 * gateway's front door to every page and extension, so it is never shown without saying so.
 */
export const anyOriginCommand = (platform: Platform): string =>
  inShell('add-origin', { origin: '"*"' }, platform);

/** The way's command, `null` if it is none, `undefined` if the way does not exist here. */
function commandOf(way: Way, facts: RemedyFacts): string | null | undefined {
  const { platform, reach, serverVersion } = facts;
  if (way.on && !way.on.includes(platform)) return undefined;
  if (way.reach && (way.reach === 'loopback') !== (reach === 'loopback')) return undefined;
  if (way.isDirect && !isDirect(facts)) return undefined;
  const values = valuesOf(facts);
  if (way.withoutRequest && values.requestId !== null) return undefined;
  if (way.run) {
    const { line, ...range }: CliCommand = COMMANDS[way.run];
    const exists = isWithin(serverVersion, range) && isFillable(line, values);
    return exists ? inShell(way.run, values, platform, way.isInside) : undefined;
  }
  if (way.shell === undefined) return null;
  return isFillable(way.shell, values) ? fill(way.shell, values) : undefined;
}

/** Whether a gateway, and no proxy, may be at the address itself. */
const isDirect = ({ reach, address }: RemedyFacts): boolean =>
  reach === 'loopback' || portOf(address) === '18789';

/** One command, filled in; `null` where this version lacks it, or a value that it needs is not known. */
export function commandFor(id: CommandId, facts: RemedyFacts): string | null {
  return commandOf({ run: id }, facts) ?? null;
}

type Values = Readonly<Record<string, string | null>>;

const checked = (value: string | null | undefined, pattern: RegExp): string | null =>
  value != null && pattern.test(value) ? value : null;

/** The address with the other scheme at the same port. */
function otherScheme(address: string): string {
  const { host, port, pathname } = new URL(address);
  const path = pathname === '/' ? '' : pathname;
  return address.startsWith('ws:')
    ? `wss://${host}${path}`
    : `ws://${host}${port === '' ? ':443' : ''}${path}`;
}

function usualPort(address: string): string {
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}:18789`;
}

function valuesOf({ requestId, address, origin, relayAddress, reach }: RemedyFacts): Values {
  const plain = checked(address, PLAIN_ADDRESS);
  return {
    requestId: checked(requestId, REQUEST_ID),
    // zsh takes a bare bracket for a pattern.
    address: plain?.includes('[') ? `"${plain}"` : plain,
    origin: checked(origin, ORIGIN),
    port: portOf(plain),
    host: checked(plain && new URL(plain).hostname, /^[a-z0-9][a-z0-9.-]*$/),
    // Nobody is led to where a secret could be read.
    otherScheme: plain && (reach !== 'public' || plain.startsWith('ws:')) ? otherScheme(plain) : null,
    usualPort: plain && usualPort(plain),
    relayPort: portOf(checked(relayAddress, PLAIN_ADDRESS)),
  };
}

const portOf = (address: string | null): string | null =>
  (address !== null && URL.canParse(address) && new URL(address).port) || null;

/** `{openclaw}` is not a value: it stands for how the command line is reached. */
const VALUE = /\{(requestId|address|origin|port|relayPort|host|otherScheme|usualPort)\}/g;

const isFillable = (line: string, values: Values): boolean =>
  [...line.matchAll(VALUE)].every(([, name = '']) => values[name] != null);

const fill = (line: string, values: Values): string =>
  line.replace(VALUE, (_, name: string) => values[name] ?? '');

/** The command as it is typed there, beside the gateway's own files where `isInside`. */
function inShell(id: CommandId, values: Values, platform: Platform, isInside = false): string {
  const { line }: CliCommand = COMMANDS[id];
  const { commandLine, inside } = PLACES[platform];
  if (inside === null) return `${commandLine} ${fill(line.replace('{openclaw}', commandLine), values)}`;
  if (!line.includes('{openclaw}')) {
    return `${isInside ? `${inside} ${IN_CONTAINER}` : commandLine} ${fill(line, values)}`;
  }
  // A command within a command: both run in the container, which has Node where the host may have none.
  const inner = line.replace('{openclaw}', IN_CONTAINER).replace(`'${COUNT}'`, `"${COUNT}"`);
  return `${inside} sh -c '${IN_CONTAINER} ${fill(inner, values)}'`;
}

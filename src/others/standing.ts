/**
 * How other clients stand now: who is refused, who is there, who brings a lock-out upon others. Pure. Times in milliseconds
 * since the epoch.
 *
 * - O8 A story is over where that is proved: its device was approved, or the client has connected since. Silence is no
 *   proof: who was not refused for ten minutes, longer than any client pauses, was last seen at a time, and no more is claimed.
 * - O9 A request can be approved for five minutes, and by its newest id alone.
 * - O10 Who causes a lock-out is named only where most of the attempts that it takes were seen to be made, and most of those
 *   by one client, among those that the gateway counts together.
 * - O11 Who is connected is known while we are, from the list that came over this connection.
 */
import type { ClientKind, ExplainedCode, Statement } from '../explain/types.ts';
import { type GatewayStatus, isConnected } from '../gateway-status.ts';
import { type Client, clientOf, codeOf, isLoopback, visitorClient } from './naming.ts';
import type { Others, Refused } from './state.ts';

/** One client and one cause, as they are told. */
export interface Story {
  readonly key: string;
  readonly client: Client;
  readonly code: ExplainedCode;
  /** - `refused`: it goes on · `quiet`: not seen lately · `approved`, `connected`: proved to be over */
  readonly standing: 'refused' | 'quiet' | 'approved' | 'connected';
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** That can be approved now. */
  readonly requestId: string | null;
  /** The gateway's own word for it. */
  readonly words: string;
  readonly recent: readonly number[];
}

/** Milliseconds. No client pauses for longer between two attempts: who was not refused for so long is quiet. */
export const QUIET_AFTER_MS = 10 * 60_000;

const REQUEST_LASTS_MS = 5 * 60_000;

/** Milliseconds, and failures within: then a gateway locks a client out, for so long. */
const WINDOW_MS = 60_000;
const LIMIT = 10;
const LOCKED_FOR_MS = 5 * 60_000;

/** Within the window: that many are no accident. */
const WARNS_FROM = 4;

/** What a gateway counts. A missing credential, a pairing and an origin are not among it. */
const COUNTED: readonly ExplainedCode[] = [
  'gateway-secret-mismatch',
  'gateway-password-mismatch',
  'device-token-mismatch',
  'setup-code-rejected',
];

/** All stories, the one that was told last first. */
export const storiesOf = (others: Others, now: number): readonly Story[] =>
  asStories(others, now).sort((one, other) => other.lastAt - one.lastAt);

/** Entry by entry. */
export function asStories(others: Others, now: number): Story[] {
  const came = others.visitors.map((each) => ({ client: visitorClient(each), since: each.onlineSince ?? 0 }));
  return others.refused.map((refused) => storyOf(refused, others, came, now));
}

/** The connections of clients, and when each came. */
type Came = readonly { readonly client: Client; readonly since: number }[];

function storyOf(refused: Refused, others: Others, came: Came, now: number): Story {
  const { cause, reason, authReason, deviceId, firstAt, lastAt, count, recent } = refused;
  const client = clientOf(refused, others);
  const isApproved =
    cause === 'pairing-required' && deviceId !== null && (others.approved[deviceId] ?? 0) >= lastAt;
  const standing = isApproved
    ? 'approved'
    : came.some((each) => each.since > lastAt && isSame(each.client, client))
      ? 'connected'
      : now - lastAt <= QUIET_AFTER_MS
        ? 'refused'
        : 'quiet';
  const isOpen = standing === 'refused' && now - lastAt <= REQUEST_LASTS_MS;
  const words = authReason ?? reason ?? cause ?? '';
  return {
    key: [words, client.device, client.id, client.mode, client.name, client.address, client.origin].join(' '),
    client,
    code: codeOf(refused),
    standing,
    count,
    firstAt,
    lastAt,
    requestId: isOpen ? refused.requestId : null,
    words,
    recent,
  };
}

/** The card of a client and a cause, as an address names it: `#client-…`. */
export const cardOf = ({ firstAt }: Pick<Refused, 'firstAt'>): string => `client-${firstAt}`;

/**
 * [O8] A refusal of a credential names no device: then a client is known by its own name, with all else that both say. One
 * without a name, such as a dashboard tab, could be any other of the same computer.
 */
function isSame(other: Client, client: Client): boolean {
  if (client.device !== null && other.device !== null) return client.device === other.device;
  return (
    client.name !== null &&
    client.mode === other.mode &&
    client.name === other.name &&
    (client.id === other.id || other.id === null) &&
    (client.address === other.address || (other.address === null && isLoopback(client.address)))
  );
}

/** A story as a pasted text would tell it: what cures it is in `explain/cures.ts`. */
export const statementOf = (
  { client, code, count, requestId, words }: Story,
  address: string,
): Statement => ({
  code,
  client: client.kind,
  count,
  closeCode: null,
  words: [words],
  requestId,
  address,
});

/** A client that is connected, or was. */
export interface Present {
  readonly client: Client;
  readonly since: number | null;
  readonly leftAt: number | null;
}

/** [O11] Who is connected, the newest first, and who left, the last first; `null` where that is not known. */
export function presentNow(
  { visitors, presentAt }: Others,
  status: GatewayStatus,
): { here: readonly Present[]; left: readonly Present[] } | null {
  if (!isConnected(status) || presentAt === null || presentAt < (status.since ?? 0)) return null;
  const all = visitors.map((each) => ({
    client: visitorClient(each),
    since: each.onlineSince,
    leftAt: each.reason === 'disconnect' ? each.ts : null,
  }));
  const here = all.filter(({ leftAt }) => leftAt === null);
  const left = all.filter(({ leftAt }) => leftAt !== null);
  return {
    here: here.sort((one, other) => (other.since ?? 0) - (one.since ?? 0)),
    left: left.sort((one, other) => (other.leftAt ?? 0) - (one.leftAt ?? 0)),
  };
}

/** A version of OpenClaw; clients that are none of its programs have others. */
const RELEASE = /^20\d\d\.\d{1,2}\.\d{1,3}$/;

/** It runs another version than the gateway. */
export const drifts = ({ version }: Client, serverVersion: string | null): boolean =>
  RELEASE.test(version ?? '') && RELEASE.test(serverVersion ?? '') && version !== serverVersion;

const EXTENSIONS = 'extensions';

/**
 * [O10] All that share one count at the gateway; `null`: none. On its own computer pages are counted by their origin, which
 * is the same for all extensions, and programs are not counted; from elsewhere pages and programs are each counted by their
 * address.
 */
function countedAs({ address, origin }: Client): string | null {
  if (!isLoopback(address)) return `${origin === null ? 'programs' : 'pages'} of ${address}`;
  return origin === null || /^https?:/.test(origin) ? origin : EXTENSIONS;
}

/** Who made most of the attempts that led to the lock-out of this client; `null` where that was not seen. */
export const culpritOf = (stories: readonly Story[], { client, firstAt }: Story): Story | null =>
  culpritAmong(stories, countedAs(client), firstAt);

/** [O10] Of our own lock-out by a gateway on this computer. What one elsewhere takes for our address is not known. */
export const ownCulprit = (stories: readonly Story[], isLocal: boolean, since: number): Story | null =>
  culpritAmong(stories, isLocal ? EXTENSIONS : null, since);

function culpritAmong(stories: readonly Story[], key: string | null, since: number): Story | null {
  if (key === null) return null;
  const from = since - LOCKED_FOR_MS - WINDOW_MS;
  const made = stories
    .filter((story) => isCounted(story) && countedAs(story.client) === key)
    .map((story) => ({ story, lately: lately(story, from, since) }))
    .sort((one, other) => other.lately - one.lately);
  const total = made.reduce((sum, each) => sum + each.lately, 0);
  const [first] = made;
  const isProved = first !== undefined && total >= LIMIT / 2 && first.lately * 2 > total;
  return isProved ? first.story : null;
}

const isCounted = ({ code }: Story): boolean => COUNTED.includes(code);

const lately = ({ recent }: Story, from: number, to: number): number =>
  recent.filter((at) => at > from && at <= to).length;

/** [O10] Who is on the way to a lock-out: several wrong attempts within a minute. */
export const isNearLockOut = (story: Story, now: number): boolean =>
  story.standing === 'refused' &&
  isCounted(story) &&
  countedAs(story.client) !== null &&
  lately(story, now - WINDOW_MS, now) >= WARNS_FROM;

/** What a line can say of them all: how many are connected, and who is refused. */
export interface OthersLine {
  /** `null`: not known. */
  readonly connected: number | null;
  /** The one that was told last, and how many more there are. */
  readonly refused: {
    readonly kind: ClientKind;
    readonly name: string | null;
    readonly code: ExplainedCode;
  } | null;
  readonly more: number;
}

export function othersLine(others: Others, status: GatewayStatus, now: number): OthersLine {
  const going = storiesOf(others, now).filter(({ standing }) => standing === 'refused');
  const [first] = going;
  return {
    connected: presentNow(others, status)?.here.length ?? null,
    refused: first ? { kind: first.client.kind, name: first.client.name, code: first.code } : null,
    more: Math.max(0, going.length - 1),
  };
}

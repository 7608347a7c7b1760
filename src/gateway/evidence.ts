/**
 * What a connection's past tells that a single failure does not: lifetimes of sockets, who answered at each
 * handshake, clocks. Written with every transition by {@link remember}, kept short, read by `findings.ts`.
 */
import { causeOf } from './causes.ts';
import type { Evidence } from './evidence-state.ts';
import { ANSWER_WITHIN_MS, ASK_EVERY_MS } from './recovery.ts';
import type { ConnectionEvent, ConnectionState, HelloFacts, Moment } from './state.ts';

/** Enough for every finding, and a kilobyte or two on disk. */
export const SOCKETS_KEPT = 8;
export const SERVERS_KEPT = 12;
export const REPAIRS_KEPT = 8;
const STRANGERS_KEPT = 4;

/**
 * Two processes are not told apart by less. The uptime is read some time before hello-ok arrives, and clocks are
 * set by fractions of a second now and then.
 */
const SAME_START_MS = 2_000;

/** No connection is silent for longer: it is asked before (C7). */
const LONGEST_SILENCE_MS = ASK_EVERY_MS + ANSWER_WITHIN_MS;

/** A difference of clocks that changed by less is not worth a write. */
const SKEW_GRAIN_MS = 1_000;

export type Server = Evidence['servers'][number];

const last = <T>(list: readonly T[], kept: number, item: T): T[] => [...list, item].slice(-kept);

/** The next state with what this event adds to its evidence. Pure. */
export function remember(
  before: ConnectionState,
  event: ConnectionEvent,
  after: ConnectionState,
  { now, isLocal }: Pick<Moment, 'now' | 'isLocal'>,
): ConnectionState {
  if (after === before) return after;
  const recorded = record(before, event, after, now);
  const turnedAway = admission(before, event, after, now, isLocal);
  const evidence = turnedAway === recorded.turnedAway ? recorded : { ...recorded, turnedAway };
  return evidence === after.evidence ? after : { ...after, evidence };
}

function record(
  before: ConnectionState,
  event: ConnectionEvent,
  after: ConnectionState,
  now: number,
): Evidence {
  const { evidence, phase } = before;
  if (phase.name === 'connected') {
    if (event.type === 'shutdown-announced') return { ...evidence, restartAnnouncedAt: now };
    if (after.phase.name !== 'connected') return ended(before, phase.since, event, now);
    const issuedAt = event.type === 'frame-received' ? event.issuedAt : undefined;
    return issuedAt === undefined ? evidence : compared(evidence, issuedAt, before.proof?.at ?? now, now);
  }
  if (phase.name !== 'handshaking') return evidence;
  const age = Math.max(0, now - phase.startedAt);
  if (event.type === 'challenge-received') {
    return {
      ...evidence,
      challengedAt: now,
      skewMs: leastSkew(event.issuedAt, phase.startedAt, now),
      openMs: phase.openedAt === null ? null : Math.max(0, phase.openedAt - phase.startedAt),
      challengeMs: age,
      helloMs: null,
    };
  }
  if (event.type === 'hello-received' && after.phase.name === 'connected') {
    const refusal = phase.sent === 'device-token' ? before.held.deviceToken?.refusal : null;
    const stranger = refusal?.until == null ? null : { since: refusal.since, until: refusal.until };
    return {
      ...welcomed(before, event.hello, now),
      strangers: stranger ? last(evidence.strangers, STRANGERS_KEPT, stranger) : evidence.strangers,
      helloMs: age,
    };
  }
  return evidence;
}

/**
 * [E12] What the owner did about our origin, as far as it shows. Where the port was closed the gateway restarted: on this
 * computer, since elsewhere a network can be gone as well; its own word that it starts proves it everywhere.
 */
function admission(
  before: ConnectionState,
  event: ConnectionEvent,
  after: ConnectionState,
  now: number,
  isLocal: boolean,
): Evidence['turnedAway'] {
  const { turnedAway } = before.evidence;
  if (event.type === 'hello-received' && after.phase.name === 'connected') return null;
  const isGone = event.type === 'knock-failed' && event.reason === 'refused' && isLocal;
  if (turnedAway?.wentAt === null && (isGone || after.trouble?.cause === 'gateway-starting')) {
    return { ...turnedAway, wentAt: now };
  }
  const isTurnedAway =
    event.type === 'connect-rejected' &&
    after.phase.name === 'waiting' &&
    after.trouble?.cause === 'origin-not-allowed';
  if (!isTurnedAway) return turnedAway;
  // From 2026.8.1 on gateways know the copilot: one that refused it for its origin matches a listed one.
  const { tried, cause } = before.walk;
  const knowsCopilot = tried.length === 0 || (cause !== null && !/\/client\/id/.test(event.failure.message));
  if (knowsCopilot) return null;
  if (turnedAway === null) return { since: now, wentAt: null, stillAt: null };
  return turnedAway.wentAt === null ? turnedAway : { ...turnedAway, stillAt: now };
}

/** A challenge may have been on its way, or unread in a sleeping computer: nothing is proved of that time. */
function leastSkew(issuedAt: number, dialledAt: number, now: number): number {
  if (issuedAt > now) return issuedAt - now;
  return Math.min(0, issuedAt - Math.min(dialledAt, now));
}

/**
 * [E4] A frame that says what time it is there compares the clocks anew: either may have been set right since. It was
 * sent after the frame before it, which came at `previousAt`; where that is long ago, this computer slept or its clock
 * was set, and nothing is proved.
 */
function compared(evidence: Evidence, issuedAt: number, previousAt: number, now: number): Evidence {
  if (now - previousAt > LONGEST_SILENCE_MS) return evidence;
  const skewMs = leastSkew(issuedAt, previousAt, now);
  const isSame = evidence.skewMs !== null && Math.abs(skewMs - evidence.skewMs) < SKEW_GRAIN_MS;
  return isSame ? evidence : { ...evidence, skewMs };
}

/** A socket that had reached hello-ok is over. */
function ended(
  { evidence, trouble, proof }: ConnectionState,
  openedAt: number,
  event: ConnectionEvent,
  now: number,
): Evidence {
  const closeCode = event.type === 'socket-closed' ? event.code : null;
  // A socket dies with its worker, nobody knows when: it lived at least until its last sign of life.
  const closedAt = event.type === 'worker-started' ? Math.max(openedAt, proof?.at ?? 0) : now;
  const wasAnnounced = trouble !== null && causeOf(trouble.cause).bearing === 'restart';
  return {
    ...evidence,
    sockets: last(evidence.sockets, SOCKETS_KEPT, { openedAt, closedAt, closeCode, wasAnnounced }),
    // 1012 means "service restart", and is all that is left of an announcement that did not reach us.
    restartAnnouncedAt: closeCode === 1012 && !wasAnnounced ? now : evidence.restartAnnouncedAt,
  };
}

/** A gateway let us in. */
function welcomed(before: ConnectionState, hello: HelloFacts, now: number): Evidence {
  const { evidence } = before;
  const server = { at: now, version: hello.serverVersion, bootId: hello.bootId, uptimeMs: hello.uptimeMs };
  const previous = evidence.servers.at(-1);
  // [E6] Without a boot id a restart inside the process looks like none: only the id proves that there was none.
  const isSameBoot = server.bootId !== null && server.bootId === previous?.bootId;
  const cause = repairedCause(before, hello);
  return {
    ...evidence,
    servers: last(evidence.servers, SERVERS_KEPT, server),
    restartAnnouncedAt: isSameBoot ? evidence.restartAnnouncedAt : null,
    repairs: cause === null ? evidence.repairs : last(evidence.repairs, REPAIRS_KEPT, { at: now, cause }),
  };
}

/** What this hello-ok repaired: nothing, a refused device token, or a pairing that had to be approved again. */
function repairedCause({ repair, trouble, server }: ConnectionState, hello: HelloFacts) {
  if (trouble === null || server === null || causeOf(trouble.cause).bearing !== 'approval') {
    return repair?.cause ?? null;
  }
  // With another version we may have become another client, which was never paired before.
  const isNewDevice = trouble.cause === 'not-paired' && server.version !== hello.serverVersion;
  return isNewDevice ? null : trouble.cause;
}

/** Whether anything at this address ever spoke as a gateway. */
export const hasMetGateway = ({ server, evidence }: ConnectionState): boolean =>
  server !== null || evidence.challengedAt !== null;

/**
 * Whether the same run of a gateway answered twice, `earlier` and `later`. By boot id from 2026.8.1 on; before
 * that by process, which an in-process restart does not change. `null`: not proved either way, since an uptime
 * stands still while the gateway's computer sleeps.
 */
export function isSameRun(earlier: Server, later: Server): boolean | null {
  if (earlier.bootId !== null && later.bootId !== null) return earlier.bootId === later.bootId;
  if (earlier.version !== null && later.version !== null && earlier.version !== later.version) return false;
  if (earlier.bootId !== later.bootId || earlier.uptimeMs === null || later.uptimeMs === null) return null;
  const growth = later.uptimeMs - earlier.uptimeMs;
  if (growth < 0) return false;
  return Math.abs(growth - (later.at - earlier.at)) <= SAME_START_MS ? true : null;
}

/** When the gateway restarted, as far as that is proved, oldest first; milliseconds since the epoch. */
export function restarts({ servers, sockets }: Evidence): number[] {
  return servers.flatMap((server, index) => {
    const previous = servers[index - 1];
    if (previous === undefined) return [];
    const isSame = isSameRun(previous, server);
    // [E5] A gateway that was here before did not just start.
    const isBack = servers.slice(0, index - 1).some((each) => isSameRun(each, server) === true);
    // Inside one process only the gateway's own word tells, where there is no boot id.
    const isAnnounced =
      server.bootId === null &&
      sockets.some(({ openedAt, closeCode }) => openedAt === previous.at && closeCode === 1012);
    if (!(isSame === false ? !isBack : isAnnounced)) return [];
    const isNewProcess = server.uptimeMs !== null && server.uptimeMs < server.at - previous.at;
    return [isNewProcess ? server.at - (server.uptimeMs ?? 0) : server.at];
  });
}

/** When the gateway last restarted, as far as that is proved; by our clock. */
export const restartedAt = (evidence: Evidence): number | null => restarts(evidence).at(-1) ?? null;

/** What a gateway's verbose log tells of the clients that connected to it (format of OpenClaw 2026.9 and 2026.8). */

/** One connect request as the gateway saw it. */
export interface Connect {
  /** `Date.now()` of the answer. */
  at: number;
  accepted: boolean;
  /** Protocol client id, e.g. `openclaw-browser-copilot`. Early refusals do not name it. */
  clientId?: string;
  /** Only refusals name the Origin header; clients without one have none here. */
  origin?: string;
  /** Credential of an accepted connect: `token`, `device-token`, `bootstrap-token`, ... */
  auth?: string;
  /** Why it was refused: `unauthorized`, `pairing-required`, `startup-sidecars-pending`, ... */
  cause?: string;
  /** The finer reason of an `unauthorized` one, e.g. `token_mismatch`, `rate_limited`. */
  authReason?: string;
}

/** `name=value` pairs of one line; values may contain spaces. */
function fieldsOf(line: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name, value] of line.matchAll(/ (\w+)=(.*?)(?= \w+=|$)/g))
    if (name && value && value !== 'n/a') fields[name] ??= value;
  return fields;
}

/**
 * Whether sockets are open of which the log does not tell yet if they were let in. One that was refused is told of when it is
 * closed, and that takes both sides: its client may have come again meanwhile, and be let in.
 */
export function isAnyUnjudged(log: string): boolean {
  const count = (pattern: RegExp): number => log.match(pattern)?.length ?? 0;
  const judged = count(/\[ws\] ← connect /g) + count(/\[ws\] → close (?!.* handshake=connected)/g);
  return count(/\[ws\] ← open /g) > judged;
}

/** What the log tells of each socket that was not let in, by its TCP endpoint and in order: a port is used again. */
function turnedAway(lines: readonly string[]): Map<string, Record<string, string>[]> {
  const byPeer = new Map<string, Record<string, string>[]>();
  for (const line of lines) {
    const isReason = line.includes('[ws] unauthorized ');
    if (!isReason && !line.includes('[ws] closed before connect ')) continue;
    const { peer, conn, reason, ...fields } = fieldsOf(line);
    if (!peer) continue;
    const told = { ...(isReason ? reason && { authReason: reason } : fields), ...(conn && { conn }) };
    const sockets = byPeer.get(peer) ?? [];
    const same = sockets.findIndex((each) => each.conn === conn);
    if (same < 0) sockets.push(told);
    else sockets[same] = { ...sockets[same], ...told };
    byPeer.set(peer, sockets);
  }
  return byPeer;
}

/** `[ws] ← connect …`: of a socket. It names its connection where the line before was of another. */
const OF_SOCKET = /\[ws\] [←→⇄] (open|connect|close)?/;
const CONNECTION = / conn=(\S+)/;

/**
 * Reads all connects, in the order in which their sockets were opened: a refusal is told when its socket is closed, which
 * may be after the next one was let in. It is known by its two lines, which share the TCP endpoint; two loggers write them,
 * so either may come first. Up to 2026.8 a third line has the reason.
 */
export function readConnects(log: string): Connect[] {
  const connects: { opened: number; connect: Connect }[] = [];
  const lines = log.split('\n');
  const sockets = turnedAway(lines);
  const opened = new Map<string, number>();
  let connection = '';
  for (const line of lines) {
    const [isOfSocket, what] = OF_SOCKET.exec(line) ?? [];
    if (!isOfSocket) continue;
    connection = CONNECTION.exec(line)?.[1] ?? connection;
    if (what === 'open') opened.set(connection, opened.size);
    const connect = what === 'connect' ? letIn(line) : what === 'close' ? refused(line, sockets) : null;
    if (connect) connects.push({ opened: opened.get(connection) ?? opened.size, connect });
  }
  return connects.sort((one, other) => one.opened - other.opened).map(({ connect }) => connect);
}

const timeOf = (line: string): number => Date.parse(line.slice(0, line.indexOf(' ')));

function letIn(line: string): Connect {
  const { clientId, auth } = fieldsOf(line);
  return { at: timeOf(line), accepted: true, ...(clientId && { clientId }), ...(auth && { auth }) };
}

/** The connect whose socket this line says was closed; `null` where it was let in, or nobody was refused. */
function refused(line: string, sockets: ReturnType<typeof turnedAway>): Connect | null {
  const { endpoint = '', cause, handshake } = fieldsOf(line);
  if (handshake === 'connected') return null;
  const told = sockets.get(endpoint)?.shift();
  // Without a cause the other side left.
  if (!cause || !told) return null;
  const { client, origin, authReason } = told;
  return {
    at: timeOf(line),
    accepted: false,
    cause,
    ...(client && { clientId: client }),
    ...(origin && { origin }),
    ...(authReason && { authReason }),
  };
}

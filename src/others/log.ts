/**
 * What a gateway's own log says of clients that it refused. Pure.
 *
 * - O2 Three kinds of lines are read: the refusal of a connect, by its facts; who asks for more than it may; the approval of
 *   a device. Every other line, and every sentence of these, is dropped where it is read.
 * - O3 All gateways of one user may write into one log: a refusal counts only if it names the port of this one, or the host
 *   that we call it by.
 * - O4 Our own attempts are left out: by our device ids, and by our origin.
 * - O5 One client and one cause are one entry, however often: it begins with the first refusal and follows the newest
 *   request. What is read again counts once. What is kept is bounded: thirty days, and the newest.
 */
import * as z from 'zod/mini';
import { parsed } from '../parse.ts';
import { shown } from './shown.ts';
import { QUIET_AFTER_MS } from './standing.ts';
import { FACTS, type Facts, type Others, type Refused } from './state.ts';

z.config({ jitless: true });

/** Of whom and for whom is read. */
export interface Reader {
  /** That the gateway listens on at its own computer, where it is known. */
  readonly port: number | null;
  /** By which we call it, as browsers name it: `host:port`, or without the port where it is the scheme's own. */
  readonly host: string;
  /** Lower-case hex. */
  readonly ownDevices: readonly string[];
  readonly ownOrigin: string;
  /** The gateway's clock minus ours, and ours. Milliseconds. */
  readonly skewMs: number;
  readonly now: number;
}

/** What a gateway answers to `logs.tail`. */
export const tailSchema = z.object({ cursor: z.number(), size: z.number(), lines: z.array(z.string()) });

/** What it answers to `system.info`, from 2026.8 on. */
export const infoSchema = z.object({ port: z.number() });

/** Characters. A refusal has 2,500; the rest of a longer line is a program's output. */
const LONGEST_LINE = 12_000;

/** Characters of a device id that are kept: enough to tell devices apart. */
export const DEVICE = 12;

const KEEP_MS = 30 * 86_400_000;
const MOST_REFUSED = 60;
const MOST_DEVICES = 60;
/** A gateway locks out after ten within a minute. */
const RECENT = 12;

const lineSchema = z.object({
  '0': z.string(),
  '1': z.unknown(),
  '2': z.optional(z.string()),
  time: z.string(),
});

/** What a refusal says, whose it is, and that it is one. */
const loggedSchema = z.object({
  ...FACTS,
  clientDisplayName: shown,
  platform: shown,
  handshake: z.literal('failed'),
  host: z.string(),
  localPort: z.optional(z.number()),
});

/** Milliseconds. By so much how the clocks compare may waver from one read to the next: it is known to about a second. */
const GRAIN_MS = 2_000;

/** What a line has in it that could count. */
const TELLING = /"handshake":"failed"|"device pairing |device (?:access|metadata) upgrade/;

const APPROVED = /^device pairing (?:auto-)?approved device=([\da-f]{12})/;
const NAMED =
  /^security audit: device (?:access|metadata) upgrade .{0,60}\bdevice=([\da-f]{12}).* client=([a-z-]{2,40}) conn=/;
const SUPPRESSED = / suppressed=(\d{1,5})$/;

/** Ends of a connect that nobody refused: of a gateway that starts or stops, of a socket that was opened and left. */
const NO_REFUSAL = /^(?:startup|gateway|client|handshake|preauth|socket|shutdown|bootstrap)-/;

/**
 * After these lines of the log. The same object where they say nothing. Never throws.
 *
 * @param isAgain read from where it was not read before: what is older than all that is known is known
 */
export function hear(others: Others, lines: readonly string[], reader: Reader, isAgain: boolean): Others {
  const after = isAgain ? Math.max(0, ...others.refused.map(({ lastAt }) => lastAt)) : 0;
  let heard = others;
  for (const line of lines) {
    if (line.length > LONGEST_LINE || !TELLING.test(line)) continue;
    const read = parsed(lineSchema, jsonOf(line));
    const at = Math.min(Date.parse(read?.time ?? '') - reader.skewMs, reader.now);
    if (!read || !(at > after)) continue;
    const { '0': subsystem, '1': said, '2': sentence = '' } = read;
    if (at > after + GRAIN_MS && subsystem.includes('"gateway/ws"'))
      heard = refuse(heard, said, sentence, at, reader);
    if (!subsystem.includes('"gateway"') || typeof said !== 'string') continue;
    const [, approved = ''] = APPROVED.exec(said) ?? [];
    const [, device = '', id = ''] = NAMED.exec(said) ?? [];
    if (approved) heard = { ...heard, approved: noted(heard.approved, approved, at) };
    if (device) heard = { ...heard, names: noted(heard.names, device, id) };
  }
  return heard;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const noted = <T>(before: Readonly<Record<string, T>>, device: string, value: T): Record<string, T> => {
  const { [device]: _, ...rest } = before;
  return Object.fromEntries([...Object.entries(rest).slice(1 - MOST_DEVICES), [device, value]]);
};

function refuse(others: Others, said: unknown, sentence: string, at: number, reader: Reader): Others {
  const logged = parsed(loggedSchema, said);
  if (!logged?.cause || NO_REFUSAL.test(logged.cause)) return others;
  const { handshake: _, host, localPort, ...facts } = logged;
  // [O3] Gateways before 2026.5 log no port but that of the host that they were called by.
  const port = localPort ?? Number(/:(\d+)$/.exec(host)?.[1]);
  if (host !== reader.host && port !== reader.port) return others;
  const { deviceId, origin } = facts;
  // [O4]
  if (deviceId === null ? origin === reader.ownOrigin : reader.ownDevices.includes(deviceId)) return others;
  const short = { ...facts, deviceId: deviceId?.slice(0, DEVICE) ?? null };
  const key = keyOf(short);
  const before = others.refused.find((each) => keyOf(each) === key);
  const [, more = 0] = SUPPRESSED.exec(sentence) ?? [];
  const next: Refused = {
    ...short,
    firstAt: before?.firstAt ?? at,
    lastAt: Math.max(before?.lastAt ?? 0, at),
    count: (before?.count ?? 0) + 1 + Number(more),
    recent: [...(before?.recent ?? []), at].slice(-RECENT),
    // Who is back after a silence is worth telling again.
    toldAt: before && at - before.lastAt <= QUIET_AFTER_MS ? before.toldAt : null,
  };
  return {
    ...others,
    refused: [
      ...others.refused.filter((each) => each !== before && reader.now - each.lastAt < KEEP_MS),
      next,
    ].slice(-MOST_REFUSED),
  };
}

/** [O5] Who, and why. A device is one client, however it comes. */
const keyOf = ({ cause, reason, authReason, authProvided, deviceId, ...who }: Facts): string =>
  [
    cause,
    reason,
    authReason,
    authProvided,
    deviceId ?? [who.client, who.mode, who.clientDisplayName, who.origin, who.forwardedFor, who.remoteAddr],
  ].join();

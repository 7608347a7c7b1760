/** The values in a line that match a strict pattern, and so may be shown and become part of a command. */
import { parseGatewayAddress } from '../pairing/address.ts';

/**
 * Of WebSockets, and of gateways and their relay. A number alone may be anything: a word has to stand before it, or it
 * stands as people retell a close, as in `(1008)` and `1008: pairing required`.
 */
const CLOSE_CODE =
  /(?:\b(?:code|status|closed?|disconnected|websocket|error)["']?[\s:=(]{1,4}|(?:^\s{0,8}|\()(?=\d{4}(?:[):]|\s{0,8}$))|["'](?=\d{4}: ))(10(?:0\d|1[0-5])|40(?:0\d|1[0-3]))\b(?!\s?ms\b)/i;

export function closeCodeIn(line: string): number | null {
  const found = CLOSE_CODE.exec(line)?.[1];
  return found === undefined ? null : Number(found);
}

/** Gateways of every version use UUIDs. One that was cut off with its close reason is of no use. */
const REQUEST_ID =
  /(?:\brequest[ _-]?id["']?[\s:=(]{1,4}["']?|\bdevices approve |\brequest matches )([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\w-])/i;

export const requestIdIn = (line: string): string | null => REQUEST_ID.exec(line)?.[1] ?? null;

const URL_IN_TEXT = /\bwss?:\/\/[\w.[\]:-]{1,255}/i;
/** The gateway's log names the host that it was called by. */
const HOST_IN_LOG = /\bhost["']?[=:]\s?["']?([\w.[\]-]{1,255}:\d{1,5})\b/;

/** `ws(s)://host:port` of a gateway that the line names; `null` if it names none that anybody should connect to. */
export function addressIn(line: string): string | null {
  const written = URL_IN_TEXT.exec(line)?.[0] ?? HOST_IN_LOG.exec(line)?.[1];
  if (written === undefined) return null;
  const parsed = parseGatewayAddress(written);
  return parsed.ok ? parsed.address.url : null;
}

/** A word has to stand before it: a date looks the same. */
const VERSION =
  /(?:\bopenclaw(?:@|["']?\s)|\bversion["']?[\s:=]{1,3}["']?|\b(?:gateway|app|cli)\s|[\s("'])v?(20\d\d\.(?:[1-9]|1[0-2])\.\d{1,3})(?![\d.]\d)/i;
const VERSION_WORD = /openclaw|version|gateway|\bcli\b|\bapp\b|\bv20/i;

export function versionIn(line: string): string | null {
  return VERSION_WORD.test(line) ? (VERSION.exec(line)?.[1] ?? null) : null;
}

/** `authProvided=token` or `"authProvided":"token"`: what the log calls the credential of a connect. */
const PROVIDED = /\bauthProvided["']?[=:]\s?["']?([a-z-]{1,40})\b/;

export const providedIn = (line: string): string | null => PROVIDED.exec(line)?.[1] ?? null;

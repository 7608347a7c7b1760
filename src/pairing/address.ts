/**
 * One spelling for every way of writing a gateway's address, and how far away that gateway is.
 *
 * The spelling is an identity: the same gateway pasted twice must give the same text, so everything that
 * a URL may spell in two ways is decided here, and parsing a result again changes nothing.
 */
import { GATEWAY_PORT } from '../ports.ts';
import { type Reach, reachOf, soleName } from '../reach.ts';
import { withoutPlace } from './control-ui.ts';

/** The gateway of somebody who runs OpenClaw on this machine with its defaults. */
export const DEFAULT_ADDRESS = `ws://127.0.0.1:${GATEWAY_PORT}`;

/** Where one gateway listens. */
export interface GatewayAddress {
  /** `ws(s)://host[:port][/path]`: no user, query, fragment or trailing slash; the port of `ws` is always there. */
  readonly url: string;
  readonly reach: Reach;
}

/** Why a text is not an address that we connect to. The interface has the sentence for each. */
export type AddressProblem =
  | 'not-an-address'
  | 'unsupported-scheme'
  | 'bad-port'
  | 'credentials-in-address'
  /** Plain `ws://` over the internet: anyone on the way could read the secret. */
  | 'insecure-public';

export type ParsedAddress =
  | { readonly ok: true; readonly address: GatewayAddress }
  | { readonly ok: false; readonly problem: AddressProblem };

const SCHEMES: ReadonlyMap<string, { readonly secure: boolean; readonly port: string }> = new Map([
  ['ws', { secure: false, port: GATEWAY_PORT }],
  ['wss', { secure: true, port: '' }],
  // OpenClaw prints its port in every http link, so a link without one goes through a proxy on port 80.
  ['http', { secure: false, port: '80' }],
  ['https', { secure: true, port: '' }],
]);

const refuse = (problem: AddressProblem): ParsedAddress => ({ ok: false, problem });

/**
 * Reads what a person or OpenClaw writes as a gateway address: `ws`, `wss`, `http`, `https`, or a bare host
 * with or without port. Query and fragment are dropped: look for secrets there before. Never throws.
 *
 * Without a port: 18789 for `ws://` and bare hosts, the web's own 80 and 443 for the rest. A path stays,
 * since a reverse proxy may serve the gateway below one (`gateway.controlUi.basePath`); a place of the Control UI,
 * copied from the address bar, does not.
 */
export function parseGatewayAddress(text: string): ParsedAddress {
  const trimmed = text.trim();
  // The URL parser would silently drop line breaks and tabs, and so join what was not one word.
  if (/\s/.test(trimmed)) return refuse('not-an-address');

  const written = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1];
  const scheme = SCHEMES.get(written?.toLowerCase() ?? 'ws');
  if (!scheme) return refuse('unsupported-scheme');
  const rest = written === undefined ? trimmed : trimmed.slice(written.length + 3);
  // `http:/host` and `http:host`: the parser would take the scheme for a host name.
  if (written === undefined && /^(?:wss?|https?):/i.test(rest)) return refuse('not-an-address');

  const authority = rest.split(/[/?#\\]/, 1)[0] ?? '';
  const url = urlOf(scheme.secure, rest);
  if (!url) return refuse(hasBadPort(authority, written !== undefined) ? 'bad-port' : 'not-an-address');
  if (url.username || url.password) return refuse('credentials-in-address');
  if (url.port === '0') return refuse('bad-port');

  const host = soleName(url.hostname);
  if (host === null) return refuse('not-an-address');
  const reach = reachOf(host);
  if (!scheme.secure && reach === 'public') return refuse('insecure-public');

  // The parser hides a port that is the scheme's own; for `ws` we must tell ":80" from no port at all.
  const ownPort = /:\d+$/.test(authority) && !scheme.secure ? '80' : scheme.port;
  const port = url.port || ownPort;
  const path = basePath(withoutTrailing(url.pathname, '/'), reach);
  const start = scheme.secure ? 'wss' : 'ws';
  return { ok: true, address: { url: `${start}://${host}${port && `:${port}`}${path}`, reach } };
}

/** What of a path is the gateway's own. Guides write `/ws` behind a gateway's port, where every path is the same to it. */
function basePath(path: string, reach: Reach): string {
  const base = withoutPlace(path);
  return reach === 'loopback' && base === '/ws' ? '' : withoutTrailing(base, '/');
}

/**
 * The web origin of a gateway, for the knock that asks whether anything listens there.
 * Takes the `url` of a {@link GatewayAddress}; throws a TypeError for anything that is no URL.
 */
export function httpOrigin(wsUrl: string): string {
  return new URL(wsUrl.replace(/^ws/, 'http')).origin;
}

/** `text` without the characters of `unwanted` at its end. A loop, since `/[…]+$/` is quadratic. */
export function withoutTrailing(text: string, unwanted: string): string {
  let end = text.length;
  while (end > 0 && unwanted.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function urlOf(secure: boolean, rest: string): URL | null {
  try {
    return new URL(`${secure ? 'https' : 'http'}://${rest}`);
  } catch {
    return null;
  }
}

/** Is it the port alone that makes this no URL? `javascript:x` has none; `ws://host:x` has a bad one. */
function hasBadPort(authority: string, hasScheme: boolean): boolean {
  const colon = authority.lastIndexOf(':');
  if (colon <= 0 || urlOf(false, authority.slice(0, colon)) === null) return false;
  return hasScheme || /^\d+$/.test(authority.slice(colon + 1));
}

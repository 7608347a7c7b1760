/** How far away a host is: what decides whether an unencrypted connection may carry a secret. */

/** This machine · a network that the internet does not route into · everything else. */
export type Reach = 'loopback' | 'private' | 'public';

/**
 * Names that a home or company network gives out itself; none of them leads into the internet. A tailnet's names
 * (`ts.net`) lead to its 100.x addresses, or through Tailscale's own relay, which takes nothing but TLS.
 */
export const PRIVATE_SUFFIXES = [
  '.local',
  '.lan',
  '.home',
  '.internal',
  '.intranet',
  '.private',
  '.corp',
  '.localdomain',
  '.home.arpa',
  '.fritz.box',
  '.speedport.ip',
  '.ts.net',
];

/**
 * The one spelling of a host name as the URL parser gives it (lower case, IPv4 in decimal, IPv6 in
 * brackets): no final dot, IPv4 out of IPv4-mapped IPv6, and `127.0.0.1` for `localhost` and for
 * `0.0.0.0`, which people copy from a bind address. `null` if it is no host that we would ever meet.
 */
export function soleName(hostname: string): string | null {
  if (hostname.startsWith('[')) {
    const mapped = mappedIPv4(ipv6Groups(hostname));
    if (mapped) return soleName(mapped);
    return hostname === '[::]' ? '[::1]' : hostname;
  }
  const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  if (name === 'localhost' || name === '0.0.0.0') return '127.0.0.1';
  // The URL standard allows quotes, brackets and `*` in host names; nobody's gateway has them.
  const isName = /^[a-z0-9._-]+$/.test(name) && name.split('.').every((label) => label !== '');
  return isName ? name : null;
}

/** Takes what {@link soleName} gives. */
export function reachOf(host: string): Reach {
  if (host.startsWith('[')) return ipv6Reach(ipv6Groups(host));
  if (/^\d+(?:\.\d+){3}$/.test(host)) return ipv4Reach(host.split('.').map(Number));
  if (host.endsWith('.localhost')) return 'loopback';
  if (isLookAlike(host.split('.', 1)[0] ?? '')) return 'public';
  if (PRIVATE_SUFFIXES.some((suffix) => host.endsWith(suffix))) return 'private';
  return host.includes('.') || host.startsWith('xn--') ? 'public' : 'private';
}

/**
 * A label that only looks like `localhost`: with digits in it. Nobody's network has it, and its author wants a secret to
 * be sent there. In other letters than ASCII (`lоcalhost` with a Cyrillic o) the URL parser writes it as `xn--…`; a name
 * of one such label is nobody's either.
 */
function isLookAlike(label: string): boolean {
  const read = label.replaceAll('0', 'o').replaceAll('5', 's').replaceAll(/[1i]/g, 'l');
  return read === 'localhost' && label !== 'localhost';
}

function ipv4Reach([a = 0, b = 0]: readonly number[]): Reach {
  if (a === 127) return 'loopback';
  const isPrivate =
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    // Carrier-grade NAT: what Tailscale hands out, encrypted by it on the way.
    (a === 100 && b >= 64 && b <= 127);
  return isPrivate ? 'private' : 'public';
}

function ipv6Reach(groups: readonly number[]): Reach {
  const [first = 0] = groups;
  if (groups.at(-1) === 1 && groups.slice(0, -1).every((group) => group === 0)) return 'loopback';
  const isPrivate = (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80;
  return isPrivate ? 'private' : 'public';
}

/** The eight 16-bit groups of `[…]` as the URL parser writes it. */
function ipv6Groups(bracketed: string): number[] {
  const [head = '', tail] = bracketed.slice(1, -1).split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return read(head);
  const [before, after] = [read(head), read(tail)];
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** `1.2.3.4` out of `::ffff:1.2.3.4`, else `null`. */
function mappedIPv4(groups: readonly number[]): string | null {
  const [marker, high = 0, low = 0] = groups.slice(5);
  if (marker !== 0xffff || groups.slice(0, 5).some((group) => group !== 0)) return null;
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** Takes the names of hosts and people out of a text that others will read. Pure. */
import { PRIVATE_SUFFIXES } from '../reach.ts';

/** Names that only exist in a private network. */
const PRIVATE_NAME = new RegExp(
  `\\b[a-z0-9-]+(?:\\.[a-z0-9-]+)*(?:${PRIVATE_SUFFIXES.map(escaped).join('|')})(?![\\w-])`,
  'gi',
);
const HOST_IN_URL = /(:\/\/)([^\s/?#:[\]@]+|\[[\da-f:.]+\])/gi;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
/** Three colons at least, or two in a row: a clock time has two apart. */
const IPV6 = /\[?(?:(?:[\da-f]{0,4}:){3,}[\da-f]{0,4}|(?<![\w:])[\da-f]{1,4}::[\da-f]{0,4}(?![\w:]))\]?/gi;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const HOME = /((?:\/home\/|\/Users\/|\\Users\\))[^\s/\\:"']+/g;

/**
 * A function that masks every host in a text: those of `addresses` as `gateway-1`, `gateway-2` …, any other as
 * `host-1` …, the same host always by the same name. With `includeHosts` it leaves hosts alone; mail addresses and
 * the names of home folders go in any case.
 */
export function hostMask(
  addresses: readonly (string | null | undefined)[],
  includeHosts: boolean,
): (text: string) => string {
  const people = (text: string): string => text.replace(MAIL, '[mail]').replace(HOME, '$1[user]');
  if (includeHosts) return people;
  const own = addresses.flatMap((address) =>
    address && URL.canParse(address) ? [new URL(address).hostname] : [],
  );
  const gateways = [...new Set(own)];
  const others: string[] = [];
  const name = (host: string): string => {
    const known = gateways.indexOf(host.toLowerCase());
    if (known >= 0) return `gateway-${known + 1}`;
    if (/^(?:gateway|host)-\d+$/.test(host)) return host;
    if (!others.includes(host)) others.push(host);
    return `host-${others.indexOf(host) + 1}`;
  };
  return (text) => {
    // The longest first: one host's name may be part of another's.
    const known = [...gateways]
      .sort((a, b) => b.length - a.length)
      .reduce((line, host) => line.replaceAll(standing(host), name(host)), people(text));
    return known
      .replace(HOST_IN_URL, (_, start: string, host: string) => `${start}${name(host)}`)
      .replace(IPV4, name)
      .replace(IPV6, name)
      .replace(PRIVATE_NAME, name);
  };
}

/** A host where it stands alone. A name of one label is a word besides: it may be part of one, or of a dotted name. */
function standing(host: string): RegExp {
  const [before, after] = host.includes('.') ? ['', ''] : ['.', '|\\.\\w'];
  return new RegExp(`(?<![\\w${before}-])${escaped(host)}(?![\\w-]${after})`, 'gi');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

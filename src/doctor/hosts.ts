/** Takes the names of hosts and people out of a text that others will read. Pure. */

/** Names that only exist in a private network. */
const PRIVATE_NAME = /\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:local|lan|internal|home\.arpa|ts\.net)\b/gi;
const HOST_IN_URL = /(:\/\/)([^\s/?#:[\]@]+|\[[\da-f:.]+\])/gi;
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
/** Three colons at least: a clock time has two. */
const IPV6 = /\[?(?:[\da-f]{0,4}:){3,}[\da-f]{0,4}\]?/gi;
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
      .reduce((line, host) => line.replaceAll(new RegExp(escaped(host), 'gi'), name(host)), people(text));
    return known
      .replace(HOST_IN_URL, (_, start: string, host: string) => `${start}${name(host)}`)
      .replace(IPV4, name)
      .replace(IPV6, name)
      .replace(PRIVATE_NAME, name);
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

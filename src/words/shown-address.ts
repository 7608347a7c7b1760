/** How the address of a known gateway is shown and copied: never with anything that could be a secret. */

/** Characters. What fits on one line of the popup. */
const LONGEST = 28;
const TAIL = 13;

/** Scheme, host, port and path. An address is kept without credentials; should one have some, they end here. */
export const withoutSecrets = (address: string): string =>
  address
    .replace(/^([a-z][a-z\d+.-]*:\/\/)?[^/?#]*@/i, '$1')
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '');

/** Both ends of it: a host's domain and port say more than its middle. */
export const shortAddress = (address: string): string =>
  address.length <= LONGEST ? address : `${address.slice(0, LONGEST - TAIL - 1)}…${address.slice(-TAIL)}`;

/** What a browser shows at a gateway's address; `null` for an address that is none. */
export function pageOf(address: string): string | null {
  const plain = withoutSecrets(address).replace(/^ws/, 'http');
  return URL.canParse(plain) && /^https?:/.test(plain) ? plain : null;
}

/** Where a gateway shows requests to be approved: at the same path in all versions. `null` for an address that is none. */
export function dashboardOf(address: string): string | null {
  const page = pageOf(address);
  return page && `${page}/nodes`;
}

/** The browsers' own names of what failed on the way, by what they prove. */

export type NetFault =
  | 'unsafe'
  | 'name'
  | 'refused'
  | 'closed'
  | 'unreachable'
  | 'local-network'
  | 'untrusted'
  | 'expired'
  | 'other-name'
  | 'tls';

/** Chromium's (`net::ERR_…`) and Firefox's (`NS_ERROR_…`, `SEC_ERROR_…`), first match wins. */
const TABLE: readonly (readonly [RegExp, NetFault])[] = [
  [/UNSAFE_PORT|PORT_ACCESS_NOT_ALLOWED/, 'unsafe'],
  [/NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|UNKNOWN_HOST/, 'name'],
  [/PRIVATE_NETWORK_ACCESS|LOCAL_NETWORK_ACCESS/, 'local-network'],
  [/CONNECTION_REFUSED/, 'refused'],
  [/CONNECTION_RESET|EMPTY_RESPONSE|CONNECTION_CLOSED|NET_RESET|NET_INTERRUPT|NET_EMPTY_RESPONSE/, 'closed'],
  [/ADDRESS_UNREACHABLE|TIMED_OUT|NET_TIMEOUT|NETWORK_ACCESS_DENIED|NET_UNREACHABLE/, 'unreachable'],
  [/CERT_DATE_INVALID|EXPIRED|NOT_YET_VALID/, 'expired'],
  [/CERT_COMMON_NAME_INVALID|BAD_CERT_DOMAIN/, 'other-name'],
  [/ERR_CERT_|UNKNOWN_ISSUER|SELF_SIGNED|UNTRUSTED|PKIX_ERROR|CERT_NOT_IN_NAME/, 'untrusted'],
  [/ERR_SSL_|SSL_ERROR_/, 'tls'],
];

/** `null` for what proves nothing that we have a word for, and where no error is known. */
export const faultOf = (error: string | null): NetFault | null =>
  error === null ? null : (TABLE.find(([name]) => name.test(error))?.[1] ?? null);

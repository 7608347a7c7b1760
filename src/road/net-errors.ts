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
  | 'tls'
  /** Of encryption, and no more is known. */
  | 'encryption';

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
  [/^SEC_ERROR_UNNAMED$/, 'encryption'],
  [/ERR_CERT_|UNKNOWN_ISSUER|SELF_SIGNED|UNTRUSTED|PKIX_ERROR|CERT_NOT_IN_NAME/, 'untrusted'],
  [/ERR_SSL_|SSL_ERROR_/, 'tls'],
];

/** A browser's own name, such as `net::ERR_CERT_DATE_INVALID`; the longest has 60 characters. */
const NAME = /^[\w:]{3,80}$/;

/**
 * Firefox has a sentence in place of a name where encryption fails, in the user's language. What of the English ones tells
 * faults apart; of all the others it is known that they are of encryption.
 */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/certificate has expired/i, 'SEC_ERROR_EXPIRED_CERTIFICATE'],
  [/certificate that is not yet valid/i, 'MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE'],
  [/domain name does not match the server.s certificate/i, 'SSL_ERROR_BAD_CERT_DOMAIN'],
  [/certificate is not trusted because it is self-signed/i, 'MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT'],
  [/certificate issuer is not recognized/i, 'SEC_ERROR_UNKNOWN_ISSUER'],
  [/record that exceeded the maximum permissible length/i, 'SSL_ERROR_RX_RECORD_TOO_LONG'],
];

/** The name of what a browser says of a request that failed; none of its sentences is kept. */
export const nameOfError = (said: string): string =>
  NAME.test(said) ? said : (SENTENCES.find(([words]) => words.test(said))?.[1] ?? 'SEC_ERROR_UNNAMED');

/** `null` for what proves nothing that we have a word for, and where no error is known. */
export const faultOf = (error: string | null): NetFault | null =>
  error === null ? null : (TABLE.find(([name]) => name.test(error))?.[1] ?? null);

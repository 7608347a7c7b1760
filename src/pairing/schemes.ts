/** An address with another scheme than it was written with. */
import { parseGatewayAddress } from './address.ts';

/**
 * The same address with the other scheme, encrypted for plain and back, and the same port; `null` if it is not one that
 * we would connect to.
 */
export function otherScheme(address: string): string | null {
  const url = new URL(address);
  const isSecure = url.protocol === 'wss:';
  const rest = address.slice(address.indexOf('://'));
  // A port that is the scheme's own is not written with `wss`, and always with `ws`.
  const port = url.port === '' && isSecure ? rest.replace(url.host, `${url.host}:443`) : rest;
  const parsed = parseGatewayAddress(`${isSecure ? 'ws' : 'wss'}${port}`);
  return parsed.ok ? parsed.address.url : null;
}

/**
 * A text that is one address with or without a scheme, made encrypted: for `ws://home.example.com` `wss://…`, for a bare
 * host or `http://` `https://…`. `null` if the text is no single word.
 */
export function encrypted(text: string): string | null {
  const [, scheme = 'http', rest = ''] = /^(?:(wss?|https?):\/\/)?(\S+)$/i.exec(text.trim()) ?? [];
  if (rest === '') return null;
  return `${scheme.toLowerCase().startsWith('ws') ? 'wss' : 'https'}://${rest}`;
}

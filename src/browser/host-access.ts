/**
 * The optional permission to read HTTP answers of one host. Nothing that this extension does by itself needs it:
 * with it the doctor reads what gateway and relay say about themselves.
 */
import browser from './api.ts';

/** The host of a gateway's address as a match pattern; patterns know no ports. A loopback gateway's relay is on 127.0.0.1. */
export function hostPatterns(address: string): string[] {
  const { protocol, hostname } = new URL(address);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const own = `${protocol === 'wss:' ? 'https' : 'http'}://${hostname}/*`;
  return isLoopback ? [...new Set([own, 'http://127.0.0.1/*'])] : [own];
}

/** Whether the HTTP answers of this address's host may be read. Never throws. */
export const hasHostAccess = (address: string): Promise<boolean> =>
  browser.permissions.contains({ origins: hostPatterns(address) }).catch(() => false);

/** Asks the user; only within a click. `false` if they said no. */
export const requestHostAccess = (address: string): Promise<boolean> =>
  browser.permissions.request({ origins: hostPatterns(address) }).catch(() => false);

/** Gives the permission back. */
export const dropHostAccess = (address: string): Promise<boolean> =>
  browser.permissions.remove({ origins: hostPatterns(address) }).catch(() => false);

/** The optional permissions of this extension, all of them: what the user has allowed, asking, and giving back. */
import browser from './api.ts';

export interface Allowed {
  readonly notifications: boolean;
  /** The errors of our own requests may be seen, for the hosts of {@link origins}. */
  readonly webRequest: boolean;
  /** Match patterns of hosts whose HTTP answers may be read. */
  readonly origins: readonly string[];
}

const NOTIFICATIONS = { permissions: ['notifications' as const] };

/** Never throws: what cannot be asked is not allowed. */
export async function allowed(): Promise<Allowed> {
  try {
    const { permissions = [], origins = [] } = await browser.permissions.getAll();
    return {
      notifications: permissions.includes('notifications'),
      webRequest: permissions.includes('webRequest'),
      origins,
    };
  } catch {
    return { notifications: false, webRequest: false, origins: [] };
  }
}

/**
 * Calls `onAllowed` now and whenever the user allows or withdraws something, here or in the browser's settings.
 *
 * @returns ends it
 */
export function followAllowed(onAllowed: (now: Allowed) => void): () => void {
  let isOver = false;
  const read = async (): Promise<void> => {
    const now = await allowed();
    if (!isOver) onAllowed(now);
  };
  browser.permissions.onAdded.addListener(read);
  browser.permissions.onRemoved.addListener(read);
  void read();
  return () => {
    isOver = true;
    browser.permissions.onAdded.removeListener(read);
    browser.permissions.onRemoved.removeListener(read);
  };
}

/** Asks the user; only within a click. `false` if they said no. */
export const requestNotifications = (): Promise<boolean> =>
  browser.permissions.request(NOTIFICATIONS).catch(() => false);

/** Gives notifications back. `false` if the browser would not take them. */
export const dropNotifications = (): Promise<boolean> =>
  browser.permissions.remove(NOTIFICATIONS).catch(() => false);

/** Asks the user; only within a click. `false` if they said no. */
export const requestOrigins = (origins: readonly string[]): Promise<boolean> =>
  browser.permissions.request({ origins: [...origins] }).catch(() => false);

/** Gives the reading of hosts back. `false` if the browser would not take it. */
export const dropOrigins = (origins: readonly string[]): Promise<boolean> =>
  origins.length === 0
    ? Promise.resolve(true)
    : browser.permissions.remove({ origins: [...origins] }).catch(() => false);

/** Gives the sight of our own requests back. `false` if the browser would not take it. */
export const dropWebRequest = (): Promise<boolean> =>
  browser.permissions.remove({ permissions: ['webRequest'] }).catch(() => false);

/** Asks the user; only within a click. `false` if they said no. */
export const requestWebRequest = (): Promise<boolean> =>
  browser.permissions.request({ permissions: ['webRequest'] }).catch(() => false);

/** Whether the errors of our own requests may be seen. Never throws. */
export const mayMonitorRequests = (): Promise<boolean> =>
  browser.permissions.contains({ permissions: ['webRequest'] }).catch(() => false);

/** Shows one notification that is about nothing. Rejects if the browser refuses. */
export async function showTestNotification(title: string, message: string): Promise<void> {
  const iconUrl = browser.runtime.getURL('icons/icon-128.png');
  await browser.notifications.create('test', { type: 'basic', iconUrl, title, message });
}

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

/**
 * Asks the user for all that tells what stands on the way to this address: the answers of its host with both schemes, and
 * the errors of our own requests to it. Only within a click. `false` if they said no.
 */
export const requestRoadAccess = (address: string): Promise<boolean> => {
  const { hostname } = new URL(address);
  const origins = [...new Set([...hostPatterns(address), `http://${hostname}/*`, `https://${hostname}/*`])];
  return browser.permissions.request({ origins, permissions: ['webRequest'] }).catch(() => false);
};

/**
 * Asks the user for the answers of this address's host, with which the doctor reads what gateway and relay say about
 * themselves; nothing else needs it. Only within a click. `false` if they said no.
 */
export const requestHostAccess = (address: string): Promise<boolean> => requestOrigins(hostPatterns(address));

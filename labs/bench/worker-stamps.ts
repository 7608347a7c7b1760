/** When the service worker learned of something, and when its toolbar icon said so: noted inside the worker. */
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';

/** Times are `Date.now()` with fractions, the same clock as in this process. */
export type Stamp =
  /** The first sign of an end: the socket's close event, or the gateway's announcement of one. */
  | { readonly kind: 'sign'; readonly at: number; readonly what: string }
  /** The browser has taken on the icon of another state. */
  | { readonly kind: 'icon'; readonly at: number; readonly status: string };

/**
 * Has the worker note both from now on, for sockets that it opens from now on. It must not be stopped; a debugger that
 * is attached, as ours is, keeps it alive.
 */
export async function installStamps(browser: ExtensionBrowser): Promise<void> {
  await browser.evaluateInWorker(() => {
    const scope = globalThis as any;
    const stamps: Stamp[] = [];
    scope.stamps = stamps;
    const now = (): number => performance.timeOrigin + performance.now();
    const sign = (what: string): void => void stamps.push({ kind: 'sign', at: now(), what });

    // Registered before the worker's own listeners, so called before them.
    scope.WebSocket = class extends WebSocket {
      constructor(address: string | URL, subprotocol?: string) {
        super(address, subprotocol);
        // A look at the relay, which ends by itself.
        if (subprotocol) return;
        this.addEventListener('close', ({ code }) => sign(`close ${code}`));
        this.addEventListener('message', ({ data }) => {
          if (String(data).includes('"event":"shutdown"')) sign('shutdown');
        });
      }
    };

    const { action } = scope.chrome;
    const setIcon = action.setIcon.bind(action);
    action.setIcon = async (details: { path: Record<string, string> }): Promise<void> => {
      await setIcon(details);
      const status = details.path[16]?.match(/([a-z-]+)-16\.png$/)?.[1] ?? '';
      stamps.push({ kind: 'icon', at: now(), status });
    };
  }, null);
}

/** All that was noted so far. */
export const readStamps = (browser: ExtensionBrowser): Promise<Stamp[]> =>
  browser.evaluateInWorker(() => (globalThis as any).stamps as Stamp[], null);

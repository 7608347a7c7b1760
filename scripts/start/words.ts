/** What `npm start` says about things that both of its ways have in common. */
import { relative } from 'node:path';
import type { StatusCode } from '../../harness/browser/popup-page.ts';
import { BUILD } from '../../harness/process/build.ts';

/** A path as the user would type it here. */
export const here = (path: string): string => relative(process.cwd(), path) || '.';

const SENTENCES: Record<StatusCode, string> = {
  'not-set-up': 'not connected to a gateway yet',
  unknown: 'checking',
  healthy: 'connected',
  healed: 'connected, after a repair',
  reconnecting: 'connection lost, reconnecting',
  starting: 'the gateway is not ready',
  down: 'the gateway cannot be reached',
  offline: 'this computer is offline',
  approval: 'waiting for your approval',
  'needs-you': 'it needs you; the popup says what to do',
  limited: 'the gateway asked for a pause',
  relay: 'connected, but the browser relay is not ready',
  paused: 'paused',
};

/** One status as part of a sentence. */
export const inWords = (status: StatusCode, cause: string | null): string =>
  (SENTENCES[status] ?? status) + (cause ? ` (${cause})` : '');

export const isConnected = (status: StatusCode): boolean => status === 'healthy' || status === 'healed';

/** Milliseconds as seconds, with as many digits as mean something. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;

/** How to have the extension in one's own browser, with the gateway at `address`. */
export const howToLoad = (
  address = 'ws://127.0.0.1:18789',
): string => `To use it in your own browser (Chromium, Chrome, Edge, Brave ...):
  1. Open chrome://extensions and switch on "Developer mode".
  2. Choose "Load unpacked" and select ${BUILD}
  3. On your gateway's computer run
       openclaw qr --setup-code-only --url ${address}
     and paste what it prints into the extension's popup.`;

/** Lines with the time since the start before them. */
export class Timeline {
  readonly #start = Date.now();

  /** Prints one line. `at` is when it happened, now unless given. */
  note(text: string, at = Date.now()): void {
    console.log(`${((at - this.#start) / 1000).toFixed(1).padStart(7)} s  ${text}`);
  }
}

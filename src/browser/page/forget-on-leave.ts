/** A gateway that is about to be forgotten, and a page that may be gone before. */
import { FORGET_PORT } from '../../messages.ts';
import browser, { type Port } from '../api.ts';

/** Milliseconds. Time for a worker that just died to be started again. */
const RECONNECT_MS = 200;

/**
 * Has the worker forget a gateway once this page is gone, however it goes: what a page says while it is left may not arrive,
 * and the end of a port always does.
 *
 * @returns takes it back
 */
export function forgetOnLeave(gatewayId: string): () => void {
  let port: Port | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function connect(): void {
    // Gone when the extension was updated or removed under an open page.
    if (!browser.runtime?.id) return;
    port = browser.runtime.connect({ name: FORGET_PORT + gatewayId });
    port.onDisconnect.addListener(() => {
      void browser.runtime.lastError;
      timer = setTimeout(connect, RECONNECT_MS);
    });
  }
  connect();
  return () => {
    clearTimeout(timer);
    port?.postMessage('keep');
    port?.disconnect();
  };
}

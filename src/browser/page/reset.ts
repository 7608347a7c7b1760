/** Everything that this extension keeps in the browser, removed: what the worker knows of, and what it cannot read. */
import { DEFAULT_SETTINGS } from '../../settings.ts';
import browser from '../api.ts';
import { forgetAllDeviceKeys } from '../keys.ts';
import { allowed, dropNotifications, dropOrigins, dropWebRequest } from '../permissions.ts';
import { send } from './worker-link.ts';

/**
 * Ends every pairing, removes what is stored, and gives the optional permissions back. A worker that could not do its
 * part, or could not read what is stored, is started anew; that closes the page.
 *
 * @returns whether everything could be removed, and the browser took every permission back
 */
export async function resetEverything(
  gatewayIds: readonly string[],
  isUnreadable: boolean,
): Promise<boolean> {
  let isWorkerClean = !isUnreadable;
  // By the worker, because it holds the connections and would write them down again.
  for (const gatewayId of gatewayIds) {
    const { ok } = await send({ type: 'forget-gateway', gatewayId });
    isWorkerClean &&= ok;
  }
  try {
    await browser.storage.local.clear();
    await browser.storage.session.clear();
    await forgetAllDeviceKeys();
  } catch {
    return false;
  }
  const { ok } = await send({ type: 'set-settings', settings: DEFAULT_SETTINGS });
  isWorkerClean &&= ok;
  localStorage.clear();
  const { notifications, webRequest, origins } = await allowed();
  const dropped = await Promise.all([
    !notifications || dropNotifications(),
    !webRequest || dropWebRequest(),
    dropOrigins(origins),
  ]);
  if (!isWorkerClean) browser.runtime.reload();
  return dropped.every(Boolean);
}

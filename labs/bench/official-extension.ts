import { join } from 'node:path';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { extensionId } from '../../harness/browser/extension-id.ts';
import { type Gateway, openclawPackage } from '../../harness/gateway/openclaw.ts';
import { ConnectionLog, type Contender } from './connection-log.ts';

const SAMPLE_MS = 20;

/** The official Chrome extension, which ships inside the `openclaw` package. */
export const officialExtensionPath = (version?: string): string =>
  join(openclawPackage(version), 'dist/extensions/browser/chrome-extension');

/**
 * Pairs the official extension of `browser` with the gateway's relay, through the extension's own options
 * page. It has no event for "connected"; its badge reads ON then, and is looked at every 20 ms.
 */
export async function connectOfficialExtension(
  browser: ExtensionBrowser,
  gateway: Pick<Gateway, 'version' | 'relayPairingString'>,
): Promise<Contender> {
  const log = new ConnectionLog();
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${extensionId(officialExtensionPath(gateway.version))}/options.html`);
  await page.exposeFunction('noteConnected', (connected: boolean, at: number) => log.note(connected, at));
  await page.evaluate((everyMs) => {
    const { chrome, noteConnected } = globalThis as any;
    let last: boolean | null = null;
    const look = async (): Promise<void> => {
      const connected = (await chrome.action.getBadgeText({})) === 'ON';
      if (connected === last) return;
      last = connected;
      noteConnected(connected, Date.now());
    };
    setInterval(look, everyMs);
  }, SAMPLE_MS);
  const pairingString = await gateway.relayPairingString();
  const answer = await page.evaluate(
    (text) =>
      (globalThis as any).chrome.runtime.sendMessage({
        type: 'pair',
        pairingString: text,
        accessMode: 'selected',
      }),
    pairingString,
  );
  if (answer?.ok === false) throw new Error(`The official extension could not be paired: ${answer.error}`);
  return { name: 'official extension', log, close: () => page.close() };
}

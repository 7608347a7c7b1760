/** Those whose idle cost is measured: how each is paired, each in a browser of its own. */
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { pair, runRemedy, waitForStatus } from '../../harness/browser/popup-page.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { until } from '../../harness/process/wait.ts';
import type { Simulator } from '../../harness/servers/simulator/simulator.ts';
import type { Command } from '../../src/command-schema.ts';
import { IdleBrowser } from './idle-browser.ts';
import { countMessages, type MessageCounter } from './message-counter.ts';
import { connectOfficialExtension, officialExtensionPath } from './official-extension.ts';

const APPROVAL_LIMIT_MS = 60_000;
const CONNECT_LIMIT_MS = 60_000;

/** One extension at one real gateway, by way of a proxy that counts what it says. */
export interface Subject {
  readonly browser: IdleBrowser;
  readonly counter: MessageCounter;
  readonly simulators: readonly Simulator[];
}

/** A pairing string that leads through the proxy. Its port is there twice: in the relay's address and in the gateway's. */
const by = (counter: MessageCounter, gateway: Gateway, pairingString: string): string =>
  pairingString.replace(new RegExp(`(:|%3A)${gateway.port}\\b`, 'gi'), `$1${counter.port}`);

/** The official extension, with no tab shared. */
export async function officialSubject(gateway: Gateway): Promise<Subject> {
  const counter = await countMessages(gateway.port);
  const { version } = gateway;
  const relayPairingString = async (): Promise<string> =>
    by(counter, gateway, await gateway.relayPairingString());
  const browser = await IdleBrowser.prepare(officialExtensionPath(version), async (watched) => {
    const { log } = await connectOfficialExtension(watched, { version, relayPairingString });
    await log.settled(CONNECT_LIMIT_MS);
    if (!log.isConnected) throw new Error('The official extension does not connect to its relay.');
  });
  return { browser, counter, simulators: [] };
}

/**
 * Ours, with its relay's key, and with as many simulated gateways beside the real one.
 *
 * @param monitorsOthers it reads of the real gateway's other clients
 */
export async function ourSubject(
  gateway: Gateway,
  simulators: readonly Simulator[],
  monitorsOthers = false,
): Promise<Subject> {
  const counter = await countMessages(gateway.port);
  const code = await gateway.cli('qr', '--setup-code-only', '--url', counter.url);
  const relay = by(counter, gateway, await gateway.relayPairingString());
  const browser = await IdleBrowser.prepare(BUILD, async (watched) => {
    const page = await watched.openPopupInTab();
    await pair(page, code.trim().split('\n').at(-1) ?? '');
    await waitForStatus(page, 'approval');
    await runRemedy(page, gateway);
    await waitForStatus(page, 'healthy', APPROVAL_LIMIT_MS);
    await page.close();
    const [first] = await watched.evaluate(
      async () => (await (globalThis as any).chrome.storage.local.get('gateways')).gateways.value,
      null,
    );
    await paste(watched, relay, first.id);
    if (monitorsOthers) await monitorOthers(watched, first.id);
    for (const simulator of simulators) await paste(watched, `${simulator.url}#${simulator.secret}`);
    await until(CONNECT_LIMIT_MS, 'all gateways to be connected', () => simulators.every(isConnected), 100);
  });
  return { browser, counter, simulators };
}

/** What its user does by one click. */
async function monitorOthers(browser: ExtensionBrowser, gatewayId: string): Promise<void> {
  await commanded(browser, { type: 'watch-others', gatewayId, isOn: true });
  const readAt = (key: string): Promise<number | null> =>
    browser.evaluate(
      async (name) => (await (globalThis as any).chrome.storage.local.get(name))[name]?.value.readAt,
      key,
    );
  await until(CONNECT_LIMIT_MS, 'the log to be read', () => readAt(`others:${gatewayId}`), 100);
}

export const isConnected = (simulator: Simulator): boolean => simulator.isConnected;

/** What the popup does with a pasted text, without a popup. */
const paste = (browser: ExtensionBrowser, text: string, gatewayId: string | null = null): Promise<void> =>
  commanded(browser, {
    type: 'pair',
    text,
    secret: null,
    withoutSecret: false,
    remember: false,
    gatewayId,
  });

async function commanded(browser: ExtensionBrowser, command: Command): Promise<void> {
  const reply = await browser.evaluate(
    (message) => (globalThis as any).chrome.runtime.sendMessage(message),
    command,
  );
  if (!reply?.ok) throw new Error(`The extension does not do it: ${JSON.stringify(reply)}`);
}

/**
 * The service worker. Every listener is registered in its first turn, because the browser replays the event
 * that woke it only to those; each waits for the fleet to be loaded. Wiring only: decisions are elsewhere.
 */
import browser, { type Runtime } from 'webextension-polyfill';
import { drawToolbar, faceOf } from '../browser/toolbar.ts';
import { commandSchema, type Reply, STATUS_PORT } from '../messages.ts';
import { runCommand } from './commands.ts';
import { Fleet } from './fleet.ts';

const WAKE_UP = 'wake-up';

/** Just under the idle limit of 30 s after which the browser ends a worker that called no API. */
const STAY_AWAKE_MS = 20_000;

const pages = new Set<Runtime.Port>();
const fleet: Promise<Fleet> = Fleet.load(() => void changed());
let lastSent = '';
let isAwake: ReturnType<typeof setInterval> | null = null;

async function changed(): Promise<void> {
  const { snapshot, isActive } = await fleet;
  drawToolbar(faceOf(snapshot.statuses, Date.now(), snapshot.storageProblem));
  stayAwake(isActive);
  const text = JSON.stringify(snapshot);
  if (text === lastSent) return;
  lastSent = text;
  for (const page of pages) page.postMessage(snapshot);
}

/**
 * While a connection acts by itself the worker stays: its timers are finer than any alarm. The alarm is the
 * safety net for the case that the browser ends it all the same.
 */
function stayAwake(isActive: boolean): void {
  if (isActive === (isAwake !== null)) return;
  if (isActive) {
    isAwake = setInterval(() => void browser.runtime.getPlatformInfo(), STAY_AWAKE_MS);
    void browser.alarms.create(WAKE_UP, { periodInMinutes: 0.5 });
  } else {
    if (isAwake !== null) clearInterval(isAwake);
    isAwake = null;
    void browser.alarms.clear(WAKE_UP);
  }
}

browser.alarms.onAlarm.addListener(() => {
  void fleet.then((all) => all.dispatchAll({ type: 'clock-ticked' }));
});

// Their only purpose is to start the worker: loading the fleet does the rest.
browser.runtime.onStartup.addListener(() => void fleet);
browser.runtime.onInstalled.addListener(() => void fleet);

self.addEventListener('online', () => {
  void fleet.then((all) => all.dispatchAll({ type: 'network-returned' }));
});

browser.runtime.onConnect.addListener((port) => {
  if (port.name !== STATUS_PORT || !isOwnPage(port.sender)) return;
  pages.add(port);
  port.onDisconnect.addListener(() => pages.delete(port));
  void fleet.then((all) => {
    if (pages.has(port)) port.postMessage(all.snapshot);
    // Somebody is looking: what is shown should be fresh.
    all.dispatchAll({ type: 'check-requested', by: 'page' });
  });
});

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) =>
  isOwnPage(sender) ? answer(message) : undefined,
);

async function answer(message: unknown): Promise<Reply> {
  const command = commandSchema.safeParse(message);
  return command.success ? runCommand(await fleet, command.data) : { ok: false, problem: 'unknown-command' };
}

/** Pages of this extension only. There is no content script, but a rule is better than an absence. */
const isOwnPage = (sender: Runtime.MessageSender | undefined): boolean =>
  sender?.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL(''));

void fleet.then(() => changed());

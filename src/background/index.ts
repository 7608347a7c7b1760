/**
 * The service worker. Every listener is registered in its first turn, because the browser replays the event
 * that woke it only to those; each waits for the fleet to be loaded. Wiring only: decisions are elsewhere.
 */
import browser, { type MessageSender, type Port } from '../browser/api.ts';
import { createMenu } from '../browser/worker/context-menu.ts';
import { DashboardTabs } from '../browser/worker/dashboard-tabs.ts';
import { openNotified, openPage } from '../browser/worker/pages.ts';
import { commandSchema, questionSchema, remarkSchema } from '../command-schema.ts';
import type { Answer } from '../gateway/read-methods.ts';
import type { ConnectionEvent } from '../gateway/state.ts';
import { FORGET_PORT, type Reply, STATUS_PORT } from '../messages.ts';
import { parsed } from '../parse.ts';
import { runCommand } from './commands.ts';
import { Fleet } from './fleet.ts';
import { runMenu } from './menu.ts';
import { OthersWatch } from './others-watch.ts';
import { loadSettings, Presenter } from './presenter.ts';

const WAKE_UP = 'wake-up';

/** Just under the idle limit of 30 s after which the browser ends a worker that called no API. */
const STAY_AWAKE_MS = 20_000;

/** In Chromium a WebSocket's messages are as good as a call, and rule C7 lets none be silent for long. */
const MESSAGES_COUNT = self.location.protocol === 'chrome-extension:';

/** Everything starts with what the user chose, and ends on the presenter. */
const loaded: Promise<{
  fleet: Fleet;
  presenter: Presenter;
  dashboards: DashboardTabs;
  others: OthersWatch;
}> = loadSettings().then(async (settings) => {
  let presenter: Presenter | null = null;
  let others: OthersWatch | null = null;
  const dashboards = new DashboardTabs({
    onTurn: (gatewayId) => void fleet.dispatch(gatewayId, { type: 'check-requested', by: 'page' }),
    onPassed: (gatewayId) => {
      if (fleet.awaits(gatewayId, 'way')) fleet.dispatch(gatewayId, { type: 'check-requested', by: 'user' });
    },
    isAwaited: (gatewayId, purpose) => fleet.awaits(gatewayId, purpose),
  });
  const fleet: Fleet = await Fleet.load(() => presenter && refresh(presenter, fleet), {
    isWatched: () => (presenter?.pages.size ?? 0) > 0,
    isLookedAt: (id) => [...(presenter?.shown.values() ?? [])].includes(id),
    approverSince: (id) => dashboards.frontSince(id),
    mayRepair: () => (presenter?.settings ?? settings).repairsByItself,
    presence: (id, payload) => others?.met(id, payload),
  });
  presenter = await Presenter.open(fleet, settings);
  refresh(presenter, fleet);
  const { pages } = presenter;
  others = new OthersWatch({
    ask: (id, method, params) => fleet.ask(id, method, params),
    statuses: () => fleet.snapshot.statuses,
    isWatched: () => pages.size > 0,
    mayTell: (now) => presenter?.mayTellOfOthers(now) ?? false,
    counted: (rejected) => presenter?.countOthers(rejected),
  });
  return { fleet, presenter, dashboards, others };
});
/** `null`: a worker before may have left one. */
let hasAlarm: boolean | null = null;
let calling: ReturnType<typeof setInterval> | null = null;

function refresh(presenter: Presenter, fleet: Fleet): void {
  presenter.refresh();
  stayAwake(fleet);
}

const dispatchAll = (event: ConnectionEvent): void => {
  void loaded.then(({ fleet }) => fleet.dispatchAll(event));
};

/**
 * While a connection acts by itself the worker stays: its timers are finer than any alarm. The alarm is the
 * safety net for the case that the browser ends it all the same; at twice the pace it would cost as much as all that
 * a connected gateway says.
 */
function stayAwake({ isActive, isConnected }: Fleet): void {
  if (isActive !== hasAlarm) {
    hasAlarm = isActive;
    if (isActive) void browser.alarms.create(WAKE_UP, { periodInMinutes: 1 });
    else void browser.alarms.clear(WAKE_UP);
  }
  const calls = isActive && !(MESSAGES_COUNT && isConnected);
  if (calls === (calling !== null)) return;
  if (calling !== null) clearInterval(calling);
  calling = calls ? setInterval(() => void browser.runtime.getPlatformInfo(), STAY_AWAKE_MS) : null;
}

browser.alarms.onAlarm.addListener(() => {
  dispatchAll({ type: 'clock-ticked' });
  void loaded.then(({ others }) => others.look());
});

// Else a page of ours that is open keeps the worker of before an update, whose files are gone.
self.addEventListener('install', () => (self as unknown as { skipWaiting(): void }).skipWaiting());

// Its only purpose is to start the worker: loading the fleet does the rest.
browser.runtime.onStartup.addListener(() => void loaded);
browser.runtime.onInstalled.addListener(async ({ reason }) => {
  await createMenu();
  if (reason === 'install') await openPage('welcome');
});

browser.contextMenus.onClicked.addListener(({ menuItemId }) => {
  void loaded.then(({ fleet }) => runMenu(String(menuItemId), fleet));
});
browser.commands.onCommand.addListener((name) => {
  void loaded.then(({ fleet }) => runMenu(name, fleet));
});

browser.permissions.onAdded.addListener(() => {
  listenToNotifications();
  void loaded.then(({ fleet }) => fleet.permissionsChanged());
});
browser.permissions.onRemoved.addListener(() => void loaded.then(({ fleet }) => fleet.permissionsChanged()));

let isListening = false;

/** The permission may come later, and the interface with it. */
function listenToNotifications(): void {
  if (isListening || !browser.notifications) return;
  isListening = true;
  browser.notifications.onClicked.addListener((id) => {
    void loaded.then(({ others }) => openNotified(id, (gatewayId) => others.told(gatewayId)));
  });
}
listenToNotifications();

self.addEventListener('online', () => dispatchAll({ type: 'network-returned' }));

browser.runtime.onConnect.addListener((port) => {
  if (!isOwnPage(port.sender)) return;
  if (port.name.startsWith(FORGET_PORT)) forgetAtEnd(port);
  if (port.name !== STATUS_PORT) return;
  let isOpen = true;
  port.onDisconnect.addListener(() => {
    isOpen = false;
    void loaded.then(({ presenter }) => {
      presenter.pages.delete(port);
      presenter.shown.delete(port);
    });
  });
  void loaded.then(({ fleet, presenter, others }) => {
    if (!isOpen) return;
    presenter.pages.add(port);
    port.postMessage(fleet.snapshot);
    fleet.pageOpened();
    others.look();
  });
  port.onMessage.addListener((message: unknown) => {
    const remark = parsed(remarkSchema, message);
    if (!remark) return;
    void loaded.then(({ fleet, presenter }) => {
      if (remark.type === 'seeing') void presenter.see(remark.scheme);
      // [B5] The gateway that is looked at comes first.
      else if (isOpen) {
        presenter.shown.set(port, remark.gatewayId);
        fleet.lookedAt(remark.gatewayId);
      }
    });
  });
});

/** The page on which a gateway was to be forgotten is gone, and nobody can take it back any more. */
function forgetAtEnd(port: Port): void {
  let isKept = false;
  port.onMessage.addListener(() => {
    isKept = true;
  });
  port.onDisconnect.addListener(() => {
    const gatewayId = port.name.slice(FORGET_PORT.length);
    if (!isKept) void answer({ type: 'forget-gateway', gatewayId });
  });
}

browser.runtime.onMessage.addListener((message: unknown, sender: MessageSender) =>
  isOwnPage(sender) ? answer(message) : undefined,
);

async function answer(message: unknown): Promise<Reply | Answer> {
  const question = parsed(questionSchema, message);
  if (question) return (await loaded).fleet.ask(question.gatewayId, question.method, question.params);
  const command = parsed(commandSchema, message);
  if (!command) return { ok: false, problem: 'unknown-command' };
  const { fleet, presenter, dashboards, others } = await loaded;
  return runCommand(fleet, presenter, dashboards, others, command);
}

/** Pages of this extension only. There is no content script, but a rule is better than an absence. */
const isOwnPage = (sender: MessageSender | undefined): boolean =>
  sender?.id === browser.runtime.id && (sender.url ?? '').startsWith(browser.runtime.getURL(''));

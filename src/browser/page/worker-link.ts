/** The page's side of the talk with the worker: snapshots come over a port, commands go as messages. */
import { CAUSES } from '../../gateway/causes.ts';
import { FINDINGS, type Finding } from '../../gateway/finding.ts';
import type { Notice } from '../../gateway/state.ts';
import { STATUS_CODES } from '../../gateway/status.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { type Command, type Remark, type Reply, type Snapshot, STATUS_PORT } from '../../messages.ts';
import { RELAY_CAUSES } from '../../relay/causes.ts';
import type { RelayStatus } from '../../relay/status.ts';
import browser, { type Port } from '../api.ts';
import { followScheme } from './colour-scheme.ts';

/** Milliseconds. The worker ends often and starts in tens of milliseconds; a broken one must not be hammered. */
const RECONNECT_FIRST_MS = 100;
const RECONNECT_LONGEST_MS = 5_000;

/** Milliseconds. Time for a worker that just died to be started again. */
const RETRY_AFTER_MS = 200;

/** Milliseconds. No command waits for the network, so this is a worker that hangs. */
const REPLY_WITHIN_MS = 8_000;

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isOneOf =
  (values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const isNullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const hasShape =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shape).every(([key, check]) => check((value as Record<string, unknown>)[key]));

const isNotice = (notice: Notice): boolean => {
  switch (notice.kind) {
    case 'repaired':
      return hasShape({ cause: isOneOf(CAUSES), tookMs: isNumber })(notice);
    case 'credential-refused':
      return hasShape({ cause: isOneOf(CAUSES) })(notice);
    case 'right-gateway-back':
      return hasShape({ since: isNumber, until: isNumber })(notice);
    case 'updated':
      return hasShape({ from: isString, to: isString })(notice);
    default:
      notice satisfies never;
      return false;
  }
};

const FINDING_SHAPE: Readonly<Record<keyof Finding, Check>> = {
  code: isOneOf(FINDINGS),
  at: isNumber,
  figures: (value) => Array.isArray(value) && value.every((each) => isNumber(each) || isString(each)),
};

const RELAY_SHAPE: Readonly<Record<keyof RelayStatus, Check>> = {
  cause: isOneOf(RELAY_CAUSES),
  bearing: isString,
  generation: isString,
  address: isNullOr(isString),
  attached: isOneOf(['yes', 'no', 'unseen']),
  process: isNullOr(isOneOf(['gateway', 'another'])),
  words: isNullOr(isString),
  checkedAt: isNullOr(isNumber),
  since: isNullOr(isNumber),
  tookMs: isNullOr(isNumber),
  isKeyHeld: isBoolean,
  keyProvenAt: isNullOr(isNumber),
  isExpected: isBoolean,
};

/** By hand: a page opens faster without a library for its one shape. */
const STATUS_SHAPE: Readonly<Record<keyof GatewayStatus, Check>> = {
  gatewayId: isString,
  name: isNullOr(isString),
  address: isString,
  reach: isOneOf(['loopback', 'private', 'public']),
  code: isOneOf(STATUS_CODES),
  cause: isNullOr(isOneOf(CAUSES)),
  since: isNullOr(isNumber),
  provenAt: isNullOr(isNumber),
  latencyMs: isNullOr(isNumber),
  nextTryAt: isNullOr(isNumber),
  isVisible: isBoolean,
  attempt: isNumber,
  requestId: isNullOr(isString),
  isRequestGone: isBoolean,
  closeCode: isNullOr(isNumber),
  words: isNullOr(isString),
  notice: isNullOr(
    (notice) => hasShape({ kind: isString, at: isNumber })(notice) && isNotice(notice as Notice),
  ),
  serverVersion: isNullOr(isString),
  isSecretRemembered: isBoolean,
  selfRepair: isOneOf(['on', 'checking', 'off']),
  isWithoutDeviceToken: isBoolean,
  isPairingUnwritten: isBoolean,
  canTryAgain: isBoolean,
  findings: (value) => Array.isArray(value) && value.every(hasShape(FINDING_SHAPE)),
  skewMs: isNullOr(isNumber),
  challengeMs: isNullOr(isNumber),
  helloMs: isNullOr(isNumber),
  deviceTokenIssuedAt: isNullOr(isNumber),
  restartedAt: isNullOr(isNumber),
  repairedAt: isNullOr(isNumber),
  protocol: isNullOr(isNumber),
  relay: hasShape(RELAY_SHAPE),
};

const SNAPSHOT_SHAPE: Readonly<Record<keyof Snapshot, Check>> = {
  statuses: (value) => Array.isArray(value) && value.every(hasShape(STATUS_SHAPE)),
  storageProblem: isNullOr(isOneOf(['newer', 'unreadable', 'unwritable'])),
};

/** Whether a page can show this. */
export const isSnapshot = (value: unknown): value is Snapshot => hasShape(SNAPSHOT_SHAPE)(value);

const isReply = (value: unknown): value is Reply =>
  hasShape({ ok: isOneOf([true]), gatewayId: isNullOr(isString) })(value) ||
  hasShape({ ok: isOneOf([false]), problem: isString })(value);

/**
 * Calls `onSnapshot` with the worker's state now and whenever it changes. Connecting wakes the worker and makes
 * it look again. A worker that ended is connected to again; what it says amiss is ignored.
 *
 * @param shownId the gateway that the page shows, if any: it goes before all others
 * @returns ends the subscription
 */
export function subscribe(
  onSnapshot: (snapshot: Snapshot) => void,
  shownId: () => string | null = () => null,
): () => void {
  let port: Port | null = null;
  let delay = RECONNECT_FIRST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let toldId: string | null = null;

  const remark = (words: Remark): void => port?.postMessage(words);

  /** After a snapshot, since what is shown depends on it. */
  function tellShown(): void {
    const gatewayId = shownId();
    if (gatewayId === null || gatewayId === toldId) return;
    toldId = gatewayId;
    remark({ type: 'looking', gatewayId });
  }

  function connect(): void {
    // Gone when the extension was updated or removed under an open page: nobody will ever answer.
    if (isOver || !browser.runtime?.id) return;
    try {
      port = browser.runtime.connect({ name: STATUS_PORT });
    } catch {
      again();
      return;
    }
    remark({ type: 'seeing', scheme: scheme.now() });
    port.onMessage.addListener((message: unknown) => {
      if (isOver || !isSnapshot(message)) return;
      delay = RECONNECT_FIRST_MS;
      onSnapshot(message);
      tellShown();
    });
    port.onDisconnect.addListener(() => {
      // Chromium reports an error that nobody has looked at.
      void browser.runtime.lastError;
      port = null;
      toldId = null;
      again();
    });
  }

  function again(): void {
    if (isOver) return;
    timer = setTimeout(connect, delay);
    delay = Math.min(delay * 2, RECONNECT_LONGEST_MS);
  }

  const scheme = followScheme((seen) => remark({ type: 'seeing', scheme: seen }));
  connect();
  return () => {
    isOver = true;
    scheme.end();
    clearTimeout(timer);
    port?.disconnect();
  };
}

const UNREACHABLE: Reply = { ok: false, problem: 'worker-unreachable' };

/** Sends one command. Never throws: a worker that cannot be reached is a problem like any other. */
export async function send(command: Command): Promise<Reply> {
  try {
    return await deliver(command);
  } catch {
    // Not delivered, or its worker died meanwhile. Every command may be given twice.
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    return deliver(command).catch(() => UNREACHABLE);
  }
}

async function deliver(command: Command): Promise<Reply> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<Reply>((resolve) => {
    timer = setTimeout(() => resolve(UNREACHABLE), REPLY_WITHIN_MS);
  });
  const answer = browser.runtime.sendMessage(command).then((message: unknown) => {
    // Nothing listened, or something that is not our worker.
    if (!isReply(message)) throw new Error('no reply');
    return message;
  });
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

/** The page's side of the talk with the worker: snapshots come over a port, commands go as messages. */
import type { Runtime } from 'webextension-polyfill';
import * as z from 'zod/mini';
import { CAUSES } from '../gateway/causes.ts';
import { STATUS_CODES } from '../gateway/status.ts';
import { type Command, type Reply, type Snapshot, STATUS_PORT } from '../messages.ts';
import browser from './api.ts';

/** Milliseconds. The worker ends often and starts in tens of milliseconds; a broken one must not be hammered. */
const RECONNECT_FIRST_MS = 100;
const RECONNECT_LONGEST_MS = 5_000;

/** Milliseconds. Time for a worker that just died to be started again. */
const RETRY_AFTER_MS = 200;

/** Milliseconds. No command waits for the network, so this is a worker that hangs. */
const REPLY_WITHIN_MS = 8_000;

const number = z.nullable(z.number());
const text = z.nullable(z.string());

const statusSchema = z.object({
  gatewayId: z.string(),
  address: z.string(),
  reach: z.enum(['loopback', 'private', 'public']),
  code: z.enum(STATUS_CODES),
  cause: z.nullable(z.enum(CAUSES)),
  since: number,
  provenAt: number,
  latencyMs: number,
  nextTryAt: number,
  isVisible: z.boolean(),
  attempt: z.number(),
  requestId: text,
  closeCode: number,
  words: text,
  notice: z.nullable(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('repaired'),
        at: z.number(),
        cause: z.enum(CAUSES),
        tookMs: z.number(),
      }),
      z.object({ kind: z.literal('credential-refused'), at: z.number(), cause: z.enum(CAUSES) }),
    ]),
  ),
  serverVersion: text,
  isSecretRemembered: z.boolean(),
  canTryAgain: z.boolean(),
});

const snapshotSchema: z.ZodMiniType<Snapshot> = z.object({
  statuses: z.array(statusSchema),
  storageProblem: z.nullable(z.enum(['newer', 'unreadable', 'unwritable'])),
});

const replySchema: z.ZodMiniType<Reply> = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), gatewayId: text }),
  z.object({ ok: z.literal(false), problem: z.string() }),
]);

/**
 * Calls `onSnapshot` with the worker's state now and whenever it changes. Connecting wakes the worker and makes
 * it look again. A worker that ended is connected to again; what it says amiss is ignored.
 *
 * @returns ends the subscription
 */
export function subscribe(onSnapshot: (snapshot: Snapshot) => void): () => void {
  let port: Runtime.Port | null = null;
  let delay = RECONNECT_FIRST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  function connect(): void {
    // Gone when the extension was updated or removed under an open page: nobody will ever answer.
    if (isOver || !browser.runtime?.id) return;
    try {
      port = browser.runtime.connect({ name: STATUS_PORT });
    } catch {
      again();
      return;
    }
    port.onMessage.addListener((message: unknown) => {
      const snapshot = snapshotSchema.safeParse(message);
      if (!snapshot.success || isOver) return;
      delay = RECONNECT_FIRST_MS;
      onSnapshot(snapshot.data);
    });
    port.onDisconnect.addListener(() => {
      // Chromium reports an error that nobody has looked at.
      void browser.runtime.lastError;
      port = null;
      again();
    });
  }

  function again(): void {
    if (isOver) return;
    timer = setTimeout(connect, delay);
    delay = Math.min(delay * 2, RECONNECT_LONGEST_MS);
  }

  connect();
  return () => {
    isOver = true;
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
    const reply = replySchema.safeParse(message);
    // Nobody listened, or somebody who does not speak our language.
    if (!reply.success) throw new Error('no reply');
    return reply.data;
  });
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

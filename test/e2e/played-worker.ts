/** A page whose worker is played by the test: any state can be shown, and answers come when the test lets them. */
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import type { GatewayStatus } from '../../src/gateway-status.ts';
import type { Command, Reply, Snapshot } from '../../src/messages.ts';
import { statusOf } from '../fixtures/statuses.ts';

/** A {@link statusOf} whose times are about now, as a page takes only those for fresh. */
export function liveStatus(changes: Partial<GatewayStatus> = {}): GatewayStatus {
  const now = Date.now();
  return statusOf({
    since: now - 60_000,
    provenAt: now - 4_000,
    deviceTokenIssuedAt: now - 86_400_000,
    ...changes,
  });
}

export class PlayedWorker {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Opens a page of the extension with a worker that says `statuses`; `null`: one that says nothing yet. */
  static async open(
    ext: ExtensionBrowser,
    path: string,
    statuses: readonly GatewayStatus[] | null,
  ): Promise<{ page: Page; worker: PlayedWorker }> {
    const page = await ext.context.newPage();
    await page.addInitScript((first) => {
      const { runtime } = (globalThis as any).chrome;
      const listeners: ((message: unknown) => void)[] = [];
      const played = {
        connections: 0,
        sent: [] as { command: unknown; answer: (reply: unknown) => void }[],
        /** A worker tells each page that connects what it knows: one that connects late misses nothing. */
        known: first as unknown,
        tell: (message: unknown) => {
          played.known = message;
          for (const listener of listeners) listener(message);
        },
      };
      (globalThis as any).played = played;
      runtime.connect = () => {
        played.connections += 1;
        return {
          onMessage: {
            addListener: (listener: (message: unknown) => void) => {
              listeners.push(listener);
              if (played.known !== null) queueMicrotask(() => listener(played.known));
            },
          },
          onDisconnect: { addListener: () => {} },
          postMessage: () => {},
          disconnect: () => {
            played.connections -= 1;
          },
        };
      };
      runtime.sendMessage = async (command: any) =>
        // What a page only wants to know of a gateway is no command, and none of these gateways is there.
        command.type === 'ask-gateway'
          ? { type: 'dropped', reason: 'not-connected' }
          : new Promise((answer) => void played.sent.push({ command, answer }));
    }, statuses && snapshotOf(statuses));
    await page.goto(ext.url(path));
    return { page, worker: new PlayedWorker(page) };
  }

  tell(statuses: readonly GatewayStatus[], storageProblem: Snapshot['storageProblem'] = null): Promise<void> {
    const snapshot = { ...snapshotOf(statuses), storageProblem };
    return this.#page.evaluate((message) => (globalThis as any).played.tell(message), snapshot);
  }

  /** How many ports to the worker the page holds now. */
  connections(): Promise<number> {
    return this.#page.evaluate(() => (globalThis as any).played.connections);
  }

  /** The commands that the page sent. */
  sent(): Promise<Command[]> {
    return this.#page.evaluate(() => (globalThis as any).played.sent.map(({ command }: any) => command));
  }

  /** Answers a command, by its place in {@link sent}. */
  answer(index: number, reply: Reply): Promise<void> {
    return this.#page.evaluate(([place, message]) => (globalThis as any).played.sent[place].answer(message), [
      index,
      reply,
    ] as const);
  }
}

const snapshotOf = (statuses: readonly GatewayStatus[]): Snapshot => ({ statuses, storageProblem: null });

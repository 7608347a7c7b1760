/**
 * Our extension with a stopwatch in its pages, in a browser that no debugger is attached to: one is told of every frame
 * of every WebSocket, and that alone makes a browser slow. It says what it found by the title of its tab.
 */
import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cause } from '../../src/gateway/causes.ts';
import type { Command } from '../../src/messages.ts';
import { extensionId, readManifest } from './extension-id.ts';
import type { Targets } from './targets.ts';

/** What a page saw. Milliseconds. */
export interface Seen {
  /** From each command to its reply, in order. */
  readonly replies: readonly number[];
  /** The longest time in which the page itself could do nothing. */
  readonly frozen: number;
  /** What it says of the worst gateway in the end; `null` on a page that shows none. */
  readonly status: string | null;
  readonly cause: string | null;
}

/** In the page. Its address says what to do: give commands, connect to the worker, watch, or end what another watches. */
function probe(): void {
  const { runtime, storage } = (globalThis as any).chrome;
  const asked = new URLSearchParams(location.hash.slice(1));
  const say = (what: string, value: () => unknown): void => {
    // A page that shows a gateway sets its own title when it is loaded.
    setInterval(() => {
      document.title = `${what} ${JSON.stringify(value())}`;
    }, 50);
  };
  const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));
  const give = async (commands: readonly unknown[]): Promise<void> => {
    let reply: unknown;
    for (const command of commands) reply = await runtime.sendMessage(command);
    say('given', () => reply);
  };
  /** How long the worker takes to say something, dead as it may be. */
  const connect = (): void => {
    const began = performance.now();
    const port = runtime.connect({ name: 'status' });
    port.onMessage.addListener(() => {
      const took = Math.round(performance.now() - began);
      say('said', () => took);
    });
  };
  const watch = async (id: string): Promise<void> => {
    const { gateways } = await storage.local.get('gateways');
    const command = { type: 'dismiss-notice', gatewayId: gateways.value[0].id };
    let frozen = 0;
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      frozen = Math.max(frozen, now - last - 20);
      last = now;
    }, 20);
    const replies: number[] = [];
    // All pages of an extension share this storage.
    while (localStorage.getItem('over') !== id) {
      const began = performance.now();
      await runtime.sendMessage(command).catch(() => {});
      replies.push(Math.round(performance.now() - began));
      await pause(250);
    }
    const longest = Math.round(frozen);
    say('watched', () => {
      const { status = null, cause = null } = document.documentElement.dataset;
      return { replies, frozen: longest, status, cause };
    });
  };
  const end = (id: string): void => {
    localStorage.setItem('over', id);
    say('ended', () => id);
  };
  const command = asked.get('give');
  const [watched, over] = [asked.get('watch'), asked.get('over')];
  if (command !== null) void give(JSON.parse(command));
  if (asked.has('connect')) connect();
  if (watched !== null) void watch(watched);
  if (over !== null) end(over);
}

/** A build of ours whose pages can be asked. */
export class ProbedBuild {
  readonly path: string;
  readonly origin: string;
  readonly #popup: string;

  /** Makes a copy of a build. */
  constructor(extensionPath: string, copy: string) {
    cpSync(extensionPath, copy, { recursive: true });
    this.path = copy;
    this.origin = `chrome-extension://${extensionId(copy)}/`;
    this.#popup = readManifest(copy).action.default_popup;
    writeFileSync(join(copy, 'probe.js'), `(${probe})();`);
    writeFileSync(join(copy, 'probe.html'), '<title>probe</title><script src="probe.js"></script>');
    const file = join(copy, this.#popup);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('<head>', '<head><script src="/probe.js"></script>'),
    );
  }

  /** Gives commands. Resolves to the gateway that the last is about. Rejects if the extension refuses that. */
  async give(targets: Targets, ...commands: readonly Command[]): Promise<string> {
    const path = `probe.html#give=${encodeURIComponent(JSON.stringify(commands))}`;
    const reply = await this.#ask(targets, path, 'given');
    if (!reply.ok) throw new Error(`The extension refuses ${commands.at(-1)?.type}: ${reply.problem}`);
    return reply.gatewayId;
  }

  /** What the popup does with pasted texts, without a popup. Resolves to the last one's gateway. */
  paste(targets: Targets, ...texts: readonly string[]): Promise<string> {
    const asked = { secret: null, withoutSecret: false, remember: true, gatewayId: null };
    return this.give(targets, ...texts.map((text) => ({ type: 'pair', text, ...asked }) as const));
  }

  /** Milliseconds until the worker, which may be dead, says what it knows. */
  firstWord(targets: Targets): Promise<number> {
    return this.#ask(targets, 'probe.html#connect', 'said');
  }

  /**
   * Has a page give a command now and then until what is awaited here is over: the popup, or a page that shows nothing.
   * `cause`: what the popup says in the end, and is waited for.
   */
  async watch(
    targets: Targets,
    over: () => Promise<unknown>,
    { isPopup, cause }: { isPopup: boolean; cause?: Cause },
  ): Promise<Seen> {
    const id = randomUUID();
    const page = await targets.open(`${this.origin}${isPopup ? this.#popup : 'probe.html'}#watch=${id}`);
    await over();
    await this.#ask(targets, `probe.html#over=${id}`, 'ended');
    return this.#said(targets, page, 'watched', isPopup && cause ? `.*"cause":"${cause}"` : '');
  }

  async #ask(targets: Targets, path: string, word: string): Promise<any> {
    return this.#said(targets, await targets.open(`${this.origin}${path}`), word);
  }

  /** What a page says by its title, which ends it. */
  async #said(targets: Targets, page: string, word: string, among = ''): Promise<any> {
    const title = await targets.titled(page, new RegExp(`^${word} ${among}`));
    await targets.end(({ targetId }) => targetId === page);
    return JSON.parse(title.slice(word.length + 1));
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { until, within } from '../process/wait.ts';

/** Milliseconds. */
const LIMIT_MS = 60_000;
const ASK_EVERY_MS = 50;

export interface Target {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
  readonly title: string;
}

/**
 * The tabs and workers of a browser, seen from outside: opened, ended and told apart, with no debugger attached to any
 * of them. Pages say something by their title.
 */
export class Targets {
  readonly #socket: WebSocket;
  readonly #calls = new Map<number, (answer: { result?: unknown; error?: { message: string } }) => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse(String(data))));
  }

  /** Of a browser that was started with this profile and `--remote-debugging-port=0`. */
  static async of(profileDir: string): Promise<Targets> {
    const file = join(profileDir, 'DevToolsActivePort');
    const [port, path] = await until(LIMIT_MS, 'the browser to start', async () => {
      const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
      return lines.length >= 2 && lines;
    });
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    await within(
      LIMIT_MS,
      'the browser to answer',
      new Promise((done, failed) => socket.once('open', done).once('error', failed)),
    );
    return new Targets(socket);
  }

  #take(message: any): void {
    if (message.id !== undefined) this.#calls.get(message.id)?.(message);
  }

  async #send(method: string, params: object): Promise<any> {
    const id = this.#calls.size + 1;
    const answer = await within(
      LIMIT_MS,
      method,
      new Promise<{ result?: unknown; error?: { message: string } }>((done) => {
        this.#calls.set(id, done);
        this.#socket.send(JSON.stringify({ id, method, params }));
      }),
    );
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }

  async #all(): Promise<readonly Target[]> {
    return (await this.#send('Target.getTargets', {})).targetInfos;
  }

  /** What `find` finds among the targets, as soon as it does. Asked seldom: the browser has better things to do. */
  seen<T>(what: string, find: (targets: readonly Target[]) => T | undefined | null | false): Promise<T> {
    return until(LIMIT_MS, what, async () => find(await this.#all()), ASK_EVERY_MS);
  }

  /** Opens a tab and resolves with its id, when it may not even have begun to load. */
  async open(url: string): Promise<string> {
    return (await this.#send('Target.createTarget', { url })).targetId;
  }

  /** Closes tabs, or ends workers as the browser does. An event may start the next worker at once. */
  async end(isMeant: (target: Target) => boolean): Promise<void> {
    const meant = new Set((await this.#all()).filter(isMeant).map(({ targetId }) => targetId));
    // One that is only starting ignores us once.
    await until(LIMIT_MS, 'a target to end', async () => {
      const alive = (await this.#all()).filter(({ targetId }) => meant.has(targetId));
      for (const { targetId } of alive) await this.#send('Target.closeTarget', { targetId }).catch(() => {});
      return alive.length === 0;
    });
  }

  /** The title of a tab once it matches. */
  titled(targetId: string, pattern: RegExp): Promise<string> {
    return this.seen(
      `a title like ${pattern}`,
      (targets) => targets.find((each) => each.targetId === targetId && pattern.test(each.title))?.title,
    );
  }

  close(): void {
    this.#socket.close();
  }
}

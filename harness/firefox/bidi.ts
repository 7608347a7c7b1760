/** WebDriver BiDi, the protocol by which Firefox is driven without any other tool: one WebSocket. */
import { within } from '../process/wait.ts';

/** No single command takes this long, even on a busy machine. */
const LIMIT_MS = 60_000;

interface Pending {
  method: string;
  resolve: (result: any) => void;
  reject: (error: Error) => void;
}

export class BiDi {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#settle(JSON.parse(String(data)));
    socket.onclose = () => {
      for (const { method, reject } of this.#pending.values())
        reject(new Error(`${method}: Firefox has ended`));
      this.#pending.clear();
    };
  }

  /** @param url as Firefox prints it when it starts */
  static async connect(url: string): Promise<BiDi> {
    const socket = new WebSocket(`${url}/session`);
    const opened = new Promise<void>((done, failed) => {
      socket.onopen = () => done();
      socket.onerror = () => failed(new Error(`nothing to talk to at ${url}`));
    });
    await within(LIMIT_MS, 'the connection to Firefox', opened);
    const bidi = new BiDi(socket);
    await bidi.send('session.new', { capabilities: {} });
    return bidi;
  }

  #settle({ id, type, result, error, message }: Record<string, any>): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (type === 'error') pending?.reject(new Error(`${pending.method}: ${error}: ${message}`));
    else pending?.resolve(result);
  }

  /** Sends a command; rejects if Firefox refuses it, ends or hangs. */
  send<Result = any>(method: string, params: Record<string, unknown> = {}): Promise<Result> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<Result>((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    return within(LIMIT_MS, method, answer).finally(() => this.#pending.delete(id));
  }

  /** Runs a function in a page (or, by its context's id, in the browser's own window). What goes in and out is JSON. */
  async call<Argument, Result>(
    context: string,
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    const { type, result, exceptionDetails } = await this.send('script.callFunction', {
      functionDeclaration: `async (json) => JSON.stringify(await (${run})(JSON.parse(json)))`,
      arguments: [{ type: 'string', value: JSON.stringify(argument ?? null) }],
      target: { context },
      awaitPromise: true,
      userActivation: true,
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
    return result.value === undefined ? (undefined as Result) : JSON.parse(result.value);
  }

  close(): void {
    this.#socket.close();
  }
}

/** A socket that writes down what a gateway sends. */
import WebSocket from 'ws';
import { within } from '../process/wait.ts';
import type { Close } from './capture-format.ts';
import { type Attempt, CONNECT_ID, connectText, EXTENSION_ORIGIN } from './identity.ts';

/** More than any gateway needs, and than the 15 s that it gives a client for its handshake. */
const ANSWER_LIMIT_MS = 60_000;
/** A gateway closes a refused socket at once; without a close after this it will not. */
const CLOSE_LIMIT_MS = 3_000;

export class Recorder {
  readonly frames: any[] = [];
  close: Close | null = null;
  readonly #socket: WebSocket;
  #changed: (() => void)[] = [];

  constructor(url: string, origin: string | null = EXTENSION_ORIGIN) {
    this.#socket = new WebSocket(url, origin === null ? {} : { origin });
    this.#socket.on('message', (text) => {
      this.frames.push(JSON.parse(String(text)));
      this.#notify();
    });
    this.#socket.on('close', (code, reason) => {
      this.close = { code, reason: String(reason) };
      this.#notify();
    });
    this.#socket.on('error', () => {}); // A close event follows, and says as little.
  }

  #notify(): void {
    for (const wake of this.#changed.splice(0)) wake();
  }

  /** Resolves when `check` holds, which is looked at after every frame and after the close. */
  async until<T>(check: () => T | null | undefined | false, what: string, limitMs: number): Promise<T> {
    const watch = async (): Promise<T> => {
      for (;;) {
        const found = check();
        if (found) return found;
        await new Promise<void>((wake) => this.#changed.push(wake));
      }
    };
    return within(limitMs, what, watch());
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  async challenge(): Promise<{ nonce: string; ts: number }> {
    const frame = await this.until(
      () => this.frames.find(({ event }) => event === 'connect.challenge') ?? this.close,
      'the challenge',
      ANSWER_LIMIT_MS,
    );
    if (!frame.payload) throw new Error(`closed before the challenge: ${frame.code} ${frame.reason}`);
    return frame.payload;
  }

  /** The answer to the request with this id, or `null` if the socket was closed without one. */
  async answer(id = CONNECT_ID): Promise<any> {
    const found = await this.until(
      () => this.frames.find((frame) => frame.type === 'res' && frame.id === id) ?? this.close,
      'the answer',
      ANSWER_LIMIT_MS,
    );
    return found.type === 'res' ? found : null;
  }

  /** Resolves to the close that the gateway made, or to `null` if it made none in that time. */
  async closed(limitMs = CLOSE_LIMIT_MS): Promise<Close | null> {
    return this.until(() => this.close, 'the close', limitMs).catch(() => null);
  }

  leave(): void {
    this.#socket.terminate();
  }
}

/** What came of one `connect`. `live` is the open socket of an accepted one: leave it when done. */
export interface Outcome {
  readonly frames: any[];
  readonly close: Close | null;
  readonly hello: any | null;
  readonly error: any | null;
}

/** Makes one `connect`, and waits for the close of a refused one. The socket of an accepted one stays open. */
export async function connectLive(url: string, attempt: Attempt): Promise<[Recorder, Outcome]> {
  const socket = new Recorder(url, attempt.origin === undefined ? EXTENSION_ORIGIN : attempt.origin);
  try {
    socket.send(connectText(attempt, await socket.challenge()));
    const answer = await socket.answer();
    const close = answer?.ok ? null : await socket.closed();
    // Events that came after the answer are a matter of luck.
    const end = answer ? socket.frames.indexOf(answer) + 1 : socket.frames.length;
    const frames = socket.frames.slice(0, end);
    return [
      socket,
      { frames, close, hello: answer?.ok ? answer.payload : null, error: answer?.error ?? null },
    ];
  } catch (error) {
    socket.leave();
    throw error;
  }
}

/** Makes one `connect` and leaves. */
export async function connectOnce(url: string, attempt: Attempt): Promise<Outcome> {
  const [socket, outcome] = await connectLive(url, attempt);
  socket.leave();
  return outcome;
}

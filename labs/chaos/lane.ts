/**
 * The wire between the browser and the gateway: a TCP forwarder that can be slow, stall, cut and truncate, and that
 * knows of every WebSocket how far it came. It changes nothing else; neither side can tell that it is there.
 */
import { createHash } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Frame, Frames, HeadReader } from './frames.ts';

/** Which frame of the gateway is cut in half. */
export type Truncation = 'any' | 'challenge' | 'hello';

/** A socket that was refused is left to the gateway to close for a second; its other half may be slow, too. */
const OVERLAP_MS = 4_000;

class Passage {
  readonly client: Socket;
  readonly gateway: Socket;
  isWebSocket = false;
  /** hello-ok went by. */
  isAdmitted = false;
  /** Names the credential of its connect without telling it. */
  credential = '';
  /** One side said goodbye, or is gone. */
  isOver = false;

  constructor(client: Socket, gateway: Socket) {
    this.client = client;
    this.gateway = gateway;
  }
}

export interface Refusal {
  readonly at: number;
  readonly code: string;
  readonly run: number;
  /** Equal for equal credentials. */
  readonly credential: string;
}

export class Lane {
  /** Where connections go to. */
  target: number;
  /** Milliseconds on the way, in each direction. */
  latencyMs = 0;
  /** The next such frame is cut in half, and its connection with it. */
  truncates: Truncation | null = null;
  /** Whoever comes is sent away. */
  refuses = false;
  /** WebSockets so far. */
  opened = 0;
  /** Counts the runs of the gateways there: their starter counts them, and so does a port that was closed meanwhile. */
  run = 0;
  #wasClosed = false;
  /** What the gateway said when it refused a connect, in order. `at` is `Date.now()`. */
  readonly refusals: Refusal[] = [];
  /** Device tokens that went by. */
  readonly tokens = new Set<string>();
  /** First lines and headers of every request, newest last. */
  readonly heads: string[] = [];
  /** Two sockets at a time, for longer than it takes to close one. */
  readonly overlaps: string[] = [];
  /** Other pages of ours (the doctor's) open sockets of their own for a while. */
  countsOverlaps = true;
  #isStalled = false;
  readonly #passages = new Set<Passage>();
  readonly #server: Server;

  private constructor(target: number) {
    this.target = target;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#forward(client));
  }

  static async open(target: number): Promise<Lane> {
    const lane = new Lane(target);
    await new Promise<void>((done) => lane.#server.listen(0, '127.0.0.1', done));
    return lane;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get #live(): Passage[] {
    return [...this.#passages].filter(({ isWebSocket, isOver }) => isWebSocket && !isOver);
  }

  /** Exactly one WebSocket, and the gateway admitted it. */
  get isConnected(): boolean {
    const live = this.#live;
    return live.length === 1 && live[0]!.isAdmitted;
  }

  /** Ends all connections without a word. */
  cut(): void {
    for (const passage of this.#passages) this.#end(passage);
  }

  set isStalled(isStalled: boolean) {
    this.#isStalled = isStalled;
    for (const { client, gateway } of this.#passages) {
      if (isStalled) for (const socket of [client, gateway]) socket.pause();
      else for (const socket of [client, gateway]) socket.resume();
    }
  }

  close(): Promise<void> {
    return new Promise((done) => {
      this.#server.close(() => done());
      this.cut();
    });
  }

  #end(passage: Passage): void {
    passage.isOver = true;
    this.#passages.delete(passage);
    // A reset, as of a port that nobody listens on: an orderly end could be taken for an answer.
    passage.client.resetAndDestroy();
    passage.gateway.destroy();
  }

  #forward(client: Socket): void {
    if (this.refuses) return void client.resetAndDestroy();
    const gateway = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
    gateway.once('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED') this.#wasClosed = true;
    });
    gateway.once('connect', () => {
      // A gateway may restart by itself, for a new secret before 2026.9.
      if (this.#wasClosed) this.run += 1;
      this.#wasClosed = false;
    });
    const passage = new Passage(client, gateway);
    this.#passages.add(passage);
    const head = new HeadReader();
    const said = new Frames();
    const heard = new Frames();
    this.#pipe(passage, client, gateway, (chunk) => {
      const rest = head.isComplete ? chunk : head.push(chunk);
      if (rest === null) return false;
      if (this.heads.at(-1) !== head.text && !passage.isWebSocket) this.#begin(passage, head.text);
      if (passage.isWebSocket) for (const frame of said.push(rest)) this.#say(passage, frame);
      return false;
    });
    const answer = new HeadReader();
    this.#pipe(passage, gateway, client, (chunk) => {
      if (!passage.isWebSocket) return false;
      const rest = answer.isComplete ? chunk : answer.push(chunk);
      return rest !== null && heard.push(rest).some((frame) => this.#hear(passage, frame));
    });
    for (const socket of [client, gateway])
      if (this.#isStalled) socket.pause();
      else socket.resume();
  }

  #begin(passage: Passage, text: string): void {
    this.heads.push(text);
    if (!/^upgrade: websocket/im.test(text)) return;
    passage.isWebSocket = true;
    this.opened += 1;
    const others = this.#live.filter((each) => each !== passage);
    if (others.length === 0 || !this.countsOverlaps) return;
    setTimeout(() => {
      const still = [...others, passage].filter(({ isOver }) => !isOver);
      // What a stalled line holds back may be a goodbye.
      if (still.length > 1 && this.countsOverlaps && !this.#isStalled)
        this.overlaps.push(`${still.length} sockets at ${new Date().toISOString()}`);
    }, OVERLAP_MS).unref();
  }

  #say(passage: Passage, { isClose, text }: Frame): void {
    if (isClose) passage.isOver = true;
    if (!text.includes('"method":"connect"')) return;
    const auth = JSON.stringify(JSON.parse(text).params?.auth ?? null);
    passage.credential = createHash('sha256').update(auth).digest('hex').slice(0, 8);
  }

  /** @returns whether this frame is to be cut in half */
  #hear(passage: Passage, { isClose, text }: Frame): boolean {
    if (isClose) passage.isOver = true;
    const isChallenge = text.includes('"connect.challenge"');
    const isHello = text.includes('"hello-ok"');
    const code = text.includes('"ok":false') ? JSON.parse(text).error?.details?.code : undefined;
    if (code) {
      const { credential } = passage;
      this.refusals.push({ at: Date.now(), code, run: this.run, credential });
    }
    const token = /"deviceToken":"([^"]+)"/.exec(text)?.[1];
    if (token) this.tokens.add(token);
    const isTarget =
      this.truncates === 'any' ||
      (this.truncates === 'challenge' && isChallenge) ||
      (this.truncates === 'hello' && isHello);
    if (isTarget) this.truncates = null;
    else if (isHello) passage.isAdmitted = true;
    return isTarget;
  }

  /** Passes on what `look` has seen; cuts the connection inside a chunk that it wants cut. */
  #pipe(passage: Passage, from: Socket, to: Socket, look: (chunk: Buffer) => boolean): void {
    let due = 0;
    const later = (act: () => void): void => {
      due = Math.max(due, Date.now() + this.latencyMs);
      if (due <= Date.now()) act();
      else setTimeout(act, due - Date.now());
    };
    from.on('data', (chunk: Buffer) => {
      const isCut = look(chunk);
      later(() => {
        if (!isCut) return void to.write(chunk);
        to.write(chunk.subarray(0, chunk.length / 2), () => this.#end(passage));
      });
    });
    from.on('end', () => {
      passage.isOver = true;
      later(() => to.end());
    });
    from.on('error', () => this.#end(passage));
    from.on('close', () => {
      passage.isOver = true;
      later(() => {
        to.destroy();
        this.#passages.delete(passage);
      });
    });
  }
}

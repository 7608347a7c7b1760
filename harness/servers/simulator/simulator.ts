/**
 * A stand-in for a gateway of 2026.9.6 on loopback: the same frames in the same order at the same times, checked
 * signatures and device tokens, the same closes. A process holds dozens of them, where a real one takes half a
 * gigabyte. It approves whoever knows its secret, and has no relay key, like a gateway whose relay is not set up.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { captured, capturedAnswer, VERSION, WIRE } from './captured.ts';
import { judgeConnect, type Register, type Verdict } from './judge-connect.ts';

/** A client that has not said who it is by then is sent away, with 1000 and without a word. */
const HANDSHAKE_LIMIT_MS = 15_000;
/** A client that does not answer a close is cut off. */
const CLOSE_LIMIT_MS = 200;
const RELAY_ROUTE = '/browser/extension';

/** Stands for the names of methods, which make most of a hello. */
const METHODS = Array.from({ length: 466 }, (_, index) => `placeholder.method.${index}`.padEnd(25, '.'));

export class Simulator {
  readonly secret = randomBytes(24).toString('hex');
  port = 0;
  /** Messages that clients sent, connects included. */
  messages = 0;
  /** `Date.now()` of each hello-ok. */
  readonly admissions: number[] = [];
  /** Answers every upgrade with 503, as a gateway does that is about to restart. */
  isDraining = false;
  readonly #register: Register = { secret: this.secret, devices: new Map() };
  #server: Server | null = null;
  #sockets: WebSocketServer | null = null;
  readonly #connected = new Set<WebSocket>();
  readonly #timers: NodeJS.Timeout[] = [];
  #bootId = '';
  #bootedAt = 0;
  #seq = 0;

  /** Starts one on a free port. */
  static async start(): Promise<Simulator> {
    const simulator = new Simulator();
    await simulator.listen();
    return simulator;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get isConnected(): boolean {
    return this.#connected.size > 0;
  }

  /** Boots, on the port of the last time. Its devices stay paired. Resolves to the `Date.now()` of that moment. */
  async listen(): Promise<number> {
    const server = createServer((request, response) => {
      const page = WIRE.http[request.url as keyof typeof WIRE.http] ?? WIRE.http['/'];
      response.writeHead(page.status, { 'content-type': page.contentType });
      response.end(page.body);
    });
    const sockets = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      const status = this.isDraining ? 503 : request.url?.startsWith(RELAY_ROUTE) ? 401 : null;
      if (status !== null) {
        socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (client) => this.#greet(client, request.headers.origin));
    });
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(this.port, '127.0.0.1', done);
    });
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#sockets = sockets;
    this.#bootId = randomUUID();
    this.#bootedAt = Date.now();
    this.#seq = 0;
    const { tick, health, ping } = WIRE.everyMs;
    this.#every(tick, () => this.#broadcast(tickEvent(Date.now())));
    this.#every(health, () => this.#broadcast(healthEvent(Date.now())));
    this.#every(ping, () => {
      for (const client of this.#connected) client.ping();
    });
    return this.#bootedAt;
  }

  /** Announces it, closes every socket with 1012, and is gone. */
  async stop(why: 'stopping' | 'restarting' = 'stopping'): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    const { frames, close } = captured(
      why === 'stopping' ? 'stopped-while-connected' : 'restarted-while-connected',
    );
    this.#broadcast(structuredClone(frames.at(-1)) as Event);
    const gone = new Promise<void>((done) => server.close(() => done()));
    for (const client of this.#sockets?.clients ?? []) {
      client.close(close?.code, close?.reason);
      setTimeout(() => client.terminate(), CLOSE_LIMIT_MS).unref();
    }
    // A browser keeps connections on which it has asked nothing yet.
    const impatient = setTimeout(() => server.closeAllConnections(), CLOSE_LIMIT_MS);
    await gone;
    clearTimeout(impatient);
  }

  /** Cuts all connections without a word, as `kill -9` does, and is gone. */
  async kill(): Promise<void> {
    for (const client of this.#sockets?.clients ?? []) client.terminate();
    this.#server?.closeAllConnections();
    this.#connected.clear();
    await this.stop();
  }

  #every(ms: number, act: () => void): void {
    this.#timers.push(setInterval(act, ms));
  }

  #broadcast(event: Event): void {
    this.#seq += 1;
    const text = JSON.stringify({ ...event, ...('seq' in event && { seq: this.#seq }) });
    for (const client of this.#connected) client.send(text);
  }

  #greet(client: WebSocket, origin: string | undefined): void {
    const nonce = randomUUID();
    const limit = setTimeout(() => client.close(1000), HANDSHAKE_LIMIT_MS);
    client.on('error', () => client.terminate());
    client.on('close', () => {
      clearTimeout(limit);
      this.#connected.delete(client);
    });
    client.on('message', (data) => {
      this.messages += 1;
      const request = requestIn(String(data));
      if (this.#connected.has(client)) {
        if (request) client.send(JSON.stringify(answerTo(request)));
        return;
      }
      clearTimeout(limit);
      if (request === null) return client.close(1000);
      if (request.method !== 'connect') return refuse(client, request.id, 'first-frame-no-connect');
      const verdict = judgeConnect(request.params, { nonce, origin, now: Date.now() }, this.#register);
      if (!verdict.admitted) return refuse(client, request.id, verdict.situation);
      client.send(JSON.stringify(this.#hello(request.id, verdict)));
      this.#connected.add(client);
      this.admissions.push(Date.now());
    });
    const challenge = structuredClone(captured('challenge').frames[0]) as any;
    Object.assign(challenge.payload, { nonce, ts: Date.now() });
    client.send(JSON.stringify(challenge));
  }

  #hello(id: string, { method, device }: Verdict & { admitted: true }): unknown {
    const hello = capturedAnswer(method === 'token' ? 'copilot-paired' : 'copilot-device-token');
    const { payload } = hello;
    Object.assign(payload.server, { buildId: VERSION, bootId: this.#bootId, connId: randomUUID() });
    Object.assign(payload.features, { methods: METHODS });
    Object.assign(payload.snapshot, {
      health: WIRE.events.health.payload,
      uptimeMs: Date.now() - this.#bootedAt,
    });
    payload.pluginSurfaceUrls.canvas = `http://127.0.0.1:${this.port}/__openclaw__/cap/placeholder`;
    Object.assign(payload.auth, { deviceToken: device.token, issuedAtMs: this.#bootedAt });
    return { ...hello, id };
  }
}

type Event = typeof WIRE.events.tick | typeof WIRE.events.health;

const tickEvent = (ts: number): Event => ({ ...WIRE.events.tick, payload: { ts } });
const healthEvent = (ts: number): Event => {
  const { health } = WIRE.events;
  return { ...health, payload: { ...health.payload, ts } };
};

interface Request {
  readonly id: string;
  readonly method: string;
  readonly params: any;
}

function requestIn(text: string): Request | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A method that no capture has is refused in the words for one that a reader may not call. */
function answerTo({ id, method }: Request): unknown {
  const known = WIRE.answers[method as keyof typeof WIRE.answers];
  const missing = { code: 'FORBIDDEN', message: 'missing scope: operator.admin' };
  return known ? { ...known, id } : { type: 'res', id, ok: false, error: missing };
}

function refuse(client: WebSocket, id: string, situation: string): void {
  client.send(JSON.stringify({ ...capturedAnswer(situation), id }));
  const { close } = captured(situation);
  client.close(close?.code, close?.reason);
}

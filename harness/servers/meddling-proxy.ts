/** Proxies between the browser and a real gateway that do what proxies do, and some that none should do. */
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import WebSocket, { WebSocketServer } from 'ws';

export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

export interface Forwarder extends Proxy {
  /** The port that new connections go to. */
  target: number;
  /** Ends all connections without a word. */
  cut(): void;
}

/** Passes bytes on, and cuts every connection `cutAfterMs` after it began. */
export async function startForwarder(port: number, { cutAfterMs = 0 } = {}): Promise<Forwarder> {
  const sockets = new Set<Socket>();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const forwarder = { url: '', target: port, cut, close };
  const server = createTcpServer((client) => {
    const gateway = connect(forwarder.target, '127.0.0.1');
    const limit = cutAfterMs > 0 ? setTimeout(() => client.destroy(), cutAfterMs) : undefined;
    for (const socket of [client, gateway]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        clearTimeout(limit);
        sockets.delete(socket);
        client.destroy();
        gateway.destroy();
      });
    }
    client.pipe(gateway).pipe(client);
  });
  function close(): Promise<void> {
    return new Promise((done) => {
      server.close(() => done());
      cut();
    });
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  forwarder.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return forwarder;
}

export interface Meddling {
  /** Changes what the client says on its way to the gateway. */
  toGateway?: (text: string) => string;
  /** Changes what the gateway says on its way to the client. */
  toClient?: (text: string) => string;
  /** Holds back what the gateway says for so many milliseconds. */
  delayMs?: number;
}

/** One WebSocket through the proxy. */
export interface Passage {
  /** Says something to the client in the gateway's name. */
  tell(text: string): void;
  /** The same, with more of this message to come. */
  begin(text: string): void;
  /** Bytes that the client has not taken yet. */
  readonly waiting: number;
  /** Ends the client's socket with this close, as if the gateway had. */
  end(code: number, reason: string): void;
}

/** Passes WebSocket messages on, changed; the gateway's answers and closes reach the client as they are. */
export async function startRewritingProxy(
  port: number,
  { toGateway = (text) => text, toClient = (text) => text, delayMs = 0 }: Meddling,
): Promise<Proxy & { readonly passages: ReadonlySet<Passage> }> {
  const passages = new Set<Passage>();
  const server = createServer((_, response) => response.end());
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client, request) => {
    const { origin } = request.headers;
    const gateway = new WebSocket(`ws://127.0.0.1:${port}`, origin === undefined ? {} : { origin });
    const passage: Passage = {
      tell: (text) => client.send(text),
      begin: (text) => client.send(text, { fin: false }),
      get waiting() {
        return client.bufferedAmount;
      },
      end: (code, reason) => client.close(code, reason),
    };
    passages.add(passage);
    const early: string[] = [];
    client.on('message', (data) => {
      const text = toGateway(String(data));
      if (gateway.readyState === WebSocket.OPEN) gateway.send(text);
      else early.push(text);
    });
    gateway.on('open', () => {
      for (const text of early) gateway.send(text);
    });
    gateway.on('message', (data) => setTimeout(() => client.send(toClient(String(data))), delayMs));
    gateway.on('close', (code, reason) => {
      if (code >= 1000 && code !== 1005 && code !== 1006) client.close(code, reason);
      else client.terminate();
    });
    gateway.on('error', () => client.terminate());
    client.on('error', () => client.terminate());
    client.on('close', () => {
      passages.delete(passage);
      gateway.close();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passages,
    close: () =>
      new Promise((done) => {
        for (const client of sockets.clients) client.terminate();
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

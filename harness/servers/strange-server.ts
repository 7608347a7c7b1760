/** Servers on loopback that are no gateway, or a hostile one, and write down whatever they are told. */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Certified, selfSigned } from './self-signed.ts';

export interface StrangeServer {
  readonly port: number;
  /** The address that a user would give. */
  readonly url: string;
  /** All that clients said: raw bytes of TCP servers, text messages of WebSocket servers. */
  readonly heard: string[];
  close(): Promise<void>;
}

async function listening(
  server: Server,
  heard: string[],
  scheme: 'ws' | 'wss' = 'ws',
  port = 0,
): Promise<StrangeServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    port: taken,
    url: `${scheme}://127.0.0.1:${taken}`,
    heard,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Takes connections and does with each what it is told, e.g. nothing for ever. */
export function startTcpServer(
  onConnection: (socket: Socket) => void,
  options: { port?: number } = {},
): Promise<StrangeServer> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('data', (chunk) => void heard.push(String(chunk)));
    onConnection(socket);
  });
  return listening(server, heard, 'ws', options.port);
}

export interface HttpAnswers {
  /** Status of every answer; upgrades get `upgradeStatus` if that is given. */
  status: number;
  upgradeStatus?: number;
  contentType?: string;
  body?: string;
  port?: number;
}

function onRequest({ status, upgradeStatus = status, contentType = 'text/html', body = '' }: HttpAnswers) {
  return createHttpServer((request, response) => {
    response.writeHead(request.headers.upgrade ? upgradeStatus : status, { 'content-type': contentType });
    response.end(body);
  });
}

/** A web server: it answers everything, upgrades included, as an ordinary request. */
export const startHttpServer = (answers: HttpAnswers): Promise<StrangeServer> =>
  listening(onRequest(answers), [], 'ws', answers.port);

/** A web server with encryption; unless `certified` is given, with a certificate that no browser trusts. */
export const startTlsServer = (certified: Certified = selfSigned()): Promise<StrangeServer> =>
  listening(
    createHttpsServer(certified, (_, response) => response.end('hello')),
    [],
    'wss',
  );

/** Opens every WebSocket, and does with each what it is told. */
export async function startWebSocketServer(
  onOpen: (socket: WebSocket) => void,
  options: { port?: number } = {},
): Promise<StrangeServer> {
  const http: HttpServer = onRequest({ status: 200 });
  const heard: string[] = [];
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => void heard.push(String(data)));
    socket.on('error', () => socket.terminate());
    onOpen(socket);
  });
  return listening(http, heard, 'ws', options.port);
}

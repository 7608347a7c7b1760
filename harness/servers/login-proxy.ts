/** A login before a gateway, as portals and session cookies have it: a page for everything, until somebody has signed in. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface LoginProxy {
  readonly url: string;
  /** WebSockets that were asked for before somebody had signed in. */
  readonly refused: number;
  close(): Promise<void>;
}

const PAGE = '<!doctype html><title>Sign in</title><form method="post"><button>Sign in</button></form>';

/** Forwards every WebSocket to the gateway's port once its form was sent. */
export async function startLoginProxy(port: number): Promise<LoginProxy> {
  let isSignedIn = false;
  let refused = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server: Server = createServer((request, response) => {
    if (request.method === 'POST') {
      isSignedIn = true;
      response.writeHead(303, { location: '/' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(isSignedIn ? '<!doctype html><title>Welcome</title>Welcome' : PAGE);
  });
  server.on('upgrade', (request, client: Socket) => {
    keep(client);
    if (!isSignedIn) {
      refused += 1;
      client.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const gateway = connect(port, '127.0.0.1', () => {
      const headers = request.rawHeaders.flatMap((name, index) =>
        index % 2 === 0 ? [`${name}: ${request.rawHeaders[index + 1]}`] : [],
      );
      gateway.write(`${[`${request.method} ${request.url} HTTP/1.1`, ...headers].join('\r\n')}\r\n\r\n`);
      client.pipe(gateway).pipe(client);
    });
    keep(gateway);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get refused() {
      return refused;
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

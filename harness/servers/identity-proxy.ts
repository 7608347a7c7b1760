/** A reverse proxy that signs its users in and tells the gateway who they are, as identity-aware proxies do. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface IdentityProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Forwards every WebSocket to the gateway's port, with the header that names the user.
 *
 * @param host where it listens: at another address than loopback, clients take it for another computer
 * @param calls what it calls the gateway by, as proxies do that pass on no name; else as the client calls it
 */
export async function startIdentityProxy(
  port: number,
  header: string,
  user: string,
  host = '127.0.0.1',
  calls?: string,
): Promise<IdentityProxy> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((_, response) => response.end('proxy'));
  server.on('upgrade', (request: IncomingMessage, client: Socket) => {
    const gateway = connect(port, '127.0.0.1', () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`, `${header}: ${user}`];
      for (let i = 0; i < request.rawHeaders.length; i += 2) {
        const [name = '', value] = request.rawHeaders.slice(i, i + 2);
        lines.push(`${name}: ${calls !== undefined && /^host$/i.test(name) ? calls : value}`);
      }
      gateway.write(`${lines.join('\r\n')}\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n`);
      client.pipe(gateway).pipe(client);
    });
    for (const socket of [client, gateway]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
  });
  await new Promise<void>((done) => server.listen(0, host, done));
  return {
    url: `ws://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

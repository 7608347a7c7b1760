/** A reverse proxy that says for whom it asks: whoever comes through it is no local client for the gateway. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { IdentityProxy as RunningProxy } from './identity-proxy.ts';

/** Forwards pages and WebSockets to the gateway's port, in the name of a client of another computer. */
export async function startRemoteProxy(port: number): Promise<RunningProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const gateway = connect(port, '127.0.0.1');
    for (const socket of [client, gateway]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        gateway.destroy();
      });
    }
    // One request for each connection: what follows the head of the first is passed on as it is.
    client.once('data', (head) => {
      const isUpgrade = /^upgrade:/im.test(head.toString('latin1'));
      const end = head.indexOf('\r\n');
      gateway.write(head.subarray(0, end));
      gateway.write(`\r\nX-Forwarded-For: 192.0.2.7${isUpgrade ? '' : '\r\nConnection: close'}`);
      gateway.write(isUpgrade ? head.subarray(end) : withoutKeepAlive(head.subarray(end)));
      client.pipe(gateway).pipe(client);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

const withoutKeepAlive = (rest: Buffer): Buffer =>
  Buffer.from(rest.toString('latin1').replace(/\r\nconnection:[^\r]*/i, ''), 'latin1');

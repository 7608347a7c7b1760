/** Encryption before a gateway, as a proxy of the simplest kind has it: what comes is passed on as it is. */
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { Certified } from './self-signed.ts';

export interface TlsProxy {
  readonly url: string;
  /** Clients that ended the handshake, because they do not trust the certificate. */
  readonly rebuffed: number;
  close(): Promise<void>;
}

/** Passes everything on to the gateway's port. */
export async function startTlsProxy(port: number, { key, cert }: Certified): Promise<TlsProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer({ key, cert }, (client) => {
    const gateway = connect(port, '127.0.0.1');
    keep(client);
    keep(gateway);
    client.pipe(gateway).pipe(client);
  });
  let rebuffed = 0;
  server.on('tlsClientError', (_, client) => {
    rebuffed += 1;
    client.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    get rebuffed() {
      return rebuffed;
    },
    url: `wss://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

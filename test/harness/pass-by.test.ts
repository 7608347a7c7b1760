/** A socket that is opened and left, at whatever listens: an answer comes in any case. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { passBy } from '../../harness/gateway/pass-by.ts';

const LIMIT_MS = 30_000;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** The port of a server that does this to whoever comes. */
function listening(meet: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => meet(socket));
  });
  servers.push(server);
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)),
  );
}

it('a socket that is taken: the port that it came from', async () => {
  let from: number | undefined;
  const port = await listening((socket) => {
    from = socket.remotePort;
    socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  });
  expect(await passBy(port, LIMIT_MS)).toBe(from);
});

it.each([
  ['that ends it without a word', (socket: Socket) => socket.end()],
  ['that cuts it', (socket: Socket) => socket.resetAndDestroy()],
  ['that wants no WebSocket', (socket: Socket) => socket.write('HTTP/1.1 503 Service Unavailable\r\n\r\n')],
])('nothing at a server %s', async (_, meet) => {
  expect(await passBy(await listening(meet), LIMIT_MS)).toBe(null);
});

it('nothing at a server that says nothing in time', async () => {
  expect(await passBy(await listening(() => {}), 50)).toBe(null);
});

it('where nobody listens, that is said', async () => {
  const port = await listening(() => {});
  await new Promise((done) => servers.splice(0)[0]?.close(done));
  expect(await passBy(port, LIMIT_MS)).toBe('nobody-listens');
});

/** A proxy that changes nothing and counts the WebSocket messages that clients send, by the path of their socket. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface MessageCounter {
  readonly port: number;
  readonly url: string;
  /** Messages since the start, by path: `/` is the gateway, `/browser/extension` its relay. */
  readonly messages: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

const HEAD_END = '\r\n\r\n';

/** Reads a client's side of one connection: HTTP requests without a body, then frames if one was an upgrade. */
function frameCounter(count: (path: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let path: string | null = null;
  /** Of the current frame's payload. */
  let skip = 0;

  /** What is left after one head or frame; `null` if it is not whole yet. */
  function step(bytes: Buffer): Buffer | null {
    if (path === null) {
      const end = bytes.indexOf(HEAD_END);
      if (end < 0) return null;
      const head = bytes.toString('latin1', 0, end);
      if (/^upgrade: *websocket/im.test(head)) path = head.split(' ')[1]?.split('?')[0] ?? '/';
      return bytes.subarray(end + HEAD_END.length);
    }
    if (bytes.length < 2) return null;
    const short = bytes[1]! & 0x7f;
    const header = 6 + (short === 126 ? 2 : short === 127 ? 8 : 0);
    if (bytes.length < header) return null;
    const size =
      short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    // Text or binary, and the first of its frames: later ones continue, the rest is ping, pong and close.
    if ([1, 2].includes(bytes[0]! & 0x0f)) count(path);
    skip = size;
    return bytes.subarray(header);
  }

  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let next: Buffer | null = rest; next; ) {
      const skipped = Math.min(skip, next.length);
      skip -= skipped;
      rest = next.subarray(skipped);
      next = rest.length > 0 ? step(rest) : null;
    }
  };
}

/** Starts one before the port given. */
export async function countMessages(port: number): Promise<MessageCounter> {
  const messages = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const gateway = connect(port, '127.0.0.1');
    client.on(
      'data',
      frameCounter((path) => messages.set(path, (messages.get(path) ?? 0) + 1)),
    );
    for (const socket of [client, gateway]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        gateway.destroy();
      });
    }
    client.pipe(gateway).pipe(client);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const taken = (server.address() as AddressInfo).port;
  return {
    port: taken,
    url: `ws://127.0.0.1:${taken}`,
    messages,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

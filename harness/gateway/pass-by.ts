import { connect } from 'node:net';

/** The handshake of a WebSocket, by hand: its port has to be known, and nothing else about it. */
const UPGRADE = [
  'GET / HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: MDAwMDAwMDAwMDAwMDAwMA==',
  '\r\n',
].join('\r\n');

/**
 * Opens a WebSocket on loopback and leaves it. Resolves to the port that it came from, to `nobody-listens`, or to `null` if
 * it was not taken, within `limitMs` or at all.
 */
export function passBy(port: number, limitMs: number): Promise<number | 'nobody-listens' | null> {
  const socket = connect(port, '127.0.0.1', () => socket.write(UPGRADE));
  socket.setTimeout(limitMs, () => socket.destroy());
  return new Promise<number | 'nobody-listens' | null>((done) => {
    socket.once('data', (said) => {
      const isTaken = String(said).startsWith('HTTP/1.1 101 ');
      done(isTaken ? (socket.localPort ?? null) : null);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      done(code === 'ECONNREFUSED' ? 'nobody-listens' : null),
    );
    socket.once('close', () => done(null));
  }).finally(() => socket.destroy());
}

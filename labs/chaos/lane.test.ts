import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { until } from '../../harness/process/wait.ts';
import { Lane } from './lane.ts';

const HELLO = JSON.stringify({
  type: 'res',
  ok: true,
  payload: { type: 'hello-ok', deviceToken: 'a-token' },
});
const REFUSAL = JSON.stringify({
  type: 'res',
  ok: false,
  error: { details: { code: 'AUTH_TOKEN_MISMATCH' } },
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that answers every message with it, a lane to it, and a client through it. */
async function wired(): Promise<{ lane: Lane; client: WebSocket; heard: string[] }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((done) => server.once('listening', done));
  server.on('connection', (socket) => socket.on('message', (text) => socket.send(String(text))));
  closers.push(() => server.close());
  const lane = await Lane.open((server.address() as { port: number }).port);
  closers.push(() => lane.close());
  const client = new WebSocket(`${lane.url}/there?is=it`);
  const heard: string[] = [];
  client.on('message', (text) => heard.push(String(text)));
  client.on('error', () => {});
  await new Promise((done) => client.once('open', done));
  return { lane, client, heard };
}

it('knows how far a socket came, and what it carried', async () => {
  const { lane, client, heard } = await wired();
  expect([lane.opened, lane.isConnected]).toEqual([1, false]);
  client.send(REFUSAL);
  client.send('x'.repeat(70_000));
  client.send(HELLO);
  await until(5_000, 'the echoes', () => heard.length === 3);
  expect(lane.isConnected).toBe(true);
  expect(lane.refusals.map(({ code }) => code)).toEqual(['AUTH_TOKEN_MISMATCH']);
  expect([...lane.tokens]).toEqual(['a-token']);
  expect(lane.heads[0]).toContain('GET /there?is=it');
  client.close();
  await until(5_000, 'the end', () => !lane.isConnected);
});

it('cuts the wanted frame in half', async () => {
  const { lane, client, heard } = await wired();
  lane.truncates = 'hello';
  client.send('something else');
  client.send(HELLO);
  await new Promise((done) => client.once('close', done));
  expect(heard).toEqual(['something else']);
  expect([lane.truncates, lane.isConnected]).toEqual([null, false]);
});

it('holds back what it is told to, and lets it go', async () => {
  const { lane, client, heard } = await wired();
  lane.isStalled = true;
  client.send('late');
  const other = new WebSocket(lane.url);
  other.on('error', () => {});
  await new Promise((done) => setTimeout(done, 100));
  expect([heard, other.readyState]).toEqual([[], WebSocket.CONNECTING]);
  lane.isStalled = false;
  await until(5_000, 'both', () => heard.length === 1 && other.readyState === WebSocket.OPEN);
  lane.refuses = true;
  lane.cut();
  await until(5_000, 'both ends', () => client.readyState + other.readyState === 2 * WebSocket.CLOSED);
});

it('counts the runs of a gateway by the port that was closed between them', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  const lane = await Lane.open(port);
  closers.push(() => lane.close());
  const visit = (): Promise<unknown> =>
    new Promise((done) => {
      const client = new WebSocket(lane.url);
      client.once('error', done);
      client.once('open', () => {
        client.terminate();
        done(null);
      });
    });
  await visit();
  await visit();
  expect(lane.run).toBe(0);
  await new Promise((done) => server.close(done));
  await visit();
  await visit();
  const next = new WebSocketServer({ host: '127.0.0.1', port });
  closers.push(() => next.close());
  await new Promise((done) => next.once('listening', done));
  await visit();
  await visit();
  expect(lane.run).toBe(1);
});

/** The counter of `npm run bench:cost` passes everything on, and counts what the other side hears. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectLive } from '../../harness/gateway/client.ts';
import { COPILOT, newIdentity } from '../../harness/gateway/identity.ts';
import { Simulator } from '../../harness/servers/simulator/simulator.ts';
import { countMessages, type MessageCounter } from './message-counter.ts';

let simulator: Simulator;
let counter: MessageCounter;

beforeEach(async () => {
  simulator = await Simulator.start();
  counter = await countMessages(simulator.port);
});
afterEach(async () => {
  await counter.close();
  await simulator.stop();
});

it('counts messages of every size, and neither pages nor pings', async () => {
  await fetch(counter.url.replace('ws', 'http'));
  const credential = { field: 'token', value: '', secret: simulator.secret } as const;
  const [socket] = await connectLive(counter.url, { profile: COPILOT, identity: newIdentity(), credential });
  for (const size of [0, 100, 200, 70_000]) {
    socket.send(JSON.stringify({ type: 'req', id: `${size}`, method: 'x'.repeat(size), params: {} }));
    await socket.answer(`${size}`);
  }
  expect(simulator.messages).toBe(5);
  expect([...counter.messages]).toEqual([['/', 5]]);
  socket.leave();
});

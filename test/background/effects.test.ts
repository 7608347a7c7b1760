/** Real sockets, vault and storage apart: what the effects make of a gateway's frames, in their order. */
import { afterEach, expect, it, vi } from 'vitest';
import { createEffectRunner, type EffectRunner } from '../../src/background/effects.ts';
import { Supervisor } from '../../src/background/supervisor.ts';
import type { SocketReports } from '../../src/browser/worker/gateway-socket.ts';
import { openCredential, saveCredential } from '../../src/browser/worker/vault.ts';
import { type Frame, NO_OFFER } from '../../src/gateway/protocol.ts';
import { initialState } from '../../src/gateway/state.ts';
import { Secret } from '../../src/secret.ts';
import type { Item } from '../../src/storage/item.ts';
import { CIRCUMSTANCES } from '../fixtures/connection.ts';
import { GATEWAY } from '../fixtures/play.ts';

const played = vi.hoisted(() => ({
  disk: new Map<string, unknown>(),
  sockets: [] as { reports: SocketReports; sent: string[] }[],
}));

vi.mock('../../src/browser/storage.ts', () => ({
  isOfNewer: () => false,
  readItem: async <T>(item: Item<T>) => item.decode(played.disk.get(item.key)),
  writeItem: async <T>(item: Item<T>, value: T) => void played.disk.set(item.key, item.encode(value)),
  removeItem: async (item: Item<unknown>) => void played.disk.delete(item.key),
}));
vi.mock('../../src/browser/keys.ts', async () => {
  const algorithm = { name: 'AES-GCM', length: 256 };
  const sealing = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  const device = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  return { sealingKey: async () => sealing, deviceKey: async () => device };
});
vi.mock('../../src/browser/knock.ts', () => ({ knockAt: async () => 'answered' }));
vi.mock('../../src/browser/worker/gateway-socket.ts', () => ({
  openSocket(_: string, reports: SocketReports) {
    const sent: string[] = [];
    played.sockets.push({ reports, sent });
    return { send: (frame: string) => sent.push(frame), close() {} };
  },
}));

let supervisor: Supervisor;
let effects: EffectRunner;
afterEach(() => supervisor.stop());

/** A connection that holds a device token, on its way to its gateway. `shown` is called whenever it changed. */
async function start(shown: () => void = () => {}): Promise<void> {
  const fresh = initialState();
  played.sockets.length = 0;
  const serial = await saveCredential(GATEWAY.id, 'device-token', new Secret('first'));
  const deviceToken = { serial, client: fresh.profile.client, issuedAt: null, unanswered: 0, refusal: null };
  effects = createEffectRunner(GATEWAY, {
    dispatch: (event) => supervisor.dispatch(event),
    held: () => supervisor.state.held,
  });
  supervisor = new Supervisor(
    { ...fresh, phase: { name: 'paused' }, held: { ...fresh.held, deviceToken } },
    {
      run: effects.run,
      save: async () => {},
      show: shown,
      moment: () => ({ ...CIRCUMSTANCES, now: Date.now(), random: 0 }),
    },
  );
  supervisor.dispatch({ type: 'resume-requested' });
}

const hello = (deviceToken: string): Frame => ({
  type: 'hello',
  hello: {
    protocol: 4,
    serverVersion: null,
    bootId: null,
    uptimeMs: null,
    deviceToken: new Secret(deviceToken),
    deviceTokenIssuedAt: null,
    offer: NO_OFFER,
  },
});

/** The next socket, once it has sent what it has to say to a challenge; `null` while there is none. */
async function connectSent(index: number): Promise<{ reports: SocketReports; auth: object }> {
  const { reports, sent } = await vi.waitUntil(() => played.sockets[index], { timeout: 5_000 });
  reports.onOpen();
  reports.onFrame({ type: 'challenge', nonce: 'n', issuedAt: Date.now() });
  const frame = await vi.waitUntil(() => sent[0], { timeout: 5_000 });
  return { reports, auth: JSON.parse(frame).params.auth };
}

it('[R17] a device token is not lost with the connection that brought it', async () => {
  await start();
  const first = await connectSent(0);
  expect(first.auth).toEqual({ deviceToken: 'first' });
  first.reports.onFrame(hello('second'));
  // Before the new token is sealed, so before anybody knows that it was let in.
  first.reports.onClose(1006, '');

  expect((await connectSent(1)).auth).toEqual({ deviceToken: 'second' });
});

it('[C3] [D8] a hello-ok that answers no connect of ours takes no device token away', async () => {
  await start();
  const { reports } = await vi.waitUntil(() => played.sockets[0], { timeout: 5_000 });
  reports.onOpen();
  reports.onFrame(hello('of a stranger'));
  await vi.waitUntil(() => supervisor.state.trouble?.cause === 'not-a-gateway');
  const { deviceToken } = supervisor.state.held;
  const kept = await openCredential(GATEWAY.id, 'device-token', null);
  expect([deviceToken?.unanswered, kept?.reveal()]).toEqual([0, 'first']);
});

it('[B1] of a thousand frames in a second one proves that the gateway lives, and after a question the next one', async () => {
  const shown = vi.fn();
  await start(shown);
  const { reports } = await connectSent(0);
  reports.onFrame(hello('second'));
  await vi.waitUntil(() => supervisor.state.phase.name === 'connected');
  shown.mockClear();
  for (let i = 0; i < 1_000; i += 1) reports.onFrame({ type: 'event' });
  await Promise.resolve();
  expect(shown).toHaveBeenCalledOnce();
  supervisor.dispatch({ type: 'check-requested', by: 'user' });
  await vi.waitUntil(() => played.sockets[0]?.sent[1]);
  shown.mockClear();
  for (let i = 0; i < 1_000; i += 1) reports.onFrame({ type: 'event' });
  await Promise.resolve();
  expect(shown).toHaveBeenCalledOnce();
  expect(supervisor.state.phase).toMatchObject({ name: 'connected', answerBy: null });
  const asked = JSON.parse(played.sockets[0]?.sent[1] ?? '');
  for (let i = 0; i < 1_000; i += 1) reports.onFrame({ type: 'answer', id: 'another' });
  reports.onFrame({ type: 'answer', id: asked.id });
  await Promise.resolve();
  expect(shown).toHaveBeenCalledTimes(2);
  expect(supervisor.state.proof?.latencyMs).not.toBeNull();
});

it('[B2] a flood closes the socket', async () => {
  await start();
  const { reports } = await connectSent(0);
  reports.onFrame(hello('second'));
  await vi.waitUntil(() => supervisor.state.phase.name === 'connected');
  reports.onFlood();
  await vi.waitUntil(() => supervisor.state.phase.name === 'waiting');
  expect(supervisor.state.trouble?.cause).toBe('gateway-flooding');
});

it('[B7] what a gateway announced is known while its socket lasts, and is not asked for', async () => {
  await start();
  const { reports } = await connectSent(0);
  reports.onFrame(hello('second'));
  await vi.waitUntil(() => supervisor.state.phase.name === 'connected');
  const sent = played.sockets[0]?.sent.length;
  expect(await effects.ask('update.available')).toEqual({ type: 'answered', payload: NO_OFFER });
  const offer = { currentVersion: '2026.8.1', latestVersion: '2026.9.6' };
  reports.onFrame({ type: 'update', offer });
  expect(await effects.ask('update.available')).toEqual({ type: 'answered', payload: offer });
  expect(played.sockets[0]?.sent).toHaveLength(sent ?? 0);
  reports.onClose(1006, '');
  expect(await effects.ask('update.available')).toEqual({ type: 'dropped', reason: 'not-connected' });
  expect((await connectSent(1)).reports).not.toBe(reports);
  expect(await effects.ask('update.available')).toEqual({ type: 'answered', payload: NO_OFFER });
});

/** Real sockets, vault and storage apart: what the effects make of a gateway's frames, in their order. */
import { afterEach, expect, it, vi } from 'vitest';
import { createEffectRunner } from '../../src/background/effects.ts';
import { Supervisor } from '../../src/background/supervisor.ts';
import type { SocketReports } from '../../src/browser/worker/gateway-socket.ts';
import { saveCredential } from '../../src/browser/worker/vault.ts';
import { initialState } from '../../src/gateway/state.ts';
import { Secret } from '../../src/secret.ts';
import type { Item } from '../../src/storage/item.ts';
import { GATEWAY } from '../gateway/play.ts';

const played = vi.hoisted(() => ({
  disk: new Map<string, unknown>(),
  sockets: [] as { reports: SocketReports; sent: string[] }[],
}));

vi.mock('../../src/browser/storage.ts', () => ({
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
vi.mock('../../src/browser/knock.ts', () => ({ knock: async () => 'answered' }));
vi.mock('../../src/browser/worker/gateway-socket.ts', () => ({
  openSocket(_: string, reports: SocketReports) {
    const sent: string[] = [];
    played.sockets.push({ reports, sent });
    return { send: (frame: string) => sent.push(frame), close() {} };
  },
}));

let supervisor: Supervisor;
afterEach(() => supervisor.stop());

/** The next socket, once it has sent what it has to say to a challenge; `null` while there is none. */
async function connectSent(index: number): Promise<{ reports: SocketReports; auth: object }> {
  const { reports, sent } = await vi.waitUntil(() => played.sockets[index], { timeout: 5_000 });
  reports.onOpen();
  reports.onFrame({ type: 'challenge', nonce: 'n', issuedAt: Date.now() });
  const frame = await vi.waitUntil(() => sent[0], { timeout: 5_000 });
  return { reports, auth: JSON.parse(frame).params.auth };
}

it('[R17] a device token is not lost with the connection that brought it', async () => {
  const fresh = initialState();
  const serial = await saveCredential(GATEWAY.id, 'device-token', new Secret('first'));
  const deviceToken = { serial, client: fresh.profile.client, issuedAt: null, unanswered: 0 };
  const effects = createEffectRunner(GATEWAY, {
    dispatch: (event) => supervisor.dispatch(event),
    held: () => supervisor.state.held,
    onUnwritable: () => {},
  });
  supervisor = new Supervisor(
    { ...fresh, phase: { name: 'paused' }, held: { ...fresh.held, deviceToken } },
    {
      run: effects.run,
      save: async () => {},
      show: () => {},
      moment: () => ({ now: Date.now(), random: 0, isLocal: true, isOnline: true, mayRepair: true }),
    },
  );
  supervisor.dispatch({ type: 'resume-requested' });

  const first = await connectSent(0);
  expect(first.auth).toEqual({ deviceToken: 'first' });
  first.reports.onFrame({
    type: 'hello',
    hello: {
      protocol: 4,
      serverVersion: null,
      bootId: null,
      uptimeMs: null,
      deviceToken: new Secret('second'),
      deviceTokenIssuedAt: null,
      scopes: [],
    },
  });
  // Before the new token is sealed, so before anybody knows that it was let in.
  first.reports.onClose(1006, '');

  expect((await connectSent(1)).auth).toEqual({ deviceToken: 'second' });
});

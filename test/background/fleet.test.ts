/** Real supervisors, effects and items, on a disk and a socket that are played: what the fleet hands to whom. */
import { expect, it, vi } from 'vitest';
import { Fleet } from '../../src/background/fleet.ts';
import type { SocketReports } from '../../src/browser/worker/gateway-socket.ts';
import { saveCredential } from '../../src/browser/worker/vault.ts';
import { NO_OFFER } from '../../src/gateway/protocol.ts';
import { initialState } from '../../src/gateway/state.ts';
import { Secret } from '../../src/secret.ts';
import { connectionItem, gatewaysItem } from '../../src/storage/items.ts';
import { GATEWAY } from '../fixtures/play.ts';

const played = vi.hoisted(() => ({
  disk: {} as Record<string, unknown>,
  sockets: [] as { reports: SocketReports; sent: string[] }[],
}));

vi.mock('../../src/browser/api.ts', () => ({
  default: {
    storage: {
      local: {
        get: async (keys: string | string[]) =>
          Object.fromEntries([keys].flat().map((key) => [key, played.disk[key]])),
        set: async (items: object) => void Object.assign(played.disk, items),
        remove: async (key: string) => void delete played.disk[key],
      },
    },
  },
}));
vi.mock('../../src/browser/keys.ts', async () => {
  const algorithm = { name: 'AES-GCM', length: 256 };
  const sealing = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  const device = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  return { sealingKey: async () => sealing, deviceKey: async () => device, forgetDeviceKey: async () => {} };
});
vi.mock('../../src/browser/knock.ts', () => ({ knockAt: async () => 'answered' }));
vi.mock('../../src/browser/worker/relay-probe.ts', () => ({ lookAtRelay: async () => null }));
vi.mock('../../src/browser/worker/gateway-socket.ts', () => ({
  openSocket(_: string, reports: SocketReports) {
    const sent: string[] = [];
    played.sockets.push({ reports, sent });
    return { send: (frame: string) => sent.push(frame), close() {} };
  },
}));

/** A fleet of one gateway, which has let us in. */
async function connected(): Promise<{ fleet: Fleet; reports: SocketReports; sent: string[] }> {
  const fresh = initialState();
  const serial = await saveCredential(GATEWAY.id, 'device-token', new Secret('held'));
  const deviceToken = { serial, client: fresh.profile.client, issuedAt: null, unanswered: 0, refusal: null };
  const item = connectionItem(GATEWAY.id);
  played.disk[gatewaysItem.key] = gatewaysItem.encode([GATEWAY]);
  played.disk[item.key] = item.encode({
    ...fresh,
    phase: { name: 'waiting', why: 'unreachable', retryAt: 0 },
    held: { ...fresh.held, deviceToken },
  });
  const fleet = await Fleet.load(() => {}, {
    isWatched: () => false,
    isLookedAt: () => false,
    approverSince: () => null,
    mayRepair: () => true,
  });
  const { reports, sent } = await vi.waitUntil(() => played.sockets[0], { timeout: 5_000 });
  reports.onOpen();
  reports.onFrame({ type: 'challenge', nonce: 'n', issuedAt: Date.now() });
  await vi.waitUntil(() => sent[0], { timeout: 5_000 });
  const hello = {
    protocol: 4,
    serverVersion: null,
    bootId: null,
    uptimeMs: null,
    deviceToken: null,
    deviceTokenIssuedAt: null,
    offer: NO_OFFER,
  };
  reports.onFrame({ type: 'hello', hello });
  await vi.waitUntil(() => fleet.isConnected, { timeout: 5_000 });
  return { fleet, reports, sent };
}

it('[B7] a page that opens while a gateway owes us an answer asks it nothing more: its first configuration may take 11 s', async () => {
  const { fleet, reports, sent } = await connected();
  const before = sent.length;
  const answered = fleet.ask(GATEWAY.id, 'config.get');
  await vi.waitUntil(() => sent.length > before);
  fleet.pageOpened();
  fleet.dispatch(GATEWAY.id, { type: 'check-requested', by: 'user' });
  expect(sent.length).toBe(before + 1);

  const { id } = JSON.parse(sent.at(-1) ?? '');
  reports.onFrame({ type: 'answer', id, answer: () => ({ type: 'answered', payload: {} }) });
  await answered;
  fleet.pageOpened();
  expect(sent.length).toBe(before + 2);
});

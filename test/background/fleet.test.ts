/** Real supervisors, effects and items, on a disk and a socket that are played: what the fleet hands to whom. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Fleet } from '../../src/background/fleet.ts';
import type { SocketReports } from '../../src/browser/worker/gateway-socket.ts';
import { type SealedKind, saveCredential } from '../../src/browser/worker/vault.ts';
import { type Frame, NO_OFFER } from '../../src/gateway/protocol.ts';
import { type ConnectionState, initialState } from '../../src/gateway/state.ts';
import type { GatewayRecord } from '../../src/gateway/status.ts';
import { Secret } from '../../src/secret.ts';
import type { Item } from '../../src/storage/item.ts';
import { connectionItem, credentialItem, gatewaysItem } from '../../src/storage/items.ts';
import { GATEWAY } from '../fixtures/play.ts';

const played = vi.hoisted(() => ({
  disk: {} as Record<string, unknown>,
  /** The disk takes no more. */
  isFull: false,
  sockets: [] as { reports: SocketReports; sent: string[] }[],
}));

vi.mock('../../src/browser/api.ts', () => ({
  default: {
    storage: {
      local: {
        get: async (keys: string | string[]) =>
          Object.fromEntries([keys].flat().map((key) => [key, played.disk[key]])),
        // What is written arrives later than what is said meanwhile.
        async set(items: object) {
          const copy = structuredClone(items);
          await new Promise((resolve) => setTimeout(resolve, 1));
          if (played.isFull) throw new Error('refused');
          Object.assign(played.disk, copy);
        },
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

let fleet: Fleet;

/** No connection of one test is alive in the next one. */
afterEach(async () => {
  played.isFull = false;
  for (const { gatewayId } of fleet.snapshot.statuses) await fleet.forget(gatewayId);
  for (const key of Object.keys(played.disk)) delete played.disk[key];
  played.sockets.length = 0;
});

const write = <T>(item: Item<T>, value: T): void => {
  played.disk[item.key] = item.encode(value);
};

const presence = vi.fn();

async function load(): Promise<void> {
  fleet = await Fleet.load(() => {}, {
    isWatched: () => false,
    isLookedAt: () => false,
    approverSince: () => null,
    mayRepair: () => true,
    presence,
  });
}

const fresh = initialState();
const tokenOf = (serial: string) => ({
  serial,
  client: fresh.profile.client,
  issuedAt: null,
  unanswered: 0,
  refusal: null,
});

/** A connection that is about to knock, with a device token. */
async function storeConnection(changes: Partial<ConnectionState> = {}): Promise<void> {
  const serial = await saveCredential(GATEWAY.id, 'device-token', new Secret('held'));
  write(gatewaysItem, [GATEWAY]);
  write(connectionItem(GATEWAY.id), {
    ...fresh,
    phase: { name: 'waiting', why: 'unreachable', retryAt: 0 },
    held: { ...fresh.held, deviceToken: tokenOf(serial) },
    ...changes,
  });
}

/** The next socket, which has sent its answer to a challenge. */
async function connecting(): Promise<{ reports: SocketReports; sent: string[]; auth: object }> {
  const { reports, sent } = await vi.waitUntil(() => played.sockets[0], { timeout: 5_000 });
  reports.onOpen();
  reports.onFrame({ type: 'challenge', nonce: 'n', issuedAt: Date.now() });
  const frame = await vi.waitUntil(() => sent[0], { timeout: 5_000 });
  return { reports, sent, auth: JSON.parse(frame).params.auth };
}

const HELLO: Frame = {
  type: 'hello',
  hello: {
    protocol: 4,
    serverVersion: null,
    bootId: null,
    uptimeMs: null,
    deviceToken: null,
    deviceTokenIssuedAt: null,
    offer: NO_OFFER,
  },
};

/** A fleet of one gateway, which has let us in. */
async function connected(): Promise<{ reports: SocketReports; sent: string[] }> {
  await storeConnection();
  await load();
  const { reports, sent } = await connecting();
  reports.onFrame(HELLO);
  await vi.waitUntil(() => fleet.isConnected, { timeout: 5_000 });
  return { reports, sent };
}

it('[B7] a page that opens while a gateway owes us an answer asks it nothing more: its first configuration may take 11 s', async () => {
  const { reports, sent } = await connected();
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

const SECOND = { ...GATEWAY, id: 'second', address: 'ws://127.0.0.1:18790' };
const target = (port: number) => ({ address: `ws://127.0.0.1:${port}`, reach: 'loopback' as const });

/** The gateways on the disk. */
const listed = (): readonly GatewayRecord[] => {
  const reading = gatewaysItem.decode(played.disk[gatewaysItem.key]);
  return reading.type === 'value' ? reading.value : [];
};

describe('the list of gateways', () => {
  it('takes two names at once', async () => {
    write(gatewaysItem, [GATEWAY, SECOND]);
    await load();
    await Promise.all([fleet.rename(GATEWAY.id, 'one'), fleet.rename(SECOND.id, 'two')]);
    expect(listed().map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('takes two gateways at once, and one of them twice', async () => {
    await load();
    const ids = await Promise.all([1, 2, 1].map((port) => fleet.pair(target(port), { kind: 'none' })));
    expect(ids[2]).toBe(ids[0]);
    expect(listed().map(({ id }) => id)).toEqual([ids[0], ids[1]]);
    expect(fleet.snapshot.statuses.map(({ gatewayId }) => gatewayId)).toEqual([ids[0], ids[1]]);
  });

  it('keeps a gateway that could not be forgotten, and forgets it at the next try', async () => {
    await connected();
    played.isFull = true;
    await expect(fleet.forget(GATEWAY.id)).rejects.toThrow();
    expect(fleet.find(GATEWAY.id)).not.toBeNull();
    expect(fleet.isConnected).toBe(false);
    played.isFull = false;
    await fleet.forget(GATEWAY.id);
    expect(fleet.find(GATEWAY.id)).toBeNull();
    expect(listed()).toEqual([]);
    expect(Object.keys(played.disk).filter((key) => key.includes(GATEWAY.id))).toEqual([]);
  });
});

describe('what a worker left behind', () => {
  const serialsOf = (kind: SealedKind): string[] => {
    const item = credentialItem(GATEWAY.id, kind);
    const reading = item.decode(played.disk[item.key]);
    return reading.type === 'value' ? reading.value.map(({ serial }) => serial) : [];
  };

  it('[R6] [R18] a credential that nobody names goes, and no other', async () => {
    const secret = await saveCredential(GATEWAY.id, 'gateway-secret', new Secret('aside'));
    await saveCredential(GATEWAY.id, 'gateway-secret', new Secret('withdrawn'), [secret]);
    await saveCredential(GATEWAY.id, 'setup-code', new Secret('used'));
    await saveCredential(GATEWAY.id, 'relay-key', new Secret('withdrawn'));
    const gatewaySecret = {
      serial: secret,
      isRemembered: true,
      isProven: true,
      unanswered: 0,
      refusal: null,
    };
    await storeConnection({ aside: { ...fresh.aside, gatewaySecret } });
    const [token] = serialsOf('device-token');
    await load();
    await vi.waitUntil(() => serialsOf('setup-code').length + serialsOf('relay-key').length === 0);
    await vi.waitUntil(() => serialsOf('gateway-secret').length === 1);
    expect(serialsOf('gateway-secret')).toEqual([secret]);
    expect(serialsOf('device-token')).toEqual([token]);
  });

  it('[R17] the device token of a hello-ok that no state has heard of is the one that is sent', async () => {
    const code = await saveCredential(GATEWAY.id, 'setup-code', new Secret('code'));
    const setupCode = { serial: code, expiresAt: null, unanswered: 1, refusal: null };
    const phase = {
      name: 'handshaking',
      sent: 'setup-code',
      startedAt: 0,
      openedAt: 0,
      giveUpAt: 0,
    } as const;
    await storeConnection({ phase, held: { ...fresh.held, setupCode } });
    await load();
    expect((await connecting()).auth).toEqual({ deviceToken: 'held' });
    await vi.waitUntil(() => serialsOf('setup-code').length === 0);
  });
});

it('[B3] who has not let us in tells nothing of its clients', async () => {
  await storeConnection();
  await load();
  const { reports } = await connecting();
  reports.onFrame({ type: 'presence', payload: [] });
  expect(presence).not.toHaveBeenCalled();
});

it('[R19] a change of permissions is no word on any gateway', async () => {
  const serial = await saveCredential(GATEWAY.id, 'gateway-secret', new Secret('secret'));
  const gatewaySecret = { serial, isRemembered: true, isProven: true, unanswered: 0, refusal: null };
  const trouble = { cause: 'identity-unavailable', since: 0, closeCode: null, words: null, requestId: null };
  await storeConnection({
    phase: { name: 'blocked' },
    trouble: { ...trouble, cause: 'identity-unavailable' },
    held: { ...fresh.held, gatewaySecret },
  });
  await load();
  fleet.permissionsChanged();
  fleet.dispatchAll({ type: 'check-requested', by: 'fleet' });
  await vi.waitUntil(() => fleet.snapshot.statuses[0]?.code === 'needs-you');
  expect(fleet.isActive).toBe(false);
  fleet.dispatch(GATEWAY.id, { type: 'check-requested', by: 'user' });
  await vi.waitUntil(() => fleet.isActive);
});

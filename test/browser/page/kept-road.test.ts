import { beforeEach, expect, test, vi } from 'vitest';

const store = vi.hoisted(() => new Map<string, unknown>());
vi.mock('../../../src/browser/api.ts', () => ({
  default: {
    storage: {
      session: {
        get: async (key: string) => (store.has(key) ? { [key]: store.get(key) } : {}),
        set: async (items: object) => {
          for (const [key, value] of Object.entries(items)) store.set(key, value);
        },
        remove: async (key: string) => void store.delete(key),
      },
    },
  },
}));

const { keepRoad, keptRoad } = await import('../../../src/browser/page/kept-road.ts');

const failure = { gatewayId: 'a', cause: 'handshake-failed', since: 1_000 } as const;
const proved = { finding: 'proxy-no-websocket', product: 'nginx' } as const;

beforeEach(() => store.clear());

test('what was proved lasts as long as the same failure', async () => {
  await keepRoad(failure, proved);
  expect(await keptRoad(failure)).toEqual(proved);
  expect(await keptRoad({ ...failure, since: 2_000 })).toBeNull();
  expect(await keptRoad({ ...failure, cause: 'gateway-unreachable' })).toBeNull();
  expect(await keptRoad({ ...failure, gatewayId: 'b' })).toBeNull();
});

test('a later look that proves nothing takes it back', async () => {
  await keepRoad(failure, proved);
  await keepRoad(failure, null);
  expect(await keptRoad(failure)).toBeNull();
});

test('what somebody else put there is nothing', async () => {
  for (const value of ['x', null, 1, { cause: failure.cause, since: failure.since }]) {
    store.set('road:a', value);
    expect(await keptRoad(failure)).toBeNull();
  }
});

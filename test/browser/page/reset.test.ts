import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { resetEverything } from '../../../src/browser/page/reset.ts';

const clear = vi.hoisted(() => () => vi.fn(async () => {}));
const browser = vi.hoisted(() => ({
  storage: { local: { clear: clear() }, session: { clear: clear() } },
  permissions: { getAll: vi.fn(), remove: vi.fn() },
  runtime: { reload: vi.fn() },
}));
const send = vi.hoisted(() => vi.fn());

vi.mock('../../../src/browser/api.ts', () => ({ default: browser }));
vi.mock('../../../src/browser/keys.ts', () => ({ forgetAllDeviceKeys: async () => {} }));
vi.mock('../../../src/browser/page/worker-link.ts', () => ({ send }));

const ORIGIN = 'http://127.0.0.1/*';

beforeEach(() => {
  vi.stubGlobal('localStorage', { clear: vi.fn() });
  send.mockResolvedValue({ ok: true, gatewayId: null });
  browser.permissions.getAll.mockResolvedValue({
    permissions: ['storage', 'notifications', 'webRequest'],
    origins: [ORIGIN],
  });
  browser.permissions.remove.mockResolvedValue(true);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

const GIVEN = [{ permissions: ['notifications'] }, { permissions: ['webRequest'] }, { origins: [ORIGIN] }];

it('gives every optional permission back, and keeps nothing on the disk or in memory', async () => {
  expect(await resetEverything(['a', 'b'], false)).toBe(true);
  expect(send.mock.calls.map(([command]) => command)).toMatchObject([
    { type: 'forget-gateway', gatewayId: 'a' },
    { type: 'forget-gateway', gatewayId: 'b' },
    { type: 'set-settings' },
  ]);
  const removed = browser.permissions.remove.mock.calls.map(([given]) => given);
  expect(removed).toHaveLength(GIVEN.length);
  expect(removed).toEqual(expect.arrayContaining(GIVEN));
  expect(browser.storage.local.clear).toHaveBeenCalled();
  expect(browser.storage.session.clear).toHaveBeenCalled();
  expect(browser.runtime.reload).not.toHaveBeenCalled();
});

it('asks the browser to take back nothing that was never given', async () => {
  browser.permissions.getAll.mockResolvedValue({ permissions: ['storage'], origins: [] });
  expect(await resetEverything([], false)).toBe(true);
  expect(browser.permissions.remove).not.toHaveBeenCalled();
});

it.each(GIVEN)('says so where the browser keeps %j, and removes the rest', async (kept) => {
  browser.permissions.remove.mockImplementation(
    async (given) => JSON.stringify(given) !== JSON.stringify(kept),
  );
  expect(await resetEverything([], false)).toBe(false);
  expect(browser.permissions.remove).toHaveBeenCalledTimes(GIVEN.length);
});

it('says so where the disk cannot be cleared', async () => {
  browser.storage.session.clear.mockRejectedValue(new Error('gone'));
  expect(await resetEverything([], false)).toBe(false);
});

it('starts a worker anew that could not read what was stored', async () => {
  await resetEverything([], true);
  expect(browser.runtime.reload).toHaveBeenCalledOnce();
});

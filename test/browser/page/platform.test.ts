import { beforeEach, describe, expect, it, vi } from 'vitest';
import { choosePlatform, platformOf } from '../../../src/browser/page/platform.ts';
import type { Item, Reading } from '../../../src/storage/item.ts';

const disk = vi.hoisted(() => ({ items: new Map<string, unknown>(), isFull: false }));
const system = vi.hoisted(() => ({ os: 'linux' as string | null }));

vi.mock('../../../src/browser/storage.ts', () => ({
  readItem: async <T>(item: Item<T>): Promise<Reading<T>> => item.decode(disk.items.get(item.key)),
  writeItem: async <T>(item: Item<T>, value: T) => {
    if (disk.isFull) throw new Error('full');
    disk.items.set(item.key, item.encode(value));
  },
}));
vi.mock('../../../src/browser/api.ts', () => ({
  default: {
    runtime: {
      getPlatformInfo: async () => {
        if (system.os === null) throw new Error('gone');
        return { os: system.os };
      },
    },
  },
}));

beforeEach(() => {
  disk.items.clear();
  disk.isFull = false;
  system.os = 'linux';
});

describe('the system that a gateway runs on', () => {
  it.each([
    ['mac', 'macos'],
    ['win', 'windows'],
    ['linux', 'linux'],
    ['cros', 'linux'],
    [null, 'linux'],
  ] as const)('is this computer’s own if it runs here: %s is %s', async (os, platform) => {
    system.os = os;
    expect(await platformOf('one', 'loopback')).toBe(platform);
    expect(await platformOf(null, 'loopback')).toBe(platform);
  });

  it('is taken for Linux elsewhere', async () => {
    system.os = 'win';
    for (const reach of ['private', 'public'] as const) expect(await platformOf('one', reach)).toBe('linux');
  });

  it('is what the user chose, for that gateway alone', async () => {
    await choosePlatform('one', 'docker');
    expect(await platformOf('one', 'loopback')).toBe('docker');
    expect(await platformOf('two', 'loopback')).toBe('linux');
    await choosePlatform(null, 'wsl');
    expect(await platformOf(null, 'loopback')).toBe('linux');
  });

  it('is guessed again where what was stored makes no sense', async () => {
    disk.items.set('preferences:one', { version: 1, value: { platform: 'amiga' } });
    expect(await platformOf('one', 'loopback')).toBe('linux');
  });

  it('can be chosen on a full disk, for as long as the page lives', async () => {
    disk.isFull = true;
    await expect(choosePlatform('one', 'wsl')).resolves.toBeUndefined();
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openCredential, saveCredential } from '../../../src/browser/worker/vault.ts';
import { Secret } from '../../../src/secret.ts';
import type { Item, Reading } from '../../../src/storage/item.ts';

const disk = vi.hoisted(() => ({ items: new Map<string, unknown>(), isBroken: false }));
const keys = vi.hoisted(() => ({ sealing: null as CryptoKey | null }));

vi.mock('../../../src/browser/storage.ts', () => ({
  isOfNewer: () => false,
  readItem: async <T>(item: Item<T>): Promise<Reading<T>> =>
    disk.isBroken ? { type: 'unreadable' } : item.decode(disk.items.get(item.key)),
  writeItem: async <T>(item: Item<T>, value: T) => void disk.items.set(item.key, item.encode(value)),
  removeItem: async (item: Item<unknown>) => void disk.items.delete(item.key),
}));
vi.mock('../../../src/browser/keys.ts', () => ({
  sealingKey: async () => {
    if (!keys.sealing) throw new Error('IndexedDB is not there');
    return keys.sealing;
  },
}));

const newKey = () =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

beforeEach(async () => {
  disk.items.clear();
  disk.isBroken = false;
  keys.sealing = await newKey();
});

describe('the vault', () => {
  it('gives back what was sealed, under its serial alone, and keeps nothing in clear text', async () => {
    const serial = await saveCredential('g', 'device-token', new Secret('CANARY'));
    expect((await openCredential('g', 'device-token', serial))?.reveal()).toBe('CANARY');
    expect(await openCredential('g', 'device-token', 'another')).toBeNull();
    expect((await openCredential('g', 'device-token', null))?.reveal()).toBe('CANARY');
    expect(JSON.stringify([...disk.items])).not.toContain('CANARY');
  });

  it('takes a disk or a key that cannot be reached for a failure, not for an absence', async () => {
    const serial = await saveCredential('g', 'device-token', new Secret('x'));
    disk.isBroken = true;
    await expect(openCredential('g', 'device-token', serial)).rejects.toThrow();
    disk.isBroken = false;
    keys.sealing = null;
    await expect(openCredential('g', 'device-token', serial)).rejects.toThrow();
  });

  it('has nothing to give that another key sealed', async () => {
    const serial = await saveCredential('g', 'device-token', new Secret('x'));
    keys.sealing = await newKey();
    expect(await openCredential('g', 'device-token', serial)).toBeNull();
  });
});

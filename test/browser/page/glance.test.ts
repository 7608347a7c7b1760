/** A popup's first look at the disk shows what a thorough one would, or leaves it to that. */

import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { seeded } from '../../../labs/bench/stored-past.ts';
import { readFirst } from '../../../src/browser/page/first-read.ts';
import { glance } from '../../../src/browser/page/glance.ts';
import { readSnapshot } from '../../../src/browser/page/snapshot.ts';

const { disk, local } = vi.hoisted(() => {
  const disk: Record<string, unknown> = {};
  const local = {
    get: async (keys: string | string[]) =>
      Object.fromEntries(
        [keys].flat().flatMap((key) => (disk[key] === undefined ? [] : [[key, structuredClone(disk[key])]])),
      ),
  };
  return { disk, local };
});
vi.mock('../../../src/browser/api.ts', () => ({ default: { storage: { local }, i18n: {} } }));

const NOW = 1_795_183_392_000;

function write(items: Record<string, unknown>): void {
  for (const key of Object.keys(disk)) delete disk[key];
  Object.assign(disk, items);
}

const glanceNow = async () => glance(await readFirst(), NOW);

beforeEach(() => write(seeded(3, NOW)));

describe('a glance at the disk', () => {
  it('sees what a thorough look sees', async () => {
    const seen = await glanceNow();
    expect(seen?.statuses.map(({ code }) => code)).toEqual(['healthy', 'healthy', 'healthy']);
    expect(seen).toEqual(await readSnapshot(NOW));
  });

  it('sees that nothing is set up', async () => {
    write({});
    expect(await glanceNow()).toEqual(await readSnapshot(NOW));
  });

  it('sees a gateway whose relay was never looked at', async () => {
    delete disk['relay:gateway-0'];
    const seen = await glanceNow();
    expect(seen).not.toBeNull();
    expect(seen).toEqual(await readSnapshot(NOW));
  });

  it.each([
    ['a newer version', 'gateways', { version: 99, value: [] }],
    [
      'an older version',
      'connection:gateway-0',
      JSON.parse(readFileSync(new URL('../../fixtures/stored/connection.v1.json', import.meta.url), 'utf8')),
    ],
    ['no connection', 'connection:gateway-0', undefined],
    ['half a connection', 'connection:gateway-1', { version: 2, value: { phase: { name: 'connected' } } }],
    ['no object', 'connection:gateway-1', 'connected'],
    ['a relay of another kind', 'relay:gateway-2', { version: 1, value: { reading: { cause: 'magic' } } }],
    ['no list', 'gateways', { version: 2, value: { one: 1 } }],
    ['a gateway without an address', 'gateways', { version: 2, value: [{ id: 'gateway-0' }] }],
  ])('leaves %s to a thorough one', async (_, key, value) => {
    disk[key] = value;
    expect(await glanceNow()).toBeNull();
  });

  it('leaves a disk that cannot be read to a thorough one', async () => {
    vi.spyOn(local, 'get').mockRejectedValueOnce(new Error('corrupt'));
    expect(await glanceNow()).toBeNull();
  });
});

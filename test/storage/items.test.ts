import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { initialState } from '../../src/gateway/state.ts';
import { defineItem } from '../../src/storage/item.ts';
import { connectionItem, gatewaysItem } from '../../src/storage/items.ts';
import { connectedPlay } from '../gateway/play.ts';

describe('an item', () => {
  const item = defineItem({
    key: 'k',
    version: 3,
    schema: z.object({ name: z.string(), size: z.number() }),
    migrations: {
      1: (old) => ({ name: (old as { n: string }).n }),
      2: (old) => ({ ...(old as object), size: 0 }),
    },
  });

  it('comes back as it was written', () => {
    const value = { name: 'a', size: 2 };
    expect(item.decode(item.encode(value))).toEqual({ type: 'value', value });
  });

  it('is migrated step by step from every version that was ever shipped', () => {
    expect(item.decode({ version: 1, value: { n: 'a' } })).toEqual({
      type: 'value',
      value: { name: 'a', size: 0 },
    });
    expect(item.decode({ version: 2, value: { name: 'a' } })).toEqual({
      type: 'value',
      value: { name: 'a', size: 0 },
    });
  });

  it('is left alone if a newer version wrote it', () => {
    expect(item.decode({ version: 4, value: { name: 'a', size: 1 } })).toEqual({ type: 'newer' });
  });

  it.each([null, 1, 'x', [], {}, { version: '3' }, { version: 1, value: null }, { version: 3, value: {} }])(
    'is unreadable, not reset, as %j',
    (raw) => {
      expect(item.decode(raw)).toEqual({ type: 'unreadable' });
    },
  );

  it('is absent if nothing was ever stored', () => {
    expect(item.decode(undefined)).toEqual({ type: 'absent' });
  });
});

describe('the items', () => {
  it.each([
    ['a new connection', initialState()],
    ['a healthy one', connectedPlay({ remembers: true }).state],
    [
      'one that is waiting',
      connectedPlay({ remembers: true }).on({ type: 'socket-closed', code: 1006, reason: '' }).state,
    ],
  ])('%s survives JSON', (_, state) => {
    const item = connectionItem('g1');
    const stored = JSON.parse(JSON.stringify(item.encode(state)));
    expect(item.decode(stored)).toEqual({ type: 'value', value: state });
  });

  it('a gateway record survives JSON', () => {
    const gateways = [{ id: 'a', address: 'ws://127.0.0.1:18789', reach: 'loopback' as const, addedAt: 1 }];
    expect(gatewaysItem.decode(gatewaysItem.encode(gateways))).toEqual({ type: 'value', value: gateways });
  });
});

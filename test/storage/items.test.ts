import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { CAUSES } from '../../src/gateway/causes.ts';
import { NO_EVIDENCE } from '../../src/gateway/evidence-state.ts';
import { type ConnectionState, initialState, NOTHING_ASIDE } from '../../src/gateway/state.ts';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';
import { defineItem } from '../../src/storage/item.ts';
import {
  connectionItem,
  credentialItem,
  gatewaysItem,
  insideItem,
  preferencesItem,
  settingsItem,
} from '../../src/storage/items.ts';
import { othersItem } from '../../src/storage/others-item.ts';
import { connectedPlay, handshake, hello, Play } from '../fixtures/play.ts';

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

  it('one that is shaking hands survives JSON', () => {
    const { state } = connectedPlay({ remembers: true }).on(
      { type: 'socket-closed', code: 1006, reason: '' },
      { type: 'knock-answered' },
      { type: 'socket-opened' },
    );
    const item = connectionItem('g1');
    expect(item.decode(JSON.parse(JSON.stringify(item.encode(state))))).toEqual({
      type: 'value',
      value: state,
    });
  });

  it('a connection with something in it that cannot be compared is unreadable', () => {
    const value = { ...initialState(), attempt: { toString: 1, valueOf: 1 } };
    expect(connectionItem('g1').decode({ version: 2, value })).toEqual({ type: 'unreadable' });
  });

  it('a gateway record survives JSON', () => {
    const gateways = [
      { id: 'a', address: 'ws://127.0.0.1:18789', reach: 'loopback' as const, addedAt: 1, name: 'Home' },
    ];
    expect(gatewaysItem.decode(gatewaysItem.encode(gateways))).toEqual({ type: 'value', value: gateways });
  });
});

/** What was ever written to a disk by a released version, as it lies there. Never changed, only added to. */
const stored = <T>(name: string): T =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/stored', `${name}.json`), 'utf8'));

type Past = Pick<ConnectionState, 'evidence'>;

interface Stored {
  readonly version: number;
  readonly value: Omit<ConnectionState, 'evidence'> & Partial<Past>;
}

describe.each([1, 2])('a connection of version %i', (version) => {
  const item = connectionItem('g1');
  const connections = Object.entries(stored<Record<string, Stored>>(`connection.v${version}`));

  it.each(connections)('that was %s is read with nothing lost', (_, old) => {
    const reading = item.decode(old);
    expect(reading).toMatchObject({ type: 'value', value: { ...old.value, aside: NOTHING_ASIDE } });
    if (version === 1) expect(reading).toMatchObject({ value: { evidence: NO_EVIDENCE } });
    expect(reading.type === 'value' && item.decode(item.encode(reading.value))).toEqual(reading);
  });

  it.each(connections)('that was %s is revived as ever', (_, old) => {
    const reading = item.decode(old);
    if (reading.type !== 'value') throw new Error(reading.type);
    const play = new Play(reading.value).after(120_000).on({ type: 'worker-started' });
    if (old.value.phase.name === 'blocked') {
      expect(play.last).toEqual([]);
      return;
    }
    if (play.state.phase.name === 'waiting') play.whenDue();
    expect(play.last).toContainEqual({ type: 'knock' });
    expect(play.on(...handshake, hello()).status.code).toMatch(/^heal/);
  });

  it('may name any cause that there was', () => {
    expect(CAUSES).toEqual(expect.arrayContaining(stored<string[]>('causes.v1')));
  });
});

it('a credential of version 1 is the only one of its kind', () => {
  const old = stored<{ value: object }>('credential.v1');
  expect(credentialItem('g1', 'device-token').decode(old)).toEqual({ type: 'value', value: [old.value] });
});

it('preferences of version 1 hold a system, and decline nothing', () => {
  const old = stored<{ value: { platform: string } }>('preferences.v1');
  expect(preferencesItem('g1').decode(old)).toEqual({
    type: 'value',
    value: { platform: 'docker', isSelfRepairDeclined: false },
  });
});

it('a look inside of version 1 is what it was', () => {
  const old = stored<{ value: object }>('inside.v1');
  expect(insideItem('g1').decode(old)).toEqual({ type: 'value', value: old.value });
});

describe('gateways of version 1', () => {
  it('are read with nothing lost', () => {
    const old = stored<{ value: object[] }>('gateways.v1');
    const value = old.value.map((gateway) => ({ ...gateway, name: null }));
    expect(gatewaysItem.decode(old)).toEqual({ type: 'value', value });
  });
});

it.each([
  ['color', 'auto'],
  ['on-dark', 'on-dark'],
])('settings of version 1 with icons %s are read with %s', (icons, now) => {
  const settings = { ...DEFAULT_SETTINGS, keepDays: 90 as const };
  const { countsOthers: _, notify, ...old } = settings;
  const { others: __, ...oldNotify } = notify;
  const value = { ...old, notify: oldNotify, icons };
  expect(settingsItem.decode({ version: 1, value })).toEqual({
    type: 'value',
    value: { ...settings, icons: now },
  });
});

it('other clients of version 1 are read with nothing lost, and none of them told', () => {
  const old = stored<{ value: { refused: object[] } }>('others.v1');
  expect(othersItem('g1').decode(old)).toEqual({
    type: 'value',
    value: { ...old.value, refused: old.value.refused.map((each) => ({ ...each, toldAt: null })) },
  });
});

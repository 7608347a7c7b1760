import type { History } from '../../../src/history/state.ts';
import { NO_HISTORY } from '../../../src/history/state.ts';
import { historyItem, watchedItem } from '../../../src/storage/items.ts';
import { NOW, statusOf } from '../../../test/fixtures/statuses.ts';
import { type Act, type Scene, type Scenes, snapshotOf } from '../scene.ts';
import { keptOthers, MANY } from './others.ts';
import { BY_CODE, causedBy, FOREIGN } from './statuses.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const ago = (days: number, hours = 0, minutes = 0): number =>
  NOW - days * DAY_MS - hours * HOUR_MS - minutes * MINUTE_MS;

const incident = (
  startedAt: number,
  lastedMs: number | null,
  changes: Partial<History['incidents'][number]> = {},
): History['incidents'][number] => ({
  startedAt,
  endedAt: lastedMs === null ? null : startedAt + lastedMs,
  cause: 'connection-lost',
  worst: 'reconnecting',
  closeCode: 1006,
  cure: lastedMs === null ? null : 'by-itself',
  ...changes,
});

/** Four weeks of working days, with one of everything. */
export const PAST: History = {
  startedAt: ago(28),
  watched: Array.from({ length: 28 }, (_, index) => 27 - index).flatMap((day) =>
    day === 0
      ? [{ from: ago(0, 6), to: NOW }]
      : [
          { from: ago(day, 6), to: ago(day, 2) },
          { from: ago(day, 1), to: ago(day, -4) },
        ],
  ),
  incidents: [
    incident(ago(20, 3), 31 * MINUTE_MS, { cause: 'gateway-unreachable', worst: 'down', cure: 'by-user' }),
    incident(ago(13, 5), 14_000, { cause: 'gateway-restarting', worst: 'starting', closeCode: 1012 }),
    incident(ago(9, 3), 812, { cause: 'device-token-mismatch', closeCode: 1008, cure: 'repaired' }),
    incident(ago(6, 4), 9 * MINUTE_MS, { cause: 'relay-not-attached', worst: 'relay', closeCode: null }),
    incident(ago(3, 4), 40 * MINUTE_MS, {
      cause: 'not-paired',
      worst: 'approval',
      closeCode: 1008,
      cure: 'by-user',
    }),
    incident(ago(1, 4), 12 * MINUTE_MS, {
      cause: 'unknown-refusal',
      worst: 'needs-you',
      closeCode: 1008,
      cure: 'paused',
    }),
    incident(ago(0, 3), 9_000),
    incident(ago(0, 1), 70_000, { cause: 'gateway-restarting', worst: 'starting', closeCode: 1012 }),
  ],
  connects: Array.from({ length: 40 }, (_, index) => ({
    at: ago(0, 16 * (39 - index)),
    helloMs: 24 + ((index * 7) % 30),
  })),
};

const kept = (gatewayId: string, { watched, ...past }: History): Record<string, unknown> => ({
  [historyItem(gatewayId).key]: historyItem(gatewayId).encode(past),
  [watchedItem(gatewayId).key]: watchedItem(gatewayId).encode(watched),
});

const pastOf = (history: History, status = {}, ...acts: Act[]): Scene => ({
  snapshot: snapshotOf([statusOf(status)]),
  stored: kept('one', history),
  acts,
});

const withOthers = (scene: Scene): Scene => ({
  ...scene,
  stored: { ...scene.stored, ...keptOthers(MANY) },
  acts: [{ until: '[data-testid=others] li' }],
});

export const HISTORY: Scenes = {
  day: pastOf(PAST),
  week: pastOf(PAST, {}, { click: '[data-range=week]' }),
  month: pastOf(PAST, {}, { click: '[data-range=month]' }),
  'still-down': pastOf(
    { ...PAST, incidents: [...PAST.incidents, incident(ago(0, 0, 3), null, { worst: 'down' })] },
    BY_CODE.down,
  ),
  calm: pastOf({ ...PAST, incidents: [] }),
  others: withOthers(pastOf(PAST)),
  paused: pastOf(PAST, BY_CODE.paused),
  empty: pastOf(NO_HISTORY),
  'nothing-set-up': { snapshot: snapshotOf([]) },
  'storage-unreadable': { snapshot: snapshotOf([], 'unreadable') },
  unreadable: { ...pastOf(PAST), stored: { [historyItem('one').key]: 'nonsense' } },
  newer: { ...pastOf(PAST), stored: { [historyItem('one').key]: { version: 99, value: {} } } },
  deleting: pastOf(PAST, {}, { click: '[data-testid=delete-history]' }),
  foreign: { ...pastOf(PAST, { name: FOREIGN.name, address: FOREIGN.address }), isForeign: true },
  'several-gateways': {
    snapshot: snapshotOf([
      statusOf({ gatewayId: 'one', name: 'Home' }),
      statusOf({ ...causedBy('offline'), gatewayId: 'two', name: FOREIGN.name }),
    ]),
    stored: { ...kept('one', PAST), ...kept('two', PAST) },
    isForeign: true,
  },
};

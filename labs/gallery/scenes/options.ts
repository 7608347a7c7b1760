import { DEFAULT_SETTINGS, type Settings } from '../../../src/settings.ts';
import { settingsItem } from '../../../src/storage/items.ts';
import { NOW, statusOf } from '../../../test/fixtures/statuses.ts';
import { type Scene, type Scenes, snapshotOf } from '../scene.ts';
import { causedBy, FOREIGN } from './statuses.ts';

const settled = (changes: Partial<Settings>): Record<string, unknown> => ({
  [settingsItem.key]: settingsItem.encode({ ...DEFAULT_SETTINGS, ...changes }),
});

const home = statusOf({
  gatewayId: 'home',
  name: 'Home',
  isSecretRemembered: true,
  selfRepair: 'on',
  relay: { ...statusOf().relay, isKeyHeld: true },
});
const office = statusOf({
  ...causedBy('gateway-secret-mismatch'),
  gatewayId: 'office',
  address: 'wss://office.example.net',
  reach: 'public',
});

const one: Scene = { snapshot: snapshotOf([home]) };
const two: Scene = { snapshot: snapshotOf([home, office]) };
const refused = { reply: { ok: false, problem: 'storage-failed' } } as const;
const allAllowed = ['notifications', 'http://127.0.0.1/*', 'https://office.example.net/*'];

export const OPTIONS: Scenes = {
  usual: one,
  'nothing-set-up': { snapshot: snapshotOf([]) },
  'several-gateways': two,
  'everything-on': {
    ...two,
    permissions: allAllowed,
    stored: settled({
      notify: {
        level: 'all',
        quietHours: { from: 1_320, to: 420 },
        snoozedUntil: NOW + 3_600_000,
        others: true,
      },
      repairsByItself: false,
      keepDays: 90,
      icons: 'on-dark',
      showsOk: true,
      countsOthers: true,
    }),
  },
  'permission-lost': {
    ...one,
    stored: settled({ notify: { level: 'all', quietHours: null, snoozedUntil: null, others: false } }),
  },
  renaming: { ...two, acts: [{ click: '[data-testid=rename]' }] },
  'name-refused': {
    ...two,
    reply: { ok: false, problem: 'name-too-long' },
    acts: [
      { click: '[data-testid=rename]' },
      { paste: 'x'.repeat(500), into: '[data-testid=name]' },
      { click: '.rename [type=submit]' },
      { until: '.rename .problem' },
    ],
  },
  forgetting: { ...two, acts: [{ click: '[data-testid=forget]' }, { until: '[data-testid=undo]' }] },
  'not-saved': { ...one, ...refused, acts: [{ click: 'input[type=checkbox]' }] },
  unreadable: { ...one, stored: { [settingsItem.key]: 'nonsense' } },
  'storage-newer': { snapshot: snapshotOf([], 'newer') },
  'storage-unwritable': { snapshot: snapshotOf([home], 'unwritable') },
  foreign: {
    snapshot: snapshotOf([
      statusOf({
        gatewayId: 'a',
        name: FOREIGN.name,
        address: FOREIGN.address,
        serverVersion: FOREIGN.version,
      }),
      statusOf({ gatewayId: 'b', address: FOREIGN.address }),
    ]),
    isForeign: true,
  },
};

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/settings.ts';
import { LONGEST_FILE, readSettingsFile, writeSettingsFile } from '../../src/storage/settings-file.ts';

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  notify: {
    level: 'all',
    quietHours: { from: 1_320, to: 420 },
    snoozedUntil: 1_800_000_000_000,
    others: true,
  },
  keepDays: 90,
};
const GATEWAYS = [
  { address: 'ws://127.0.0.1:18789', name: 'Home' },
  { address: 'wss://gateway.example', name: null },
];
const FILE = writeSettingsFile(SETTINGS, GATEWAYS);

const changed = (change: (file: any) => void): string => {
  const file = JSON.parse(FILE);
  change(file);
  return JSON.stringify(file);
};

describe('a settings file', () => {
  it('comes back without the snooze, and with the names that were given', () => {
    expect(readSettingsFile(FILE)).toEqual({
      settings: { ...SETTINGS, notify: { ...SETTINGS.notify, snoozedUntil: null } },
      names: [{ address: 'ws://127.0.0.1:18789', name: 'Home' }],
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'settings'],
    ['another JSON', '{"theme":"dark"}'],
    ['half of it', FILE.slice(0, FILE.length / 2)],
    ['another format', changed((file) => Object.assign(file, { format: 'bookmarks', version: 2 }))],
    ['a setting that is none', changed((file) => Object.assign(file.settings, { keepDays: 31 }))],
    [
      'a minute that no day has',
      changed((file) => Object.assign(file.settings.notify.quietHours, { to: 1_440 })),
    ],
    ['a setting that is missing', changed((file) => delete file.settings.icons)],
    ['a name of 500 characters', changed((file) => Object.assign(file.names[0], { name: 'n'.repeat(500) }))],
    [
      'an address that cannot be measured',
      changed((file) => Object.assign(file.names[0], { address: { length: { toString: 1 } } })),
    ],
    [
      'a version that cannot be compared',
      changed((file) => Object.assign(file, { version: { valueOf: 1, toString: 1 } })),
    ],
    ['a file of a size that none has', `${FILE}${' '.repeat(LONGEST_FILE)}`],
  ])('is broken: %s', (_, text) => {
    expect(readSettingsFile(text)).toBe('broken');
  });

  it('of a newer version is not taken for a broken one', () => {
    expect(readSettingsFile(changed((file) => Object.assign(file, { version: 3, settings: {} })))).toBe(
      'newer',
    );
  });

  it('of version 1 is read: of other clients nothing is told', () => {
    const old = changed((file) => {
      file.version = 1;
      delete file.settings.notify.others;
      delete file.settings.countsOthers;
    });
    expect(readSettingsFile(old)).toMatchObject({
      settings: { keepDays: 90, notify: { level: 'all', others: false }, countsOthers: false },
      names: [{ name: 'Home' }],
    });
  });

  it('brings nothing that is no setting', () => {
    const text = changed((file) =>
      Object.assign(file.settings, { secret: 'x', __proto__: { isAdmin: true } }),
    );
    expect(readSettingsFile(text)).toEqual(readSettingsFile(FILE));
  });

  it('never throws, whatever is in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['broken', 'newer']).toContain(readSettingsFile(text));
      }),
    );
  });
});

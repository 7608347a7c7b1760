/** PRIVACY.md tells of all that is stored: an item that nobody has written there fails here. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as items from '../src/storage/items.ts';
import * as othersItem from '../src/storage/others-item.ts';

const ROOT = join(import.meta.dirname, '..');
const TEXT = readFileSync(join(ROOT, 'PRIVACY.md'), 'utf8');

/** Each item of the disk, and the words that tell of it. */
const ON_DISK: Readonly<Record<string, readonly string[]>> = {
  gatewaysItem: ['Address and name of your gateway'],
  connectionItem: ['the state of its connection'],
  relayItem: ['the state of its connection and relay'],
  historyItem: ['History: ', 'interruptions, causes and cures'],
  watchedItem: ['when the gateway was monitored'],
  settingsItem: ['Your settings'],
  schemeItem: ['Whether this browser is light or dark'],
  toldItem: ['What the last notification of a gateway told'],
  preferencesItem: ['What you prefer for a gateway'],
  insideItem: ['Whether diagnostics may read a gateway’s settings', 'what its last look inside found'],
  credentialItem: ['The device token', 'Your gateway’s secret', 'A setup code', 'A relay key'],
  othersItem: ['Other clients of your gateway'],
};

/** Each file that keeps something in memory or in `localStorage`, and the words that tell of it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'src/browser/keys.ts': 'A device key, made in this browser',
  'src/browser/page/draft.ts': 'What was begun in the popup, in memory only',
  'src/browser/page/kept-road.ts': 'What diagnostics proved of the way to a gateway that can’t be reached',
  'src/browser/worker/session.ts': 'When this browser was started, in memory only',
  'src/ui/theme.ts': 'the theme among them a second time',
};

/** Straight quotation marks and round ones are the same words. */
const table = TEXT.split('\n')
  .filter((line) => line.startsWith('|'))
  .join('\n')
  .replaceAll("'", '’');

it('tells of every item on the disk', () => {
  const stored = Object.keys({ ...items, ...othersItem }).filter((name) => name.endsWith('Item'));
  expect(Object.keys(ON_DISK).sort()).toEqual(stored.sort());
  const told = Object.values(ON_DISK).flat();
  expect(told.filter((words) => !table.includes(words))).toEqual([]);
});

it('tells of what is kept in memory, in the pages’ own storage and as a key', () => {
  const writes = /\bsession\.set\(|localStorage\.setItem\(|indexedDB\b|createStore\(/;
  const keeping = globSync('src/**/*.{ts,tsx}', { cwd: ROOT }).filter((file) =>
    writes.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  expect(keeping.sort()).toEqual(Object.keys(ELSEWHERE));
  expect(Object.values(ELSEWHERE).filter((words) => !table.includes(words))).toEqual([]);
});

/** Packages: the same content makes the same bytes, and says whose code it contains. */
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strFromU8, strToU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { licenceOf, packageOf } from '../../scripts/lib/licences.ts';
import { builtFiles, trackedFiles, withoutKey, zipOf } from '../../scripts/lib/packing.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files, last changed at `seconds` since the epoch. */
function folderOf(files: Readonly<Record<string, string>>, seconds: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'relay-health-packing-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text, { mode: seconds % 2 ? 0o600 : 0o644 });
    utimesSync(join(folder, name), seconds, seconds);
  }
  return folder;
}

const FILES = { 'manifest.json': '{"key":"k","name":"n"}', 'b/2.js': 'two '.repeat(500), 'a.js': 'one' };

describe('a package', () => {
  it('has the same bytes whatever the order, time, mode and place of its files', () => {
    const one = folderOf(FILES, 1_700_000_000);
    const other = folderOf(Object.fromEntries(Object.entries(FILES).reverse()), 1_800_000_001);
    const zones = [process.env.TZ, 'Pacific/Auckland'];
    const zips = [one, other].map((folder, index) => {
      process.env.TZ = zones[index];
      return zipOf(builtFiles(folder));
    });
    if (zones[0] === undefined) delete process.env.TZ;
    else process.env.TZ = zones[0];
    expect(zips[0]).toEqual(zips[1]);
    expect(Object.keys(unzipSync(zips[0]!))).toEqual(['a.js', 'b/2.js', 'manifest.json']);
  });

  it('has other bytes when a byte of its content is another', () => {
    const zips = ['one', 'One'].map((text) => zipOf(new Map([['a.js', strToU8(text)]])));
    expect(zips[0]).not.toEqual(zips[1]);
  });

  it('goes to a store without the key of the unpacked extension', () => {
    const files = withoutKey(builtFiles(folderOf(FILES, 1)));
    expect(JSON.parse(strFromU8(files.get('manifest.json')!))).toEqual({ name: 'n' });
    expect([...files.keys()].sort()).toEqual(['a.js', 'b/2.js', 'manifest.json']);
  });

  it('is not made of a folder without a build', () => {
    expect(() => builtFiles(folderOf({ 'a.js': '' }, 1))).toThrow(/no build/);
  });
});

it('the source package has what is under version control, and nothing that was installed or built', () => {
  const names = [...trackedFiles(join(import.meta.dirname, '../..')).keys()];
  expect(names).toContain('package-lock.json');
  expect(names).toContain('src/background/index.ts');
  expect(names.filter((name) => /^(node_modules|dist|\.cache)\//.test(name))).toEqual([]);
});

describe('licences', () => {
  it.each([
    ['/home/me/project/node_modules/preact/dist/preact.mjs', 'preact'],
    ['C:\\project\\node_modules\\@scope\\name\\index.js', '@scope/name'],
    ['/p/node_modules/one/node_modules/two/index.js', 'two'],
    ['\0vite/preload-helper.js', 'vite'],
    ['/home/me/project/src/secret.ts', null],
  ])('of %s is that of %s', (id, name) => {
    expect(packageOf(id)).toBe(name);
  });

  it('name version, source and the whole text', () => {
    const text = licenceOf('webextension-polyfill');
    expect(text).toMatch(/^webextension-polyfill \d+\.\d+\.\d+\nLicence: MPL-2.0\nSource: https:\/\/\S+\n/);
    expect(text).toContain('Mozilla Public License Version 2.0');
  });

  it('of the bundler end where those of its own parts begin', () => {
    expect(licenceOf('vite')).not.toContain('Licenses of bundled');
  });
});

it('nothing sets HTML from a text: what the linter warns of is not used', () => {
  const src = join(import.meta.dirname, '../../src');
  const guilty = globSync('**/*.{ts,tsx}', { cwd: src }).filter((file) =>
    /innerHTML|outerHTML|insertAdjacentHTML/i.test(readFileSync(join(src, file), 'utf8')),
  );
  expect(guilty).toEqual([]);
});

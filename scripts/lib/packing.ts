/** Zips whose bytes depend on nothing but their content: any machine, clock and order of files makes the same. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { strFromU8, strToU8, type Zippable, zipSync } from 'fflate';

/** What goes into a zip, by path with forward slashes. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A file that everybody may read: what Unix calls `rw-r--r--`, where zips keep it. */
const PLAIN_FILE = 0o100644 << 16;
const UNIX = 3;

/** The zip of these files, sorted by name, with one time and one mode for all. */
export function zipOf(files: Files): Uint8Array {
  // The first moment that a zip can name, in this machine's own time: a zip knows of no zones.
  const mtime = new Date(1980, 0, 1);
  const options = { level: 9, mtime, os: UNIX, attrs: PLAIN_FILE } as const;
  const names = [...files.keys()].sort();
  return zipSync(Object.fromEntries(names.map((name) => [name, [files.get(name), options]])) as Zippable);
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const readAll = (root: string, names: readonly string[]): Files =>
  new Map(names.map((name) => [name.replaceAll(sep, '/'), readFileSync(join(root, name))]));

/** Every file of a built extension. Throws a sentence if there is none. */
export function builtFiles(folder: string): Files {
  const names = globSync('**', { cwd: folder }).filter((name) => statSync(join(folder, name)).isFile());
  if (!names.includes('manifest.json')) throw new Error(`There is no build in ${folder}.`);
  return readAll(folder, names);
}

/** As a store wants it: it signs with a key of its own, and refuses a package that brings one. */
export function withoutKey(files: Files): Files {
  const { key: _, ...manifest } = JSON.parse(strFromU8(files.get('manifest.json') ?? new Uint8Array()));
  return new Map([...files, ['manifest.json', strToU8(`${JSON.stringify(manifest, null, 2)}\n`)]]);
}

/** The files that are under version control, as they are on the disk now. */
export function trackedFiles(root: string): Files {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  return readAll(
    root,
    listed.filter((name) => name !== '' && statSync(join(root, name), { throwIfNoEntry: false })?.isFile()),
  );
}

/** What was changed since the last commit, one line for each file. */
export const uncommitted = (root: string): string[] =>
  execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);

/**
 * What the stores get: `npm run package` makes `dist/packages` from the builds, with size and SHA-256 of each file.
 * The same sources give the same bytes. `-- --verify` builds the source package elsewhere and compares, as the
 * reviewers of addons.mozilla.org do.
 */
import { execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { ROOT } from '../harness/process/build.ts';
import { LICENCES_FILE } from './lib/licences.ts';
import {
  builtFiles,
  type Files,
  sha256,
  trackedFiles,
  uncommitted,
  withoutKey,
  zipOf,
} from './lib/packing.ts';

const OUT = join(ROOT, 'dist/packages');

/** Which build each store gets. */
const TARGETS = { chrome: 'chromium', edge: 'chromium', firefox: 'firefox' } as const;
const BUILDS = [...new Set(Object.values(TARGETS))];

/** Kilobytes (1,000 bytes) of a package: seven languages make 225 of them, the icons 60, and the demo shares no code. */
const BUDGET = 780;

/** What the reader of the source package needs first. */
const SOURCE_README = 'store/SOURCE.md';

function save(name: string, bytes: Uint8Array): void {
  writeFileSync(join(OUT, name), bytes);
  sums.push(`${sha256(bytes)}  ${name}`);
  console.log(`${(bytes.length / 1000).toFixed(1).padStart(7)} kB  ${sha256(bytes)}  ${name}`);
}

function packageOf(store: keyof typeof TARGETS): Uint8Array {
  const files = builtFiles(join(ROOT, 'dist', TARGETS[store]));
  if (!files.has(LICENCES_FILE)) throw new Error(`The build of ${store} lacks ${LICENCES_FILE}.`);
  const bytes = zipOf(withoutKey(files));
  if (bytes.length > BUDGET * 1_000) {
    throw new Error(`The package for ${store} has ${bytes.length} bytes, more than ${BUDGET} kB.`);
  }
  return bytes;
}

function sourceFiles(): Files {
  const files = trackedFiles(ROOT);
  const readme = files.get(SOURCE_README);
  if (readme === undefined) throw new Error(`${SOURCE_README} is not under version control.`);
  return new Map([...files, ['README-FOR-REVIEWERS.md', readme]]);
}

/** Unpacks the source package into an empty folder, runs its two commands there and compares every built file. */
function verify(source: Uint8Array): void {
  const folder = mkdtempSync(join(tmpdir(), 'relay-health-source-'));
  try {
    for (const [name, bytes] of Object.entries(unzipSync(source))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    for (const command of ['npm ci', 'npm run build-for-amo']) {
      execSync(command, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    }
    for (const build of BUILDS) {
      const [ours, theirs] = [ROOT, folder].map((root) =>
        sha256(zipOf(builtFiles(join(root, 'dist', build)))),
      );
      if (ours !== theirs) throw new Error(`${build}: built from the source package it has other bytes.`);
      console.log(`${build}: built from the source package it has the same bytes.`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sums: string[] = [];
try {
  const options = process.argv.slice(2);
  const unknown = options.filter((option) => option !== '--verify');
  if (unknown.length > 0) throw new Error(`There is no option ${unknown.join(' ')}. There is --verify.`);
  const { version } = JSON.parse(
    Buffer.from(builtFiles(join(ROOT, 'dist/chromium')).get('manifest.json')!).toString(),
  );
  const name = (of: string): string => `relay-health-for-openclaw-${version}-${of}.zip`;
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  for (const store of Object.keys(TARGETS) as (keyof typeof TARGETS)[]) save(name(store), packageOf(store));
  const source = zipOf(sourceFiles());
  save(name('source'), source);
  writeFileSync(join(OUT, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  const changed = uncommitted(ROOT);
  if (changed.length > 0) console.log(`Not a release: ${changed.length} files differ from the last commit.`);
  if (options.includes('--verify')) verify(source);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

/** The licences of everything by others that a build contains: read from the bundles, not from a list that ages. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

export const LICENCES_FILE = 'THIRD-PARTY-LICENSES.txt';

const MODULES = resolve(import.meta.dirname, '../../node_modules');

/** Code that the bundler itself writes into a bundle. */
const VIRTUAL = { 'vite/preload-helper': 'vite', 'rolldown/runtime': 'rolldown' } as const;

/** The package that a module comes from; `null` if it is ours. */
export function packageOf(id: string): string | null {
  const [, installed] = id.replaceAll('\\', '/').match(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//) ?? [];
  if (installed !== undefined) return installed;
  return Object.entries(VIRTUAL).find(([part]) => id.includes(part))?.[1] ?? null;
}

/** Name, version, source and licence of one installed package. Throws a sentence if its licence is not there. */
export function licenceOf(name: string): string {
  const folder = join(MODULES, name);
  const { version, license, repository, homepage } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const [file] = readdirSync(folder)
    .filter((name) => /^LICEN[SC]E(\.md|\.txt)?$/.test(name))
    .sort();
  if (file === undefined) throw new Error(`${name} comes without the text of its licence.`);
  const source = String(repository?.url ?? repository ?? homepage ?? '')
    .replace(/^git\+/, '')
    .replace(/\.git$/, '');
  // Vite's goes on with those of what it was built from, which no bundle of ours contains.
  const [text = ''] = readFileSync(join(folder, file), 'utf8')
    .replaceAll('\r\n', '\n')
    .split('\n# Licenses of bundled');
  return [`${name} ${version}`, `Licence: ${license}`, `Source: ${source}`, '', text.trim()].join('\n');
}

const HEAD =
  'Relay Health for OpenClaw (unofficial) contains code of these packages. Each is used as it was published, at the\n' +
  'version named here, bundled and partly left out where it is not called.\n';

/**
 * Writes {@link LICENCES_FILE} beside what is built. One instance serves all builds that share a folder: the last one
 * writes what all of them took.
 */
export function licences(): Plugin {
  const found = new Set<string>();
  return {
    name: 'licences',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      const ids = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      for (const name of ids.map(packageOf)) if (name !== null) found.add(name);
      const parts = [HEAD, ...[...found].sort().map(licenceOf)];
      if (dir !== undefined && existsSync(dir)) {
        writeFileSync(join(dir, LICENCES_FILE), `${parts.join(`\n${'-'.repeat(100)}\n\n`)}\n`);
      }
    },
  };
}

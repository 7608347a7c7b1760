/** OpenClaw itself, from npm: installed once per version into a cache folder that git ignores. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../process/run-command.ts';
import { keepFolder } from '../process/sweeper.mjs';

/** The gateway version that tests, benches and `npm start` run against unless they name another. */
export const OPENCLAW_VERSION = '2026.9.6';

const CACHE = resolve(dirname(fileURLToPath(import.meta.url)), '../../.cache/openclaw');
const INSTALL_LIMIT_MS = 10 * 60_000;

/** The folder of an installed version's `openclaw` package. It may not exist yet: see {@link installOpenClaw}. */
export const openclawPackage = (version = OPENCLAW_VERSION): string =>
  join(CACHE, version, 'node_modules/openclaw');

/** The script that is OpenClaw's command line. */
export const openclawEntry = (version = OPENCLAW_VERSION): string =>
  join(openclawPackage(version), 'openclaw.mjs');

/** The script of a relay that needs no gateway (2026.9). */
export const relayEntry = (version = OPENCLAW_VERSION): string =>
  join(openclawPackage(version), 'dist/extensions/browser/relay-daemon-entry.js');

export const isOpenClawInstalled = (version = OPENCLAW_VERSION): boolean =>
  existsSync(openclawEntry(version));

/** Node keeps compiled code here: a second off every start, shared by all gateways of one version. */
export const compileCache = (version = OPENCLAW_VERSION): string => join(CACHE, version, 'compile-cache');

/**
 * Installs one OpenClaw version from npm unless the cache has it, and returns its package folder.
 * It is kept out of the project's own dependency tree: 650 MB that no build needs.
 */
export async function installOpenClaw(
  version = OPENCLAW_VERSION,
  log: (line: string) => void = () => {},
): Promise<string> {
  if (isOpenClawInstalled(version)) return openclawPackage(version);
  log(`Installing openclaw@${version} into the cache (about 650 MB, once)`);
  // Installed beside the final place and renamed, so that an interrupted install never looks complete.
  await mkdir(CACHE, { recursive: true });
  const staging = await mkdtemp(join(CACHE, `${version}-incoming-`));
  const forget = keepFolder(staging);
  try {
    // Both overrides: a git dependency and a package that npm no longer has, in versions before 2026.4.
    const overrides = { libsignal: '6.0.0', linkedom: '0.18.12' };
    await writeFile(join(staging, 'package.json'), JSON.stringify({ private: true, overrides }));
    await runCommand(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['install', `openclaw@${version}`, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: staging, env: process.env, timeout: INSTALL_LIMIT_MS },
    );
    // Two workers may have installed it at once, and a gateway of the other's may run by now.
    if (!isOpenClawInstalled(version)) {
      await rm(join(CACHE, version), { recursive: true, force: true });
      await rename(staging, join(CACHE, version));
    }
  } finally {
    await rm(staging, { recursive: true, force: true });
    forget();
  }
  return openclawPackage(version);
}

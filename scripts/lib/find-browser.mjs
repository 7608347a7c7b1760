/**
 * Finds or gets a Chromium that loads unpacked extensions. Runs on any Node, without dependencies.
 * Google Chrome (137 and later) and Edge are never taken: they ignore `--load-extension`.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const INSTALL_LIMIT_MS = 5 * 60_000;

const PLAYWRIGHT_CACHE = {
  linux: join(homedir(), '.cache/ms-playwright'),
  darwin: join(homedir(), 'Library/Caches/ms-playwright'),
  win32: join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright'),
};
const MAC_CHROME = 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing';
const IN_PLAYWRIGHT_CACHE = {
  linux: ['chrome-linux64/chrome', 'chrome-linux/chrome'],
  darwin: [
    `chrome-mac-arm64/${MAC_CHROME}`,
    `chrome-mac-x64/${MAC_CHROME}`,
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['chrome-win64/chrome.exe', 'chrome-win/chrome.exe'],
};
const KNOWN_PATHS = {
  linux: [
    '/usr/lib/chromium/chromium',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
  ],
  darwin: ['/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [
    join(process.env.LOCALAPPDATA ?? '', 'Chromium/Application/chrome.exe'),
    join(process.env.PROGRAMFILES ?? '', 'Chromium/Application/chrome.exe'),
  ],
};

function isRunnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Browsers in Playwright's cache, newest first. */
function inPlaywrightCache(env) {
  const root = env.PLAYWRIGHT_BROWSERS_PATH ?? PLAYWRIGHT_CACHE[process.platform];
  if (!root || !existsSync(root)) return [];
  const revision = (folder) => Number(folder.slice('chromium-'.length));
  return readdirSync(root)
    .filter((folder) => /^chromium-\d+$/.test(folder))
    .sort((a, b) => revision(b) - revision(a))
    .flatMap((folder) =>
      (IN_PLAYWRIGHT_CACHE[process.platform] ?? []).map((tail) => join(root, folder, tail)),
    );
}

/**
 * The path of a usable Chromium, or undefined. Order: CHROMIUM_PATH, Playwright's cache, the usual places.
 * A CHROMIUM_PATH that cannot be run is an error: falling back silently would test another browser.
 */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (isRunnable(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw new Error(`CHROMIUM_PATH points to something that cannot be run: ${env.CHROMIUM_PATH}`);
  }
  return [...inPlaywrightCache(env), ...(KNOWN_PATHS[process.platform] ?? [])].find(isRunnable);
}

const isOnPath = (command) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => isRunnable(join(folder, command)));

/** The commands that may bring a browser, best first. */
function waysToInstall() {
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  const ways = [[npx, '--no-install', 'playwright', 'install', 'chromium']];
  if (process.platform === 'linux' && process.getuid?.() === 0 && isOnPath('apt-get'))
    ways.push(['apt-get', 'update'], ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium']);
  return ways;
}

/** Finds a Chromium or installs one; throws with the ways to get one by hand if neither works. */
export function ensureChromium({ log = console.error } = {}) {
  const found = findChromium();
  if (found) return found;
  for (const [command, ...args] of waysToInstall()) {
    log(`No Chromium yet: ${command} ${args.join(' ')}`);
    try {
      execFileSync(command, args, {
        stdio: ['ignore', 2, 2],
        timeout: INSTALL_LIMIT_MS,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        shell: process.platform === 'win32',
      });
    } catch (error) {
      log(`That did not work (${error.status ?? error.code}).`);
    }
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'There is no Chromium on this computer. Install one (npx playwright install chromium, or your ' +
      "system's package), or set CHROMIUM_PATH to its executable.",
  );
}

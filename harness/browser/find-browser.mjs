/**
 * Finds or gets the browsers that the tests drive: a Chromium that loads unpacked extensions, and a Firefox. Runs on
 * any Node, without dependencies. Google Chrome (137 and later) and Edge are never taken: they ignore
 * `--load-extension`.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const INSTALL_LIMIT_MS = 5 * 60_000;
/** A browser tells its version at once, and later where it is read from a slow disk for the first time. */
const VERSION_LIMIT_MS = 60_000;

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

const known = new Set();

/**
 * Whether a browser is there and starts: without the libraries that it needs one does not. Not tried on Windows, where it
 * would open instead of telling its version.
 */
function starts(path) {
  if (known.has(path)) return true;
  if (!isRunnable(path)) return false;
  try {
    if (process.platform !== 'win32')
      execFileSync(path, ['--version'], { stdio: 'ignore', timeout: VERSION_LIMIT_MS });
  } catch {
    return false;
  }
  known.add(path);
  return true;
}

/** The browser that a variable of the environment names, if it does. */
function named(variable, env) {
  const path = env[variable];
  if (!path || starts(path)) return path || undefined;
  throw new Error(`${variable} points to something that cannot be run: ${path}`);
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
 * The path of a Chromium that starts, or undefined. Order: CHROMIUM_PATH, Playwright's cache, the usual places.
 * A CHROMIUM_PATH that cannot be run is an error: falling back silently would test another browser.
 */
export function findChromium(env = process.env) {
  return (
    named('CHROMIUM_PATH', env) ??
    [...inPlaywrightCache(env), ...(KNOWN_PATHS[process.platform] ?? [])].find(starts)
  );
}

/** Where Firefox is, editions that keep an unsigned add-on first. Never a snap: it sees no profile of ours. */
const FIREFOX_PATHS = {
  linux: ['firefox-esr/firefox-esr', 'firefox/firefox'].flatMap((tail) =>
    ['/usr/lib', '/usr/lib64', '/opt'].map((folder) => join(folder, tail)),
  ),
  darwin: ['Firefox Developer Edition', 'Firefox'].map(
    (app) => `/Applications/${app}.app/Contents/MacOS/firefox`,
  ),
  win32: ['Firefox Developer Edition', 'Mozilla Firefox'].map((folder) =>
    join(process.env.PROGRAMFILES ?? '', folder, 'firefox.exe'),
  ),
};

/** The path of a Firefox that starts, or undefined. FIREFOX_PATH comes first; one that cannot be run is an error. */
export function findFirefox(env = process.env) {
  return named('FIREFOX_PATH', env) ?? (FIREFOX_PATHS[process.platform] ?? []).find(starts);
}

const isOnPath = (command) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => isRunnable(join(folder, command)));

/** Whether this is a Debian, and its packages are ours to install. */
const hasApt = () => process.platform === 'linux' && process.getuid?.() === 0 && isOnPath('apt-get');

/** The commands by which Debian gets a package. */
const byApt = (name) =>
  hasApt()
    ? [
        ['apt-get', 'update'],
        ['apt-get', 'install', '-y', '--no-install-recommends', name],
      ]
    : [];

/** Runs one command after the other until the browser is found. */
function install(name, find, ways, log) {
  for (const [command, ...args] of ways) {
    log(`No ${name} yet: ${command} ${args.join(' ')}`);
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
    const installed = find();
    if (installed) return installed;
  }
  return undefined;
}

/** Finds a Chromium or installs one; throws with the ways to get one by hand if neither works. */
export function ensureChromium({ log = console.error } = {}) {
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  // Debian's brings the libraries that it needs; Playwright's has to be told to.
  const itsLibraries = hasApt() ? ['--with-deps'] : [];
  const playwright = [npx, '--no-install', 'playwright', 'install', ...itsLibraries, 'chromium'];
  const found = findChromium() ?? install('Chromium', findChromium, [...byApt('chromium'), playwright], log);
  if (found) return found;
  throw new Error(
    'There is no Chromium on this computer. Install one (npx playwright install chromium, or your ' +
      "system's package), or set CHROMIUM_PATH to its executable.",
  );
}

/** Finds a Firefox or installs one; undefined if neither works, since only the tests in Firefox need it. */
export function ensureFirefox({ log = console.error } = {}) {
  return findFirefox() ?? install('Firefox', findFirefox, byApt('firefox-esr'), log);
}

/**
 * A real Firefox with the built add-on, driven over BiDi. Nothing that happens in it leaves the machine, and nothing
 * of it stays there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FIREFOX_ID } from '../../scripts/lib/firefox-manifest.mjs';
import { findFirefox } from '../browser/find-browser.mjs';
import { keepFolder, keepGroup } from '../process/sweeper.mjs';
import { within } from '../process/wait.ts';
import { BiDi } from './bidi.ts';
import { FirefoxBrowser } from './firefox-browser.ts';

export type { FirefoxBrowser } from './firefox-browser.ts';

export interface FirefoxOptions {
  /** Folder of the unpacked build for Firefox. */
  extensionPath: string;
  /** A profile to use and to leave in place, so that a browser can be closed and started again. */
  profileDir?: string;
  /** More of `about:config`. */
  prefs?: Record<string, string | number | boolean>;
}

/** A first start on a busy machine. */
const START_LIMIT_MS = 60_000;
const CLOSE_LIMIT_MS = 5_000;

const PREFS = {
  'app.update.disabledForTesting': true,
  'app.normandy.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'intl.locale.requested': 'en-US',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.startup.max_resumed_crashes': -1,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  // Only editions for developers and for companies heed it: the others keep nothing that Mozilla has not signed.
  'xpinstall.signatures.required': false,
  // Whatever is not loopback goes to a proxy that nobody runs.
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': 'localhost, 127.0.0.1, ::1',
};

/** The address that BiDi is spoken at, which Firefox prints. */
function bidiUrl(firefox: ChildProcess): Promise<string> {
  const said: string[] = [];
  const found = new Promise<string>((done, failed) => {
    createInterface({ input: firefox.stderr! }).on('line', (line) => {
      said.push(line);
      const [, url] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
      if (url) done(url);
    });
    firefox.once('error', failed);
    firefox.once('exit', (code) => failed(new Error(`Firefox ended with ${code}:\n${said.join('\n')}`)));
  });
  return within(START_LIMIT_MS, 'the start of Firefox', found);
}

/** Ends Firefox, if need be by force. `null`: it was never spoken to. */
async function end(firefox: ChildProcess, bidi: BiDi | null): Promise<void> {
  const gone = new Promise((done) => firefox.once('exit', done));
  await bidi?.send('browser.close').catch(() => {});
  bidi?.close();
  if (firefox.exitCode !== null || firefox.signalCode !== null) return;
  if (bidi === null) firefox.kill();
  await within(CLOSE_LIMIT_MS, 'the end of Firefox', gone).catch(() => firefox.kill('SIGKILL'));
}

/** Starts Firefox with the add-on and resolves when that runs. Installs it unless the profile has it already. */
export async function launchFirefox(options: FirefoxOptions): Promise<FirefoxBrowser> {
  const executable = findFirefox();
  if (!executable) throw new Error('There is no Firefox here. Run: npm run setup');
  const profileDir = options.profileDir ?? (await mkdtemp(join(tmpdir(), 'relay-health-firefox-')));
  const forgetProfile = options.profileDir ? () => {} : keepFolder(profileDir);
  const isFresh = !existsSync(join(profileDir, `extensions/${FIREFOX_ID}.xpi`));
  const lines = Object.entries({ ...PREFS, ...options.prefs }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profileDir, 'user.js'), lines.join('\n'));
  const firefox = spawn(
    executable,
    [
      ...(process.env.HEADED ? [] : ['--headless']),
      '--no-remote',
      '--profile',
      profileDir,
      '--remote-debugging-port=0',
      // The event page and the toolbar belong to the browser itself.
      '--remote-allow-system-access',
      'about:blank',
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
      // It writes to the user's cache and home folders, too.
      env: { ...process.env, HOME: profileDir, XDG_CACHE_HOME: profileDir, MOZ_CRASHREPORTER_DISABLE: '1' },
    },
  );
  const forgetProcess = firefox.pid === undefined ? () => {} : keepGroup(firefox.pid);
  let bidi: BiDi | null = null;
  const tidy = async (): Promise<void> => {
    await end(firefox, bidi);
    forgetProcess();
    if (options.profileDir) return;
    await rm(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    forgetProfile();
  };
  try {
    bidi = await BiDi.connect(await bidiUrl(firefox));
    const browser = new FirefoxBrowser(bidi, profileDir, tidy);
    await browser.begin(isFresh ? options.extensionPath : null);
    return browser;
  } catch (error) {
    await tidy();
    throw error;
  }
}

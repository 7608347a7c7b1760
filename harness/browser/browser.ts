/**
 * A real Chromium with the built extension, for the end-to-end tests, `npm start` and the benches.
 * Nothing that happens in it leaves the machine.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { runCommand } from '../process/run-command.ts';
import { keepFolder, keepGroup } from '../process/sweeper.mjs';
import { englishEnvironment, IN_ENGLISH } from './english.ts';
import { ExtensionBrowser } from './extension-browser.ts';
import { extensionId } from './extension-id.ts';
import { findChromium } from './find-browser.mjs';

export type { Badge } from './badge.ts';
export type { ExtensionBrowser } from './extension-browser.ts';

export interface LaunchOptions {
  /** Folder of the unpacked build. */
  extensionPath: string;
  /** More unpacked extensions to load beside it. */
  extraExtensions?: string[];
  /** Default: true, unless the environment has HEADED. */
  headless?: boolean;
  /** A profile to use and to leave in place, so that a browser can be closed and started again. */
  profileDir?: string;
  /** Host names that may be reached besides loopback. */
  reachableHosts?: string[];
  /** Leave the tab open that greets a new user. Default: false. */
  isGreeted?: boolean;
  /** Names that this browser takes for loopback: what a gateway on another computer looks like. */
  loopbackNames?: string[];
  /** Names with a port, such as `box.lan:443` or `127.0.0.1:18789`, and the port of loopback that each leads to. */
  mapped?: Readonly<Record<string, number>>;
  /** The certificate of an authority that this browser trusts, in PEM. */
  trusts?: string;
  /** Physical pixels for each CSS pixel. Default: as the display has them. */
  scale?: number;
  /** More of its command line. */
  more?: readonly string[];
}

/** Settings of a fresh profile: unpacked extensions allowed, our icon on the toolbar. */
async function seedProfile(profileDir: string, id: string): Promise<{ isFresh: boolean }> {
  const file = join(profileDir, 'Default/Preferences');
  if (existsSync(file)) return { isFresh: false };
  await mkdir(join(profileDir, 'Default'), { recursive: true });
  const extensions = { ui: { developer_mode: true }, pinned_extensions: [id] };
  await writeFile(file, JSON.stringify({ extensions }));
  return { isFresh: true };
}

/** What every browser here is started with, besides Playwright's own switches. */
export function switches({
  extensionPath,
  extraExtensions = [],
  reachableHosts = [],
  loopbackNames = [],
  mapped = {},
  scale,
  more = [],
}: LaunchOptions): string[] {
  const extensions = [extensionPath, ...extraExtensions].join(',');
  const reachable = ['127.0.0.1', 'localhost', '[::1]', ...reachableHosts];
  // What is excluded is mapped by no rule.
  const isMapped = (host: string): boolean => Object.keys(mapped).some((name) => name.startsWith(`${host}:`));
  const rules = [
    ...Object.entries(mapped).map(([name, port]) => `MAP ${name} 127.0.0.1:${port}`),
    ...loopbackNames.map((name) => `MAP ${name} 127.0.0.1`),
    ...reachable.map((host) => (isMapped(host) ? `MAP ${host} ${host}` : `EXCLUDE ${host}`)),
    'MAP * ~NOTFOUND',
  ];
  return [
    `--disable-extensions-except=${extensions}`,
    `--load-extension=${extensions}`,
    '--test-type',
    IN_ENGLISH,
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    ...(scale === undefined ? [] : [`--force-device-scale-factor=${scale}`]),
    `--host-resolver-rules=${rules.join(', ')}`,
    // Chromium refuses to run its sandbox as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...more,
  ];
}

const CERTUTIL = '/usr/bin/certutil';

/** Whether a browser can be given an authority here: see `LaunchOptions.trusts`. */
export const canTrust = (): boolean => existsSync(CERTUTIL);

/** A home in which an authority is installed, as Chromium on Linux reads it. Needs Debian's libnss3-tools. */
async function homeThatTrusts(profileDir: string, authority: string): Promise<string> {
  const home = join(profileDir, 'home');
  const store = join(home, '.pki/nssdb');
  const file = join(home, 'authority.pem');
  await mkdir(store, { recursive: true });
  await writeFile(file, authority);
  const database = ['-d', `sql:${store}`];
  const options = { cwd: home, env: process.env, timeout: 60_000 };
  await runCommand(CERTUTIL, [...database, '-N', '--empty-password'], options);
  await runCommand(CERTUTIL, [...database, '-A', '-n', 'own authority', '-t', 'C,,', '-i', file], options);
  return home;
}

/** Starts a browser with the extension and resolves when its service worker runs. */
export async function launchExtension(options: LaunchOptions): Promise<ExtensionBrowser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium here yet. Run: npm run setup');
  const id = extensionId(options.extensionPath);
  const profileDir = options.profileDir ?? (await mkdtemp(join(tmpdir(), 'relay-health-browser-')));
  const forgetProfile = options.profileDir ? () => {} : keepFolder(profileDir);
  const { isFresh } = await seedProfile(profileDir, id);
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath,
    headless: options.headless ?? !process.env.HEADED,
    viewport: null,
    env: {
      ...englishEnvironment(),
      ...(options.trusts !== undefined && { HOME: await homeThatTrusts(profileDir, options.trusts) }),
    },
    // The port (0: any free one) is for the second connection, which sees the popup.
    args: [...switches(options), '--remote-debugging-port=0'],
    // Whoever launches it closes it: Playwright's own handlers would end this process at once.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const root = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = await root.send('SystemInfo.getProcessInfo');
  const browserProcess = processInfo.find(({ type }) => type === 'browser');
  const forgetProcess = browserProcess ? keepGroup(browserProcess.id) : () => {};
  const tidy = async (): Promise<void> => {
    forgetProcess();
    if (options.profileDir) return;
    await rm(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    forgetProfile();
  };
  const { extensionPath, isGreeted = false } = options;
  const greets = isFresh && !isGreeted && existsSync(join(extensionPath, 'src/pages/welcome/index.html'));
  const browser = new ExtensionBrowser(context, root, extensionPath, profileDir, greets, tidy);
  try {
    await browser.begin();
  } catch (error) {
    await browser.close();
    throw error;
  }
  return browser;
}

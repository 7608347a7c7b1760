/** The main job once more, in Firefox: another background, another origin in every profile, the same files. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFirefox } from '../../harness/browser/find-browser.mjs';
import { permittedBuild } from '../../harness/browser/permitted-build.ts';
import { type FirefoxBrowser, type FirefoxOptions, launchFirefox } from '../../harness/firefox/firefox.ts';
import type { FirefoxPage } from '../../harness/firefox/firefox-page.ts';
import type { Connect, Gateway } from '../../harness/gateway/openclaw.ts';
import { ownDeviceId } from '../../harness/observe.ts';
import { FIREFOX_BUILD } from '../../harness/process/build.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import { startHttpServer } from '../../harness/servers/strange-server.ts';
import { bringAlarmsForward } from './alarms.ts';
import {
  approve,
  test as base,
  expect,
  LONG,
  pair,
  remedyCommand,
  runRemedy,
  status,
  waitForStatus,
} from './fixtures.ts';
import { reaches } from './reaches.ts';

const PAGES = ['doctor', 'history', 'options', 'others', 'welcome'] as const;

const test = base.extend<{
  launchFox: (options?: Partial<FirefoxOptions>) => Promise<FirefoxBrowser>;
  fox: FirefoxBrowser;
}>({
  /** Starts Firefox; every one of a test has the same profile. Fails the test on any error that they report. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright insists on a destructured first parameter.
  launchFox: async ({}, use) => {
    const profileDir = await mkdtemp(join(tmpdir(), 'relay-health-firefox-'));
    const forget = keepFolder(profileDir);
    const launched: FirefoxBrowser[] = [];
    await use(async (options = {}) => {
      const fox = await launchFirefox({ extensionPath: FIREFOX_BUILD, profileDir, ...options });
      launched.push(fox);
      return fox;
    });
    for (const fox of launched) await fox.close();
    await rm(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    forget();
    expect(launched.flatMap(({ errors }) => errors)).toEqual([]);
  },

  fox: async ({ launchFox }, use) => {
    await use(await launchFox());
  },
});

test.skip(!findFirefox(), 'there is no Firefox here');

/** Our connects that the gateway has seen. The accepted ones name no origin; nobody else has this client id. */
async function connects(gateway: Gateway, fox: FirefoxBrowser): Promise<Connect[]> {
  await gateway.logIsWhole();
  return gateway
    .connects()
    .filter(({ origin, clientId }) => (origin ? origin === fox.origin : clientId === 'gateway-client'));
}

/** Paired with the gateway secret, which is remembered; the gateway's owner has listed our origin before. */
async function paired(fox: FirefoxBrowser, gateway: Gateway): Promise<FirefoxPage> {
  await gateway.configure((config) => {
    config.gateway.controlUi = { allowedOrigins: [fox.origin] };
  });
  const page = await fox.openPopupInTab();
  await pair(page, `http://127.0.0.1:${gateway.port}/#token=${gateway.token}`);
  await waitForStatus(page, 'approval');
  await approve(page, gateway);
  await waitForStatus(page, 'healthy');
  return page;
}

test(
  'the card has the command for this very origin; with it and an approval we are in',
  LONG,
  async ({ fox, gateway }) => {
    const page = await fox.openPopupInTab();
    await waitForStatus(page, 'not-set-up');
    await pair(page, await gateway.setupCode());
    expect(await waitForStatus(page, 'needs-you')).toEqual({
      status: 'needs-you',
      cause: 'origin-not-allowed',
    });
    expect(fox.origin).toMatch(/^moz-extension:\/\/[0-9a-f-]{36}$/);
    expect(await remedyCommand(page)).toMatch(new RegExp(` ${fox.origin}$`));
    await runRemedy(page, gateway);
    await waitForStatus(page, 'approval');
    await approve(page, gateway);
    await waitForStatus(page, 'healthy');
    await expect.poll(async () => (await fox.badge()).title).toMatch(/connected/i);

    for (const name of PAGES) {
      const tab = await fox.open(`src/pages/${name}/index.html`);
      expect(await tab.locator('h1').innerText()).not.toBe('');
      await tab.close();
    }
    // The popup itself, as it hangs from the toolbar.
    const shown = () =>
      fox.evaluate(() => {
        const [popup] = (globalThis as any).browser.extension.getViews({ type: 'popup' });
        const root: HTMLElement | undefined = popup?.document.documentElement;
        return root && { status: root.dataset.status, isWide: root.scrollWidth > popup.innerWidth };
      }, null);
    await fox.evaluate(() => (globalThis as any).browser.action.openPopup(), null);
    await expect.poll(shown).toEqual({ status: 'healthy', isWide: false });
  },
);

test(
  'an event page that was suspended, and a browser that was restarted: the same device',
  LONG,
  async ({ launchFox, gateway }) => {
    const fox = await launchFox();
    const page = await paired(fox, gateway);
    const device = await ownDeviceId(fox);
    const before = (await connects(gateway, fox)).length;
    const since = async () => (await connects(gateway, fox)).slice(before).map(({ auth }) => auth);
    // With a page open: its port wakes the event page.
    await fox.stopWorker();
    await expect.poll(since).toEqual(['device-token']);
    await waitForStatus(page, 'healthy');
    // Without any page: the alarm does.
    await page.close();
    await fox.stopWorker();
    expect(await fox.workerRunning()).toBe(false);
    await bringAlarmsForward(fox);
    await expect.poll(since).toEqual(['device-token', 'device-token']);

    test.skip(!fox.keepsAddons, 'this edition of Firefox keeps only what Mozilla has signed');
    await fox.close();
    const again = await launchFox();
    expect(again.origin).toBe(fox.origin);
    await expect.poll(since).toEqual(['device-token', 'device-token', 'device-token']);
    await waitForStatus(await again.openPopupInTab(), 'healthy');
    expect(await ownDeviceId(again)).toBe(device);
  },
);

test(
  'a gateway that restarts, and a device token that went stale: back without a click',
  LONG,
  async ({ fox, gateway }) => {
    const page = await paired(fox, gateway);
    const device = await ownDeviceId(fox);
    const before = (await connects(gateway, fox)).length;
    await gateway.stop('SIGKILL');
    await expect.poll(async () => (await status(page)).status).not.toBe('healthy');
    await gateway.start();
    await waitForStatus(page, 'healthy');

    await gateway.rotate(device);
    await waitForStatus(page, 'healed');
    expect((await fox.badge()).text).toBe('');
    const judged = (await connects(gateway, fox))
      .slice(before)
      .filter(({ cause }) => cause !== 'startup-sidecars-pending');
    expect(judged.map(({ auth, authReason }) => auth ?? authReason)).toEqual([
      'device-token',
      'device_token_mismatch',
      'token',
    ]);
    expect(await ownDeviceId(fox)).toBe(device);
  },
);

test('HTTPS-Only mode, which turns our addresses into others, has its name', LONG, async ({ launchFox }) => {
  const plain = await startHttpServer({ status: 200, body: '<!doctype html><title>Hello</title>' });
  try {
    const fox = await launchFox({
      extensionPath: await permittedBuild(FIREFOX_BUILD),
      prefs: {
        'dom.security.https_only_mode': true,
        // A name of the home network, which leads here without a name server.
        'network.dns.localDomains': 'box.lan',
        'network.proxy.no_proxies_on': 'localhost, 127.0.0.1, ::1, .lan',
      },
    });
    const page = await fox.openPopupInTab();
    await pair(page, `ws://box.lan:${plain.port}#a-secret-that-nobody-hears`);
    await waitForStatus(page, 'reconnecting');
    const doctor = await fox.open('src/pages/doctor/index.html');
    const verdict = () =>
      doctor.evaluate(() => document.querySelector<HTMLElement>('[data-testid=verdict]')?.dataset.diagnosis);
    await expect.poll(verdict).toBe('https-only');
  } finally {
    await plain.close();
  }
});

test(
  'a browser that keeps pages from the local network keeps nothing of ours from it',
  LONG,
  async ({ launchFox, gateway }) => {
    // This server’s pages count as the internet’s.
    const internet = await startHttpServer({ status: 200, body: '<!doctype html><title>Hello</title>' });
    try {
      const fox = await launchFox({
        prefs: {
          'network.lna.enabled': true,
          'network.lna.blocking': true,
          'network.lna.websocket.enabled': true,
          'network.lna.address_space.public.override': `127.0.0.1:${internet.port}`,
          // Nobody here answers the question that the browser would ask.
          'permissions.default.loopback-network': 2,
          'permissions.default.local-network': 2,
        },
      });
      const page = await fox.visit(`http://127.0.0.1:${internet.port}/`);
      // If this browser held nothing back, the rest would tell nothing.
      expect(await page.evaluate(reaches, gateway.port)).toEqual({ http: false, socket: false });
      await paired(fox, gateway);
      const doctor = await fox.open('src/pages/doctor/index.html');
      await doctor.waitForFunction(() => document.documentElement.dataset.run === 'done', null);
      const listens = () =>
        doctor.evaluate(() => document.querySelector<HTMLElement>('[data-check=NET-LISTEN]')?.dataset.result);
      await expect.poll(listens).toBe('pass');
    } finally {
      await internet.close();
    }
  },
);

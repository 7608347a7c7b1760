/** What stands on the way: passed by its user, and held back by the browser itself. */
import { permittedBuild } from '../../harness/browser/permitted-build.ts';
import { startLoginProxy } from '../../harness/servers/login-proxy.ts';
import { createAuthority } from '../../harness/servers/self-signed.ts';
import { startHttpServer } from '../../harness/servers/strange-server.ts';
import { startTlsProxy } from '../../harness/servers/tls-proxy.ts';
import { expect, LONG, pair, pairAndApprove, status, test, waitForStatus } from './fixtures.ts';
import { reaches } from './reaches.ts';

test('a browser that keeps pages from the local network keeps nothing of ours from it', async ({
  launch,
  gateway,
}) => {
  // This server’s pages count as the internet’s, and the gateway as one of the local network.
  const internet = await startHttpServer({ status: 200, body: '<!doctype html><title>Hello</title>' });
  try {
    const spaces = `127.0.0.1:${internet.port}=public,127.0.0.1:${gateway.port}=local`;
    const ext = await launch({ more: [`--ip-address-space-overrides=${spaces}`] });
    const page = await ext.context.newPage();
    await page.goto(`http://127.0.0.1:${internet.port}/`);
    // If this browser held nothing back, the rest would tell nothing.
    expect(await page.evaluate(reaches, gateway.port)).toEqual({ http: false, socket: false });
    await pairAndApprove(ext, gateway);
    const doctor = await ext.open('src/pages/doctor/index.html');
    await expect(doctor.locator('[data-check=NET-LISTEN]')).toHaveAttribute('data-result', 'pass');
  } finally {
    await internet.close();
  }
});

test(
  '[R25] signed in in the tab that the card opened: back without another click',
  LONG,
  async ({ launch, gateway }) => {
    const ext = await launch({ extensionPath: await permittedBuild() });
    const login = await startLoginProxy(gateway.port);
    try {
      const page = await ext.openPopupInTab();
      await pair(page, `${login.url}#${gateway.token}`);
      await waitForStatus(page, 'reconnecting');
      const doctor = await ext.open('src/pages/doctor/index.html');
      await expect(doctor.getByTestId('verdict')).toHaveAttribute('data-diagnosis', 'login-page-in-front');
      // What was proved there is said on the card, too.
      await page.reload();
      const link = page.getByTestId('open-page');
      const opening = ext.context.waitForEvent('page');
      await link.click();
      const tab = await opening;
      await tab.getByRole('button', { name: 'Sign in' }).click();
      await expect(tab).toHaveTitle('Welcome');
      await waitForStatus(page, 'approval');
    } finally {
      await login.close();
    }
  },
);

// Should this fail one day, the card may offer it again: open the page, accept there, and be back.
test(
  'a certificate that is accepted in a tab stays untrusted for the worker, so it is not what the card advises',
  LONG,
  async ({ launch, gateway }) => {
    const ext = await launch({ extensionPath: await permittedBuild() });
    const certified = createAuthority().issue({ name: 'localhost', names: ['127.0.0.1'] });
    const encrypted = await startTlsProxy(gateway.port, certified);
    try {
      const page = await ext.openPopupInTab();
      await pair(page, `${encrypted.url}#${gateway.token}`);
      await waitForStatus(page, 'reconnecting');
      const doctor = await ext.open('src/pages/doctor/index.html');
      await expect(doctor.getByTestId('verdict')).toHaveAttribute(
        'data-diagnosis',
        'certificate-not-trusted',
      );
      await expect(doctor.locator('[data-step=port]')).toHaveAttribute('data-result', 'pass');
      await expect(doctor.locator('[data-step=tls]')).toHaveAttribute('data-result', 'fail');
      await expect(doctor.getByTestId('open-page')).toHaveCount(0);
      const tab = await ext.context.newPage();
      await tab.goto(encrypted.url.replace('wss:', 'https:')).catch(() => {});
      await tab.locator('.interstitial-wrapper').waitFor();
      // Chromium's own way to accept it without its two buttons, which may be hidden by a policy.
      await tab.keyboard.type('thisisunsafe');
      await expect(tab).toHaveTitle(/OpenClaw/);
      const since = encrypted.rebuffed;
      await expect.poll(() => encrypted.rebuffed).toBeGreaterThan(since + 3);
      expect((await status(page)).cause).toBe('gateway-unreachable');
    } finally {
      await encrypted.close();
    }
  },
);

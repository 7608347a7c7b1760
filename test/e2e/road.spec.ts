/** What stands on the way: passed by its user, and held back by the browser itself. */
import { permittedBuild } from '../../harness/browser/permitted-build.ts';
import { startLoginProxy } from '../../harness/servers/login-proxy.ts';
import { startHttpServer } from '../../harness/servers/strange-server.ts';
import { expect, LONG, pair, pairAndApprove, test, waitForStatus } from './fixtures.ts';

/** Whether a page may reach a gateway by HTTP, and by a WebSocket. */
async function reaches(port: number): Promise<{ http: boolean; socket: boolean }> {
  const http = await fetch(`http://127.0.0.1:${port}/`, { mode: 'no-cors' }).then(
    () => true,
    () => false,
  );
  const socket = await new Promise<boolean>((done) => {
    const opening = new WebSocket(`ws://127.0.0.1:${port}`);
    opening.onopen = () => done(true);
    opening.onerror = () => done(false);
  });
  return { http, socket };
}

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

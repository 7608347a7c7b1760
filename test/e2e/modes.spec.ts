/** How a gateway authenticates is its owner's choice; we connect with what it wants, or say what is missing. */

import { connectsSoFar, judgedSince } from '../../harness/observe.ts';
import { startIdentityProxy } from '../../harness/servers/identity-proxy.ts';
import { approve, expect, LONG, pair, test, waitForStatus } from './fixtures.ts';

test('a password instead of a token', LONG, async ({ ext, makeGateway }) => {
  const password = 'correct horse battery';
  const gateway = await makeGateway({ auth: { mode: 'password', password } });
  const since = await connectsSoFar(gateway);
  const page = await ext.openPopupInTab();
  await pair(page, gateway.url, { secret: 'wrong horse battery' });
  expect(await waitForStatus(page, 'needs-you')).toEqual({
    status: 'needs-you',
    cause: 'gateway-password-mismatch',
  });
  expect(await judgedSince(gateway, since)).toHaveLength(1);

  await pair(page, gateway.url, { secret: password });
  await waitForStatus(page, 'approval');
  await approve(page, gateway);
  await waitForStatus(page, 'healthy');
  await gateway.stop('SIGKILL');
  await gateway.start();
  await expect.poll(async () => (await judgedSince(gateway, since)).at(-1)?.auth).toBe('device-token');
});

test(
  'no authentication at all: the user says so, and is asked for an approval only',
  LONG,
  async ({ ext, makeGateway }) => {
    // Not awaited to admit anyone: the probe has no device, and this mode lets nobody else in.
    const gateway = await makeGateway({ auth: { mode: 'none' }, started: false });
    await gateway.start();
    const page = await ext.openPopupInTab();
    await page.getByTestId('pairing-link').fill(gateway.url);
    await page.getByTestId('without-secret').click();
    await waitForStatus(page, 'approval');
    await approve(page, gateway);
    await waitForStatus(page, 'healthy');
    const since = await connectsSoFar(gateway);
    await ext.stopWorker();
    // The page stays as it is meanwhile: only the gateway can tell of it.
    await expect.poll(async () => (await judgedSince(gateway, since)).at(-1)?.accepted).toBe(true);
    await waitForStatus(page, 'healthy');
  },
);

test(
  'a gateway that does want a secret says so after one harmless question',
  LONG,
  async ({ ext, gateway }) => {
    const page = await ext.openPopupInTab();
    await page.getByTestId('pairing-link').fill(gateway.url);
    await page.getByTestId('without-secret').click();
    expect(await waitForStatus(page, 'needs-you')).toEqual({
      status: 'needs-you',
      cause: 'gateway-secret-missing',
    });
    await pair(page, gateway.token);
    await waitForStatus(page, 'approval');
  },
);

test(
  'a proxy that signs its users in: through it an approval is all it takes, beside it the card says so',
  LONG,
  async ({ ext, makeGateway }) => {
    // `ready` would ask without the proxy, which is what this gateway refuses.
    const gateway = await makeGateway({
      auth: { mode: 'trusted-proxy', trustedProxy: { userHeader: 'x-user', allowLoopback: true } },
      started: false,
    });
    await gateway.configure((config) => {
      config.gateway.trustedProxies = ['127.0.0.1'];
    });
    await gateway.start();
    const proxy = await startIdentityProxy(gateway.port, 'x-user', 'anna@example.com');
    try {
      const page = await ext.openPopupInTab();
      await page.getByTestId('pairing-link').fill(gateway.url);
      await page.getByTestId('without-secret').click();
      expect(await waitForStatus(page, 'needs-you')).toEqual({
        status: 'needs-you',
        cause: 'proxy-user-missing',
      });
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('button', { name: 'Add another gateway' }).click();
      await page.getByTestId('pairing-link').fill(proxy.url);
      await page.getByTestId('without-secret').click();
      expect(await waitForStatus(page, 'approval')).toEqual({ status: 'approval', cause: 'not-paired' });
    } finally {
      await proxy.close();
    }
  },
);

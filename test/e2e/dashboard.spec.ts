/** Approved in the browser: the gateway's own page, signed in beside us, and the click on its own button. */
import { approveButton, signIn } from '../../harness/browser/control-ui.ts';
import { connectsSince, connectsSoFar, ownDeviceId, requestsOf } from '../../harness/observe.ts';
import { startRemoteProxy } from '../../harness/servers/remote-proxy.ts';
import { expect, LAB, pair, remedyCommand, test, waitForStatus } from './fixtures.ts';

const took = (sinceMs: number): void => {
  const description = `${Date.now() - sinceMs} ms`;
  test.info().annotations.push({ type: 'from the click on Approve to connected', description });
  console.log(`${test.info().title}: ${description}`);
};

test('Open dashboard, Approve there, connected: no terminal', async ({ ext, gateway }) => {
  await signIn(ext.context, gateway);
  const page = await ext.openPopupInTab();
  await pair(page, await gateway.setupCode());
  await waitForStatus(page, 'approval');
  const command = await remedyCommand(page);
  const link = page.getByTestId('open-dashboard');
  await expect(link).toHaveAttribute('href', `http://127.0.0.1:${gateway.port}/nodes`);
  const since = await connectsSoFar(gateway);

  const opening = ext.context.waitForEvent('page');
  await link.click();
  const dashboard = await opening;
  await expect(dashboard).toHaveURL(`http://127.0.0.1:${gateway.port}/nodes`);
  await approveButton(dashboard).waitFor();
  // It came to the front, which was worth a look, and the request is the same.
  await expect.poll(async () => (await connectsSince(gateway, since)).length).toBeGreaterThanOrEqual(1);
  expect(await remedyCommand(page)).toBe(command);
  expect(await requestsOf(gateway, await ownDeviceId(ext))).toEqual([command.split(' ').at(-1)]);

  await approveButton(dashboard).click();
  const clickedAt = Date.now();
  await waitForStatus(page, 'healthy');
  took(clickedAt);
});

/** How each comes to ask for an approval: through a proxy, once every extension is admitted, and by itself. */
const EARLIER = [
  { version: '2026.2.21', isThroughProxy: true, admits: null },
  { version: '2026.5.28', isThroughProxy: false, admits: '*' },
  { version: '2026.8.1', isThroughProxy: false, admits: null },
] as const;

for (const { version, isThroughProxy, admits } of EARLIER) {
  test(`${version}: Open dashboard, Approve there, connected`, LAB, async ({ ext, makeGateway }) => {
    const gateway = await makeGateway({ version, started: false });
    await gateway.configure((config) => {
      if (admits) config.gateway.controlUi = { allowedOrigins: [admits] };
    });
    await gateway.start();
    await gateway.ready({ limitMs: 180_000 });
    const proxy = isThroughProxy ? await startRemoteProxy(gateway.port) : null;
    try {
      const url = proxy?.url ?? gateway.url;
      const origin = url.replace('ws:', 'http:');
      await signIn(ext.context, gateway, origin);
      const page = await ext.openPopupInTab();
      await pair(page, `${url}#${gateway.token}`);
      await waitForStatus(page, 'approval');
      const command = await remedyCommand(page);
      const opening = ext.context.waitForEvent('page');
      await page.getByTestId('open-dashboard').click();
      const dashboard = await opening;
      await expect(dashboard).toHaveURL(`${origin}/nodes`);
      await approveButton(dashboard).waitFor();
      expect(await remedyCommand(page)).toBe(command);
      await approveButton(dashboard).click();
      const clickedAt = Date.now();
      await waitForStatus(page, 'healthy');
      took(clickedAt);
    } finally {
      await proxy?.close();
    }
  });
}

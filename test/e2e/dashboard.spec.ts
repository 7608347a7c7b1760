/** Approved in the browser: the gateway's own page, signed in beside us, and the click on its own button. */
import { approveButton, signIn } from '../../harness/browser/control-ui.ts';
import { connectsSince, ownDeviceId, requestsOf } from '../../harness/observe.ts';
import { expect, pair, remedyCommand, test, waitForStatus } from './fixtures.ts';

test('Open dashboard, Approve there, connected: no terminal', async ({ ext, gateway }) => {
  await signIn(ext.context, gateway);
  const page = await ext.openPopupInTab();
  await pair(page, await gateway.setupCode());
  await waitForStatus(page, 'approval');
  const command = await remedyCommand(page);
  const link = page.getByTestId('open-dashboard');
  await expect(link).toHaveAttribute('href', `http://127.0.0.1:${gateway.port}/nodes`);
  const since = gateway.connects().length;

  const opening = ext.context.waitForEvent('page');
  await link.click();
  const dashboard = await opening;
  // The page may add to its address; what we give it is all that we know, and nothing of it is a secret.
  await expect(dashboard).toHaveURL(`http://127.0.0.1:${gateway.port}/nodes`);
  await approveButton(dashboard).waitFor();
  // It came to the front, which was worth a look, and the request is the same.
  await expect.poll(async () => (await connectsSince(gateway, since)).length).toBeGreaterThanOrEqual(1);
  expect(await remedyCommand(page)).toBe(command);
  expect(await requestsOf(gateway, await ownDeviceId(ext))).toEqual([command.split(' ').at(-1)]);

  await approveButton(dashboard).click();
  const clickedAt = Date.now();
  await waitForStatus(page, 'healthy');
  const tookMs = Date.now() - clickedAt;
  test.info().annotations.push({ type: 'from the click to connected', description: `${tookMs} ms` });
  console.log(`from the click on Approve to connected: ${tookMs} ms`);
});

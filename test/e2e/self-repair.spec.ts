/** Self-repair for those who paired with a setup code: offered, proved by one connect, turned off as easily. */
import type { Page } from '@playwright/test';
import {
  connectsSince,
  connectsSoFar,
  everythingStored,
  judgedSince,
  ownDeviceId,
} from '../../harness/observe.ts';
import { expect, LONG, pairAndApprove, test, waitForStatus } from './fixtures.ts';

const row = (page: Page) => page.getByTestId('self-repair');

/** Opens the offer on the card, pastes a text into its field, and confirms. */
async function turnOn(page: Page, text: string): Promise<void> {
  if (!(await page.getByTestId('gateway-secret').isVisible())) {
    await page.getByTestId('turn-on-self-repair').click();
  }
  await page.getByTestId('gateway-secret').fill(text);
  await page.getByTestId('confirm-self-repair').click();
}

/** What the gateway was shown, in order: what it took, or why it did not. */
const shown = async (...asked: Parameters<typeof judgedSince>) =>
  (await judgedSince(...asked)).map(({ auth, accepted, authReason }) => (accepted ? auth : authReason));

test('[R22] a wrong secret costs one attempt and nothing else, the right one is proved, and then it repairs', async ({
  ext,
  gateway,
}) => {
  const page = await pairAndApprove(ext, gateway);
  const device = await ownDeviceId(ext);
  await expect(row(page)).toContainText('Self-repair is off');

  const before = await connectsSoFar(gateway);
  await turnOn(page, 'not-the-secret-of-this-gateway');
  await expect(page.getByRole('heading', { name: 'Gateway secret rejected' })).toBeVisible();
  await expect(row(page)).toContainText('Self-repair is off');
  expect((await waitForStatus(page, 'healthy')).cause).toBeNull();
  expect(await shown(gateway, before)).toEqual(['token_mismatch', 'device-token']);
  // The same one is not even sent.
  await turnOn(page, 'not-the-secret-of-this-gateway');
  await expect(page.getByText(/already rejected this secret/)).toBeVisible();
  expect(await connectsSince(gateway, before)).toHaveLength(2);

  // In whatever form it was copied.
  const wrongs = await connectsSoFar(gateway);
  await expect(page.getByTestId('gateway-secret')).toHaveAttribute('type', 'password');
  await turnOn(page, `http://127.0.0.1:${gateway.port}/#token=${gateway.token}`);
  await expect(row(page)).toContainText('Self-repair is on');
  expect(await shown(gateway, wrongs)).toEqual(['token']);
  expect(await page.content()).not.toContain(gateway.token);
  expect(await everythingStored(ext)).not.toContain(gateway.token);

  // Ordinary reconnects use the device token that came with it.
  const proved = await connectsSoFar(gateway);
  await ext.stopWorker();
  await expect.poll(async () => await shown(gateway, proved)).toEqual(['device-token']);

  const since = await connectsSoFar(gateway);
  await gateway.rotate(device);
  await waitForStatus(page, 'healed');
  expect(await shown(gateway, since)).toEqual(['device_token_mismatch', 'token']);
  expect(await ownDeviceId(ext)).toBe(device);
});

test('turned off, the secret is deleted, and the pairing stays', async ({ ext, gateway }) => {
  const page = await pairAndApprove(ext, gateway);
  await turnOn(page, gateway.token);
  await expect(row(page)).toContainText('Self-repair is on');
  expect(await everythingStored(ext)).toMatch(/credential:[^"]+:gateway-secret/);
  await row(page).getByRole('button', { name: 'Turn off' }).click();
  await expect(row(page)).toContainText('Self-repair is off');
  await expect.poll(() => everythingStored(ext)).not.toMatch(/credential:[^"]+:gateway-secret/);
  await waitForStatus(page, 'healthy');
});

test('whoever wants no offer sees none, until they ask for it', LONG, async ({ ext, gateway }) => {
  const page = await pairAndApprove(ext, gateway);
  await page.getByTestId('turn-on-self-repair').click();
  await page.getByTestId('decline-self-repair').click();
  await expect(row(page)).toBeHidden();
  await page.reload();
  await waitForStatus(page, 'healthy');
  await expect(page.getByTestId('day')).toBeVisible();
  await expect(row(page)).toBeHidden();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByTestId('offer-self-repair').click();
  await expect(row(page)).toContainText('Self-repair is off');
});

test('on the card of a stale token the secret repairs, and is there for the next time', async ({
  ext,
  gateway,
}) => {
  const page = await pairAndApprove(ext, gateway);
  const device = await ownDeviceId(ext);
  await gateway.rotate(device);
  await waitForStatus(page, 'needs-you');
  await page.getByText('Repair this automatically next time').click();
  await page.getByTestId('gateway-secret').fill(gateway.token);
  await page.getByTestId('confirm-self-repair').click();
  await waitForStatus(page, 'healthy');
  await expect(row(page)).toContainText('Self-repair is on');
  await gateway.rotate(device);
  await waitForStatus(page, 'healed');
});

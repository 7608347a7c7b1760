/** Nothing is typed twice: a paste connects without a click, and a popup that was closed is where it was. */
import { Person } from '../../harness/browser/person.ts';
import { connectsSince, connectsSoFar } from '../../harness/observe.ts';
import { expect, pairAndApprove, test, waitForStatus } from './fixtures.ts';

test('[P11] a pasted setup code connects without a click, and the button beside it does no harm', async ({
  ext,
  gateway,
}) => {
  const page = await ext.openPopupInTab();
  const field = page.getByTestId('pairing-link');
  await expect(field).toBeFocused();
  await new Person(ext.context).paste(page, await gateway.setupCode());
  // Pressed at whatever moment: before it goes, while it goes, after it has gone.
  await page.getByTestId('connect').click();
  await waitForStatus(page, 'approval');
  await expect(page.getByText('Paste a setup code')).toBeHidden();
});

test('[P11] a paste that is undone stays in the field and goes nowhere', async ({ ext, gateway }) => {
  const since = await connectsSoFar(gateway);
  const page = await ext.openPopupInTab();
  const field = page.getByTestId('pairing-link');
  await expect(field).toBeFocused();
  const code = await gateway.setupCode();
  // Its second does not pass while we are looking for the button.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await new Person(ext.context).paste(page, code);
  await page.getByTestId('undo-connect').click();
  await page.clock.runFor(10_000);
  await expect(field).toHaveValue(code);
  await expect(page.getByTestId('undo-connect')).toBeHidden();
  expect(await connectsSince(gateway, since)).toEqual([]);
  await waitForStatus(page, 'not-set-up');
});

test('a popup that was closed on the way to the terminal is where it was, without any secret', async ({
  ext,
  gateway,
}) => {
  const first = await ext.openPopupInTab();
  await first.getByTestId('pairing-link').fill(`http://127.0.0.1:${gateway.port}/`);
  await first.getByTestId('gateway-secret').fill('typed-and-not-kept');
  const kept = () =>
    ext.evaluate(
      async () => JSON.stringify(await (globalThis as any).chrome.storage.session.get(null)),
      null,
    );
  await expect.poll(kept).toContain(gateway.url);
  await first.close();

  const second = await ext.openPopupInTab();
  await expect(second.getByTestId('pairing-link')).toHaveValue(gateway.url);
  await expect(second.getByTestId('gateway-secret')).toHaveValue('');
  expect(await kept()).not.toContain('typed-and-not-kept');
  await second.close();

  const third = await pairAndApprove(ext, gateway);
  expect(await kept()).not.toContain(gateway.url);
  await third.getByTestId('turn-on-self-repair').click();
  await third.getByTestId('gateway-secret').fill(gateway.token);
  await expect.poll(kept).toContain('self-repair');
  await third.close();
  const fourth = await ext.openPopupInTab();
  await expect(fourth.getByTestId('gateway-secret')).toBeFocused();
  await expect(fourth.getByTestId('gateway-secret')).toHaveValue('');
  expect(await kept()).not.toContain(gateway.token);
});

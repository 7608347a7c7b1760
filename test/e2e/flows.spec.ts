/** Every flow of docs/flows.md, with exactly the clicks and trips that it says. */
import type { Page } from '@playwright/test';
import { Person, promised } from '../../harness/browser/person.ts';
import { ownDeviceId } from '../../harness/observe.ts';
import { expect, pair, pairAndApprove, remedyCommand, test, waitForStatus } from './fixtures.ts';

/** The button that copies the one command of a card. */
const copyButton = (page: Page) => page.getByRole('button', { name: /^copy command/i }).first();

test('a stale token with self-repair', async ({ ext, gateway }, { title }) => {
  const page = await pairAndApprove(ext, gateway);
  await page.getByTestId('turn-on-self-repair').click();
  await page.getByTestId('gateway-secret').fill(gateway.token);
  await page.getByTestId('confirm-self-repair').click();
  await expect(page.getByTestId('self-repair')).toContainText('Self-repair is on');
  const person = new Person(ext.context);
  await gateway.rotate(await ownDeviceId(ext));
  await waitForStatus(page, 'healed');
  expect(person.effort).toEqual(promised(title));
});

test('a stale token without self-repair', async ({ ext, gateway }, { title }) => {
  const page = await pairAndApprove(ext, gateway);
  const device = await ownDeviceId(ext);
  await page.close();
  await gateway.rotate(device);
  const card = await ext.openPopupInTab();
  await waitForStatus(card, 'needs-you');
  const person = new Person(ext.context);
  const command = await remedyCommand(card);
  await person.click(copyButton(card));
  // The popup closes on the way to the terminal.
  await card.close();
  const code = await person.terminal(() => gateway.shell(command));
  const back = await ext.openPopupInTab();
  await expect(back.getByTestId('pairing-link')).toBeFocused();
  await person.paste(back, code);
  await waitForStatus(back, 'healthy');
  expect(person.effort).toEqual(promised(title));
  expect(await ownDeviceId(ext)).toBe(device);
});

test('an approval by the command', async ({ ext, gateway }, { title }) => {
  const page = await ext.openPopupInTab();
  await pair(page, `${gateway.url}#${gateway.token}`);
  await waitForStatus(page, 'approval');
  const person = new Person(ext.context);
  const command = await remedyCommand(page);
  await person.click(copyButton(page));
  await page.close();
  await person.terminal(() => gateway.shell(command));
  await waitForStatus(await ext.openPopupInTab(), 'healthy');
  expect(person.effort).toEqual(promised(title));
});

test('self-repair turned on later', async ({ ext, gateway }, { title }) => {
  test.skip(process.platform !== 'linux', 'a terminal is played by the script command of Linux');
  const page = await pairAndApprove(ext, gateway);
  const person = new Person(ext.context);
  await person.click(page.getByTestId('turn-on-self-repair'));
  const command = await page.getByTestId('secret-command').innerText();
  await person.click(page.getByTestId('self-repair').getByRole('button', { name: /^copy/i }));
  await page.close();
  // It prints a secret in a terminal alone.
  const printed = await person.terminal(() => gateway.shell(`script -qec '${command}' /dev/null`));
  expect(printed).toContain(gateway.token);
  const back = await ext.openPopupInTab();
  await expect(back.getByTestId('gateway-secret')).toBeFocused();
  await person.paste(back, gateway.token);
  await person.click(back.getByTestId('confirm-self-repair'));
  await expect(back.getByTestId('self-repair')).toContainText('Self-repair is on');
  expect(person.effort).toEqual(promised(title));
});

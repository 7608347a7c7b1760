/** From the first page to connected, with exactly the clicks and trips that docs/flows.md says. */
import type { Page } from '@playwright/test';
import { approveButton, signIn } from '../../harness/browser/control-ui.ts';
import { Person, promised } from '../../harness/browser/person.ts';
import { freePort, OPENCLAW_PORT } from '../../harness/gateway/openclaw.ts';
import { atUsualPort, expect, LONG, remedyCommand, test, waitForStatus } from './fixtures.ts';

/** Approves in the gateway's own page, where this browser is signed in. */
async function approveThere(person: Person, page: Page): Promise<void> {
  const opening = page.context().waitForEvent('page');
  await person.click(page.getByRole('link', { name: 'Open dashboard' }));
  await person.click(approveButton(await opening));
}

test('install, with one trip', LONG, async ({ launch, makeGateway }, { title }) => {
  const port = await freePort();
  const ext = await launch({ mapped: atUsualPort(port) });
  const gateway = await makeGateway({ port });
  await signIn(ext.context, gateway, `http://127.0.0.1:${OPENCLAW_PORT}`);
  const person = new Person(ext.context);
  const first = await ext.openPopupInTab();
  await expect(first.getByTestId('found-gateway')).toHaveAttribute('data-found', 'gateway');
  const command = await remedyCommand(first);
  await person.click(first.getByRole('button', { name: /^copy command/i }).first());
  // The popup closes on the way to the terminal.
  await first.close();
  const code = await person.terminal(() => gateway.shell(command));
  const page = await ext.openPopupInTab();
  await expect(page.getByTestId('pairing-link')).toBeFocused();
  await person.paste(page, code);
  await waitForStatus(page, 'approval');
  await approveThere(person, page);
  await waitForStatus(page, 'healthy');
  expect(person.effort).toEqual(promised(title));
});

test('install, with the dashboard alone', LONG, async ({ ext, makeGateway }, { title }) => {
  const gateway = await makeGateway({ started: false });
  // A gateway that is bound to loopback alone makes no code there, unless it is told where it is reached.
  await gateway.configure((config) => {
    config.plugins = { entries: { 'device-pair': { enabled: true, config: { publicUrl: gateway.url } } } };
  });
  await gateway.start();
  await gateway.ready();
  const dashboard = await signIn(ext.context, gateway);
  // It keeps what the gateway issued to it, a moment after that.
  await dashboard.waitForFunction(() => JSON.stringify({ ...localStorage }).includes('operator'));
  await dashboard.goto(`http://127.0.0.1:${gateway.port}/nodes`);
  const person = new Person(ext.context);
  for (const name of [/^pair device/i, /^create setup code/i, /^copy setup code/i]) {
    await person.click(dashboard.getByRole('button', { name }).first());
  }
  const page = await ext.openPopupInTab();
  await expect(page.getByTestId('pairing-link')).toBeFocused();
  await person.pasteCopied(page);
  await waitForStatus(page, 'approval');
  await approveThere(person, page);
  await waitForStatus(page, 'healthy');
  expect(person.effort).toEqual(promised(title));
});

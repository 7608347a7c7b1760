/** Gateways that cannot admit a single extension, and those of which nobody knows yet how old they are. */
import { expect, LAB, pair, remedyCommand, runRemedy, test, waitForStatus } from './fixtures.ts';

/** It matches no extension's origin, restarts when its list is changed, and knows no `gateway auth-token`. */
const VERSION = '2026.6.11';

test(
  '[E12] the command that cannot help gives way to what does, by itself',
  LAB,
  async ({ ext, makeGateway }) => {
    const gateway = await makeGateway({ version: VERSION });
    const page = await ext.openPopupInTab();
    await pair(page, `${gateway.url}#${gateway.token}`);
    const refused = { status: 'needs-you', cause: 'origin-not-allowed' };
    expect(await waitForStatus(page, 'needs-you')).toEqual(refused);
    expect(await remedyCommand(page)).toContain('chrome-extension://');
    await runRemedy(page, gateway);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Still not allowed after a restart', {
      timeout: 60_000,
    });
    expect(await waitForStatus(page, 'needs-you')).toEqual(refused);
    expect(await remedyCommand(page)).toBe('openclaw update');

    // Who cannot update has the way around at hand, with what it costs.
    await page.locator('.further > summary').click();
    await expect(page.locator('.caution')).toBeVisible();
    await gateway.shell(await page.getByTestId('workaround-command').innerText());
    await waitForStatus(page, 'approval', 120_000);
  },
);

test(
  'a wrong secret: the first command is one that an old gateway knows, and what it prints helps',
  LAB,
  async ({ ext, makeGateway }) => {
    const gateway = await makeGateway({ version: VERSION, started: false });
    await gateway.configure((config) => {
      config.gateway.controlUi = { ...config.gateway.controlUi, allowedOrigins: ['*'] };
    });
    await gateway.start();
    await gateway.ready();
    const page = await ext.openPopupInTab();
    await pair(page, `${gateway.url}#not-the-secret-of-this-gateway`);
    expect(await waitForStatus(page, 'needs-you')).toEqual({
      status: 'needs-you',
      cause: 'gateway-secret-mismatch',
    });
    await pair(page, await gateway.shell(await remedyCommand(page)));
    expect(await waitForStatus(page, 'approval')).toEqual({ status: 'approval', cause: 'not-paired' });
  },
);

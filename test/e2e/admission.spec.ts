/** What a gateway refuses before it looks at any credential is no end of a pairing that it, or another one, still knows. */
import type { Page } from '@playwright/test';
import { extensionId } from '../../harness/browser/extension-id.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { connectsSoFar, judgedSince } from '../../harness/observe.ts';
import { BUILD } from '../../harness/process/build.ts';
import { approve, expect, LAB, pair, test, waitForStatus } from './fixtures.ts';

const ORIGIN = `chrome-extension://${extensionId(BUILD)}`;

const admit = (gateway: Gateway, origins: readonly string[]): Promise<void> =>
  gateway.configure((config) => {
    config.gateway.controlUi = { ...config.gateway.controlUi, allowedOrigins: origins };
  });

async function paired(page: Page, gateway: Gateway): Promise<void> {
  await pair(page, await gateway.setupCode());
  await waitForStatus(page, 'approval');
  await approve(page, gateway);
  await waitForStatus(page, 'healthy', 60_000);
}

test(
  '2026.7.33, paired by setup code: our origin is taken off its list while we are connected, and put back',
  LAB,
  async ({ ext, makeGateway }) => {
    const gateway = await makeGateway({ version: '2026.7.33', started: false });
    await admit(gateway, [ORIGIN]);
    await gateway.start();
    await gateway.ready();
    const page = await ext.openPopupInTab();
    await paired(page, gateway);

    // The gateway restarts for its new list.
    await admit(gateway, ['http://127.0.0.1:1']);
    const refused = await waitForStatus(page, 'needs-you', 120_000);
    expect(refused.cause).toBe('origin-not-allowed');
    await ext.stopWorker();
    await page.reload();
    expect((await waitForStatus(page, 'needs-you')).cause).toBe('origin-not-allowed');
    await admit(gateway, ['http://127.0.0.1:1', ORIGIN]);
    await waitForStatus(page, 'healthy', 120_000);
  },
);

test(
  'an older gateway has the port for a moment, as after a rollback: the pairing is there when the right one is back',
  LAB,
  async ({ ext, gateway, makeGateway }) => {
    const page = await ext.openPopupInTab();
    await paired(page, gateway);
    await gateway.stop('SIGTERM');
    const since = await connectsSoFar(gateway);
    const older = await makeGateway({ version: '2026.7.33', port: gateway.port, started: false });
    await older.start();
    const refused = await waitForStatus(page, 'needs-you', 120_000);
    expect(refused.cause).toBe('client-not-accepted');
    await older.stop('SIGTERM');
    await gateway.start();
    await gateway.ready();
    await waitForStatus(page, 'healthy', 60_000);
    const judged = await judgedSince(gateway, since);
    expect(judged.map(({ accepted, auth }) => ({ accepted, auth }))).toEqual([
      { accepted: true, auth: 'device-token' },
    ]);
  },
);

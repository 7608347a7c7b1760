/** A second gateway takes the port for a while, as after an update that left the old one running. Nothing is lost. */
import type { Page } from '@playwright/test';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { connectsSoFar, judgedSince, ownDeviceId } from '../../harness/observe.ts';
import { approve, expect, LONG, pair, test, waitForStatus } from './fixtures.ts';
import { wakeAnew } from './wake.ts';

/** How a user pairs, and whether the other gateway was given the same secret. */
const WAYS: Record<string, { link: (gateway: Gateway) => Promise<string>; hasSameSecret: boolean }> = {
  'paired by setup code, another secret': {
    link: (gateway) => gateway.setupCode(),
    hasSameSecret: false,
  },
  'paired by link with the secret remembered, the same secret': {
    link: async (gateway) => `http://127.0.0.1:${gateway.port}/#token=${gateway.token}`,
    hasSameSecret: true,
  },
};

async function connected(page: Page, gateway: Gateway, link: string): Promise<void> {
  await pair(page, link);
  await waitForStatus(page, 'approval');
  await approve(page, gateway);
  await waitForStatus(page, 'healthy');
}

for (const [way, { link, hasSameSecret }] of Object.entries(WAYS)) {
  test(
    `${way}: healthy again without a click, one refused handshake at the other`,
    LONG,
    async ({ ext, gateway, makeGateway }) => {
      const page = await ext.openPopupInTab();
      await connected(page, gateway, await link(gateway));
      const device = await ownDeviceId(ext);
      await gateway.stop('SIGTERM');
      const since = await connectsSoFar(gateway);

      const other = await makeGateway({
        port: gateway.port,
        started: false,
        ...(hasSameSecret && { auth: { mode: 'token', token: gateway.token } }),
      });
      await other.start();
      const seen = await waitForStatus(page, 'needs-you');
      expect(seen.cause).toBe('maybe-another-gateway');
      await expect(page.getByTestId('remedy-command').first()).toHaveText('openclaw gateway status --deep');
      // A worker's death gives nobody a second try.
      await wakeAnew(ext, page, 'needs-you');
      const refused = await judgedSince(other, 0);
      await other.stop('SIGTERM');
      expect(refused.map(({ accepted, authReason }) => ({ accepted, authReason }))).toEqual([
        { accepted: false, authReason: 'device_token_mismatch' },
      ]);

      await gateway.start();
      await gateway.ready();
      await waitForStatus(page, 'healthy');
      await expect(page.getByText(/another gateway answered on this port/i)).toBeVisible();
      const judged = await judgedSince(gateway, since);
      expect(judged.map(({ accepted, auth }) => ({ accepted, auth }))).toEqual([
        { accepted: true, auth: 'device-token' },
      ]);
      expect(await ownDeviceId(ext)).toBe(device);
    },
  );
}

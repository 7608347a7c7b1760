/** Line 6 of the main job: a stale device token heals. The heart of the product. */
import type { Page } from '@playwright/test';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { connectsSoFar, judgedSince, ownDeviceId } from '../../harness/observe.ts';
import { approve, expect, LONG, pair, test, waitForStatus } from './fixtures.ts';
import { wakeAnew } from './wake.ts';

/** Paired with the gateway secret, which is remembered: repairs need nobody. */
async function pairWithSecret(page: Page, gateway: Gateway): Promise<void> {
  await pair(page, `http://127.0.0.1:${gateway.port}/#token=${gateway.token}`);
  await waitForStatus(page, 'approval');
  await approve(page, gateway);
  await waitForStatus(page, 'healthy');
}

const asOwner = (gateway: Gateway, method: string, params: Record<string, unknown>): Promise<unknown> =>
  gateway.asOwner((owner) => owner.ask(method, params));

const makeStale: Record<string, (gateway: Gateway, deviceId: string) => Promise<unknown>> = {
  rotated: (gateway, deviceId) => gateway.rotate(deviceId),
  revoked: (gateway, deviceId) => asOwner(gateway, 'device.token.revoke', { deviceId, role: 'operator' }),
  removed: (gateway, deviceId) => asOwner(gateway, 'device.pair.remove', { deviceId }),
  // The command line does this one by itself: no request of the owner's clears the list.
  cleared: (gateway) => gateway.cli('devices', 'clear', '--yes'),
};

/** The others are as these, but for the answer of the gateway, which unit tests have too. */
const isShort = (how: string, when: string): boolean =>
  (how === 'rotated' && when === 'while connected') || (how === 'removed' && when === 'while away');

test.describe('with the gateway secret remembered', () => {
  for (const [how, spoil] of Object.entries(makeStale)) {
    for (const when of ['while connected', 'while away'] as const) {
      test(`${how} ${when}`, isShort(how, when) ? {} : LONG, async ({ ext, gateway }) => {
        const page = await ext.openPopupInTab();
        await pairWithSecret(page, gateway);
        const device = await ownDeviceId(ext);
        const since = await connectsSoFar(gateway);
        if (when === 'while away') {
          await page.getByRole('button', { name: /^pause/i }).click();
          await waitForStatus(page, 'paused');
          await spoil(gateway, device);
          await page
            .getByRole('button', { name: /resume/i })
            .first()
            .click();
        } else {
          await spoil(gateway, device);
        }
        if (how !== 'rotated') {
          const asked = await waitForStatus(page, 'approval');
          expect(asked.cause).toBe(how === 'revoked' ? 'role-upgrade' : 'not-paired');
          await approve(page, gateway);
        }
        await waitForStatus(page, 'healed');
        await expect.poll(async () => (await ext.badge()).title).toMatch(/repaired/i);
        expect((await ext.badge()).text).toBe('');
        const credited = how === 'rotated' ? /replaced the device token/i : /you approved this browser/i;
        await expect(page.getByText(credited).first()).toBeVisible();

        // Exactly one attempt with the stale token, and the same device as before.
        const judged = await judgedSince(gateway, since);
        expect(judged.filter(({ authReason }) => authReason === 'device_token_mismatch')).toHaveLength(1);
        expect(judged.filter(({ authReason }) => authReason === 'rate_limited')).toEqual([]);
        expect(judged.at(-1)).toMatchObject({ accepted: true });
        expect(await ownDeviceId(ext)).toBe(device);
        // The new token is the one that ordinary reconnects use.
        await ext.stopWorker();
        await expect.poll(async () => (await judgedSince(gateway, since)).at(-1)?.auth).toBe('device-token');
      });
    }
  }
});

test('without the secret it asks for a new link after one attempt, and a new setup code mends it', async ({
  ext,
  gateway,
}) => {
  const page = await ext.openPopupInTab();
  await pair(page, await gateway.setupCode());
  await waitForStatus(page, 'approval');
  await approve(page, gateway);
  await waitForStatus(page, 'healthy');
  const device = await ownDeviceId(ext);
  const since = await connectsSoFar(gateway);
  await gateway.rotate(device);
  expect(await waitForStatus(page, 'needs-you')).toEqual({
    status: 'needs-you',
    cause: 'device-token-mismatch',
  });
  await expect.poll(async () => (await ext.badge()).text).toBe('!');
  await expect(page.getByTestId('remedy-command')).toHaveText(
    `openclaw qr --setup-code-only --url ${gateway.url}`,
  );
  for (let i = 0; i < 3; i += 1) await wakeAnew(ext, page, 'needs-you');
  expect(await judgedSince(gateway, since)).toHaveLength(1);

  await pair(page, await gateway.setupCode());
  await waitForStatus(page, 'healthy');
  expect(await ownDeviceId(ext)).toBe(device);
});

/** What an outage comes to after minutes. */
import { StatusRecorder } from '../../harness/browser/status-recorder.ts';
import * as recovery from '../../src/gateway/recovery.ts';
import { expect, pairAndApprove, test, waitForStatus } from '../e2e/fixtures.ts';

test('[D4] an orderly stop is told as one for as long as nobody is there again', async ({ ext, gateway }) => {
  const page = await pairAndApprove(ext, gateway);
  const recorder = await StatusRecorder.start(page);
  await gateway.stop('SIGTERM');
  const told = (): string[] =>
    recorder.changes.map(({ status: code, cause }) => (cause === null ? code : `${code}:${cause}`));
  // Longer than an outage without a reason takes to be called one.
  await page.waitForTimeout(recovery.DOWN_AFTER_MS + 5_000);
  expect(told()).toEqual(['healthy', 'starting:gateway-stopping']);
  await waitForStatus(page, 'down', 2 * recovery.RESTART_GRACE_MS);
  expect(told().slice(2)).toEqual(['down:gateway-stopping']);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The gateway was stopped');
  await expect(page.locator('body')).toContainText(/orderly way at \d/);
  await gateway.start();
  await waitForStatus(page, 'healthy');
});

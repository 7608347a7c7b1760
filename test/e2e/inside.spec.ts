/** What the doctor finds inside a real gateway: nothing where nothing is, and the configuration with consent alone. */
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { expect, pairAndApprove, test, waitForStatus } from './fixtures.ts';

/** What a whole look found: codes, the gravest first. */
async function found(doctor: Page, isConfigRead: boolean): Promise<string> {
  const panel = doctor.getByTestId('inside');
  await expect(panel).toHaveAttribute('data-config', isConfigRead ? 'told' : 'unasked', { timeout: 30_000 });
  return (await panel.getAttribute('data-found')) ?? '?';
}

const stored = (ext: ExtensionBrowser): Promise<string> =>
  ext.evaluate(async () => JSON.stringify(await (globalThis as any).chrome.storage.local.get(null)), null);

async function runAgain(doctor: Page): Promise<void> {
  const panel = doctor.getByTestId('inside');
  const before = await panel.getAttribute('data-at');
  await doctor.getByTestId('run-again').click();
  await expect(panel).not.toHaveAttribute('data-at', before ?? '', { timeout: 30_000 });
}

test('consent is asked, findings are real, and withdrawing deletes', async ({ ext, gateway }) => {
  const popup = await pairAndApprove(ext, gateway);
  const doctor = await ext.open('src/pages/doctor/index.html');
  expect(await found(doctor, false)).toBe('');
  await doctor.getByTestId('inside').locator('summary').click();
  await doctor.getByTestId('inside-allow').click();
  expect(await found(doctor, true)).toBe('');
  await expect(doctor.locator('[data-testid=inside] [data-area][data-result=pass]')).toHaveCount(7);

  await gateway.configure((config) => {
    config.gateway.controlUi = { ...config.gateway.controlUi, dangerouslyDisableDeviceAuth: true };
    config.cron = { enabled: false };
  });
  await expect
    .poll(
      async () => {
        await waitForStatus(popup, ['healthy', 'healed'], 60_000);
        await runAgain(doctor);
        return found(doctor, true);
      },
      { timeout: 90_000 },
    )
    .toBe('device-auth-off jobs-off');
  const finding = doctor.locator('[data-finding=device-auth-off]');
  await expect(finding.getByTestId('inside-command')).toHaveText(
    'openclaw config set gateway.controlUi.dangerouslyDisableDeviceAuth false',
  );
  await gateway.shell(await finding.getByTestId('inside-command').innerText());
  await expect
    .poll(async () => {
      await runAgain(doctor);
      return found(doctor, true);
    })
    .toBe('jobs-off');

  await doctor.getByTestId('inside-withdraw').click();
  expect(await found(doctor, false)).toBe('jobs-off');
  const kept = await stored(ext);
  expect(kept).toContain('"readsConfig":false');
  expect(kept).not.toContain('device-auth-off');
  expect(kept).not.toContain(gateway.token);
});

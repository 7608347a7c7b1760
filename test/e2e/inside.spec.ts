/** What the doctor finds inside a real gateway: nothing where nothing is, and the configuration with consent alone. */
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { expect, pairAndApprove, test } from './fixtures.ts';

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
  await pairAndApprove(ext, gateway);
  const doctor = await ext.open('src/pages/doctor/index.html');
  expect(await found(doctor, false)).toBe('');
  await doctor.getByTestId('inside').locator('summary').click();
  await doctor.getByTestId('inside-allow').click();
  expect(await found(doctor, true)).toBe('');
  await expect(doctor.locator('[data-testid=inside] [data-area][data-result=pass]')).toHaveCount(7);

  // Both are taken over while the gateway runs.
  await gateway.configure((config) => {
    config.gateway.controlUi = { ...config.gateway.controlUi, allowedOrigins: ['*'] };
    config.logging.level = 'error';
  });
  const again = async (): Promise<string> => {
    await runAgain(doctor);
    return found(doctor, true);
  };
  await expect.poll(again, { timeout: 60_000 }).toBe('origins-any log-too-quiet');
  expect(await stored(ext)).toContain('origins-any');
  const command = doctor.locator('[data-finding=log-too-quiet]').getByTestId('inside-command');
  await expect(command).toHaveText('openclaw config set logging.level info');
  await gateway.shell(await command.innerText());
  await expect.poll(again, { timeout: 60_000 }).toBe('origins-any');

  await doctor.getByTestId('inside-withdraw').click();
  expect(await found(doctor, false)).toBe('');
  const kept = await stored(ext);
  expect(kept).toContain('"readsConfig":false');
  expect(kept).not.toContain('origins-any');
  expect(kept).not.toContain(gateway.token);
});

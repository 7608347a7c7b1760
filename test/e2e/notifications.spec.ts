/** Notifications, from an incident to the card that a click leads to. */
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { approve, expect, LONG, pair, waitForStatus } from './fixtures.ts';
import { click, endWarmUp, shown, test, told, watch } from './notifying.ts';
import { needy, seed } from './seeding.ts';

/** Has the worker look at everything again, twice: when the second look is over, the first one's telling is, too. */
const nudge = (ext: ExtensionBrowser): Promise<void> =>
  ext.evaluate(async () => {
    const { runtime, storage } = (globalThis as any).chrome;
    const { settings } = await storage.local.get('settings');
    for (let look = 0; look < 2; look += 1) {
      const reply = await runtime.sendMessage({ type: 'set-settings', settings: settings.value });
      if (!reply.ok) throw new Error(reply.problem);
    }
  }, null);

/** What is stored of the settings of notifications: a page shows a change before that. */
const stored = (ext: ExtensionBrowser): Promise<object> =>
  ext.evaluate(async () => {
    const { settings } = await (globalThis as any).chrome.storage.local.get('settings');
    return settings.value.notify;
  }, null);

async function options(ext: ExtensionBrowser): Promise<Page> {
  const page = await ext.open('src/pages/options/index.html');
  await page.getByTestId('options').waitFor();
  return page;
}

const clock = (minutesFromNow: number): string => {
  const at = new Date(Date.now() + minutesFromNow * 60_000);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
};

/** As settings have it: minutes since midnight. */
const minuteOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return 60 * hours + minutes;
};

test('what needs a person is told once, when it is not quiet, and a click leads to its card', async ({
  notifying: ext,
}) => {
  const level = { level: 'needs-you' as const };
  const gateways = [needy('one', 'Home'), needy('two', 'Office', 5, 'gateway-password-mismatch')];
  await seed(ext, gateways, { notify: level });

  // The first minutes, a snooze, quiet hours: nothing. Each looks anew at everything.
  await nudge(ext);
  expect(await shown(ext)).toEqual([]);
  await endWarmUp(ext);
  await seed(ext, gateways, { notify: { ...level, snoozedUntil: Date.now() + 3_600_000 } });
  await nudge(ext);
  const page = await options(ext);
  await expect(page.getByTestId('snooze')).toContainText('Snoozed until');
  expect(await shown(ext)).toEqual([]);
  await page.getByTestId('quiet-hours').check();
  const [from, to] = [clock(-120), clock(120)];
  await page.getByTestId('quiet-to').fill(to);
  await page.getByTestId('quiet-from').fill(from);
  await page.getByTestId('snooze-end').click();
  await expect(page.getByTestId('snooze')).toContainText('Not snoozed');
  // Else the look writes back what was stored before.
  await expect
    .poll(() => stored(ext))
    .toMatchObject({ snoozedUntil: null, quietHours: { from: minuteOf(from), to: minuteOf(to) } });
  await nudge(ext);
  expect(await shown(ext)).toEqual([]);

  await watch(ext);
  await page.getByTestId('quiet-hours').uncheck();
  await expect.poll(() => shown(ext)).toEqual(['gateway:one', 'gateway:two']);
  expect((await told(ext)).sort()).toEqual([
    'OpenClaw gateway: action needed | Home: Gateway secret rejected. Click for the steps.',
    'OpenClaw gateway: action needed | Office: Gateway password rejected. Click for the steps.',
  ]);
  await nudge(ext);
  await nudge(ext);
  await page.getByTestId('send-test').click();
  await expect.poll(() => shown(ext)).toEqual(['gateway:one', 'gateway:two', 'test']);
  expect(await told(ext)).toHaveLength(2);

  // Nor does another worker tell it again.
  await page.goto(ext.url('manifest.json'));
  await ext.stopWorker();
  await ext.startWorker();
  await watch(ext);
  const opening = ext.context.waitForEvent('page');
  await click(ext, 'gateway:two');
  const card = await opening;
  await waitForStatus(card, 'needs-you');
  await expect(card.locator('h1')).toContainText('Gateway password rejected');
  await expect(card.locator('header')).toContainText('Office');
  await expect.poll(() => shown(ext)).toEqual(['gateway:one', 'test']);
  expect(await told(ext)).toEqual([]);

  // What is over is taken back: here its gateway is gone.
  const again = await options(ext);
  await again.locator('[data-gateway="one"]').getByTestId('forget').click();
  await again.goto(ext.url('manifest.json'));
  await expect.poll(() => shown(ext)).toEqual(['test']);
});

test(
  'an outage is told once it has lasted, and its end replaces it',
  LONG,
  async ({ notifying: ext, gateway }) => {
    await endWarmUp(ext);
    const popup = await ext.openPopupInTab();
    await pair(popup, `${gateway.url}#${gateway.token}`);
    await waitForStatus(popup, 'approval');
    await approve(popup, gateway);
    await waitForStatus(popup, 'healthy');
    await (await options(ext)).getByTestId('notify-level').getByLabel('Also outages').check();

    await gateway.stop('SIGKILL');
    await waitForStatus(popup, ['reconnecting', 'down']);
    // An outage that began five minutes ago, under a worker that finds it on the disk. Nobody waits for it here.
    await ext.stopWorker();
    await ext.evaluate(async () => {
      const scope = globalThis as any;
      const { local } = scope.chrome.storage;
      const [key, item] = Object.entries<any>(await local.get(null)).find(([name]) =>
        name.startsWith('connection:'),
      )!;
      item.value.trouble.since -= 300_000;
      await local.set({ [key]: item });
    }, null);
    await ext.startWorker();
    await watch(ext);
    const id = await ext.evaluate(
      async () => (await (globalThis as any).chrome.storage.local.get('gateways')).gateways.value[0].id,
      null,
    );
    await expect.poll(() => shown(ext)).toEqual([`gateway:${id}`]);
    await gateway.start();
    await gateway.ready();
    await waitForStatus(popup, 'healthy');
    await expect
      .poll(() => told(ext))
      .toContainEqual(expect.stringContaining('OpenClaw gateway is back | Your gateway was away for'));
    expect(await shown(ext)).toEqual([`gateway:${id}`]);
  },
);

/** Line 5 of the main job: back without a click, whatever happened to the browser meanwhile. */

import {
  browserGroup,
  connectsSince,
  connectsSoFar,
  judgedSince,
  ourDevices,
} from '../../harness/observe.ts';
import { BUILD } from '../../harness/process/build.ts';
import { IdleBrowser } from '../../labs/bench/idle-browser.ts';
import { countMessages } from '../../labs/bench/message-counter.ts';
import { bringAlarmsForward } from './alarms.ts';
import { approve, expect, LONG, pair, pairAndApprove, status, test, waitForStatus } from './fixtures.ts';

test(
  'worker death at any moment: revived by an alarm or a page, reconnected, nothing paired anew',
  LONG,
  async ({ ext, gateway }) => {
    const page = await pairAndApprove(ext, gateway);
    const devices = await ourDevices(gateway);
    const since = await connectsSoFar(gateway);
    // With a page open: its port wakes the next worker.
    await ext.stopWorker();
    await expect.poll(async () => (await connectsSince(gateway, since)).length).toBe(1);
    await waitForStatus(page, 'healthy');
    // Without any page: the alarm does.
    await page.close();
    await ext.stopWorker();
    await bringAlarmsForward(ext);
    await expect.poll(async () => (await connectsSince(gateway, since)).length).toBe(2);
    // While the gateway is away.
    await gateway.stop('SIGKILL');
    await ext.stopWorker();
    await gateway.start();
    const again = await ext.openPopupInTab();
    await expect.poll(async () => (await judgedSince(gateway, since)).length).toBe(3);
    await waitForStatus(again, 'healthy');
    const judged = await judgedSince(gateway, since);
    expect(judged.every(({ accepted, auth }) => accepted && auth === 'device-token')).toBe(true);
    expect(await ourDevices(gateway)).toEqual(devices);
  },
);

test('browser restart: the same device, connected before anyone opens the popup', async ({
  launch,
  gateway,
}) => {
  const first = await launch();
  await pairAndApprove(first, gateway);
  const since = await connectsSoFar(gateway);
  await first.close();
  const second = await launch();
  await expect.poll(async () => (await connectsSince(gateway, since)).length).toBe(1);
  await expect.poll(async () => (await second.badge()).title).toMatch(/connected/i);
  const page = await second.openPopupInTab();
  await waitForStatus(page, 'healthy');
  expect((await judgedSince(gateway, since)).every(({ auth }) => auth === 'device-token')).toBe(true);
});

test('down for an hour: still watched, gently, and back without a click', LONG, async ({ ext, gateway }) => {
  const page = await pairAndApprove(ext, gateway);
  await gateway.stop('SIGKILL');
  await expect.poll(async () => (await status(page)).cause).toBe('gateway-unreachable');
  await page.close();
  // The hour passes for the extension: what it wrote down is an hour old when its worker starts again.
  await ext.stopWorker();
  await ext.evaluate(async () => {
    const { storage } = (globalThis as any).chrome;
    const all = await storage.local.get(null);
    const key = Object.keys(all).find((name) => name.startsWith('connection:')) ?? '';
    const stored = all[key];
    stored.value.trouble.since -= 3_700_000;
    if (stored.value.proof) stored.value.proof.at -= 3_700_000;
    await storage.local.set({ [key]: stored });
  }, null);
  const back = await ext.openPopupInTab();
  expect((await waitForStatus(back, 'down')).cause).toBe('gateway-unreachable');
  await back.close();
  const since = await connectsSoFar(gateway);
  await gateway.start();
  const auths = async () => (await judgedSince(gateway, since)).map(({ auth }) => auth);
  await expect.poll(auths).toEqual(['device-token']);
  await waitForStatus(await ext.openPopupInTab(), 'healthy');
});

test('sleep and wake: a gateway that restarted meanwhile is found again', LONG, async ({ ext, gateway }) => {
  const page = await pairAndApprove(ext, gateway);
  const since = await connectsSoFar(gateway);
  const group = await browserGroup(ext);
  process.kill(group, 'SIGSTOP');
  await gateway.stop('SIGKILL');
  await gateway.start();
  await gateway.ready();
  process.kill(group, 'SIGCONT');
  await expect.poll(async () => (await judgedSince(gateway, since)).length).toBe(1);
  await waitForStatus(page, 'healthy');
});

test(
  'left alone, with no debugger to keep it: the worker stays by what its connection says',
  LONG,
  async ({ gateway }) => {
    const counter = await countMessages(gateway.port);
    const code = await gateway.setupCode(counter.url);
    const browser = await IdleBrowser.prepare(BUILD, async (watched) => {
      const page = await watched.openPopupInTab();
      await pair(page, code);
      await waitForStatus(page, 'approval');
      await approve(page, gateway);
      await waitForStatus(page, 'healthy');
    });
    try {
      const since = await connectsSoFar(gateway);
      const before = counter.messages.get('/') ?? 0;
      await browser.start();
      // The connect and three questions take more than a minute; an idle worker would be ended after half of one.
      await expect
        .poll(() => (counter.messages.get('/') ?? 0) - before, { timeout: 120_000 })
        .toBeGreaterThanOrEqual(4);
      expect(await judgedSince(gateway, since)).toHaveLength(1);
    } finally {
      await browser.close();
      await counter.close();
    }
  },
);

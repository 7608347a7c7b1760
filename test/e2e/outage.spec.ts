/** Lines 4 and 5 of the main job: know when the gateway is broken, and be back when it is not. */

import { StatusRecorder } from '../../harness/browser/status-recorder.ts';
import { connectsSince, connectsSoFar, judgedSince } from '../../harness/observe.ts';
import * as recovery from '../../src/gateway/recovery.ts';
import { expect, LONG, pairAndApprove, status, test, waitForStatus } from './fixtures.ts';
import { wakeAnew } from './wake.ts';

test('killed and restarted: noticed at once, back by itself, with the device token alone', async ({
  ext,
  gateway,
}) => {
  const page = await pairAndApprove(ext, gateway);
  const since = await connectsSoFar(gateway);
  await gateway.stop('SIGKILL');
  await waitForStatus(page, 'reconnecting');
  await expect.poll(async () => (await ext.badge()).text).toBe('...');
  expect((await ext.badge()).title).toMatch(/lost|reconnect/i);
  expect(await status(page)).toEqual({ status: 'reconnecting', cause: 'gateway-unreachable' });
  await waitForStatus(page, 'down');
  await expect.poll(async () => (await ext.badge()).text).toBe('down');
  expect((await ext.badge()).title).toMatch(/gateway unreachable since/i);

  await gateway.start();
  await waitForStatus(page, 'starting');
  await waitForStatus(page, 'healthy');
  await expect.poll(async () => (await ext.badge()).text).toBe('');
  expect((await judgedSince(gateway, since)).map(({ accepted, auth }) => ({ accepted, auth }))).toEqual([
    { accepted: true, auth: 'device-token' },
  ]);
});

test(
  'stopped in an orderly way and started again: announced, and shown as such',
  LONG,
  async ({ ext, gateway }) => {
    const page = await pairAndApprove(ext, gateway);
    const since = await connectsSoFar(gateway);
    await gateway.stop('SIGTERM');
    expect(await waitForStatus(page, 'starting')).toEqual({
      status: 'starting',
      cause: 'gateway-stopping',
    });
    await gateway.start();
    await waitForStatus(page, 'healthy');
    const judged = await judgedSince(gateway, since);
    expect(judged.every(({ accepted, auth }) => accepted && auth === 'device-token')).toBe(true);
    // However long it started up, we asked only as often as it wanted.
    expect((await connectsSince(gateway, since)).length).toBeLessThan(30);
  },
);

test(
  '[H9] a burst of diagnoses is told once: to a screen reader and in the history',
  LONG,
  async ({ ext, gateway }) => {
    const page = await pairAndApprove(ext, gateway);
    const spoken: string[] = [];
    await page.exposeFunction('noteSpoken', (text: string) => void spoken.push(text));
    await page.evaluate(() => {
      const region = document.getElementById('spoken') as HTMLElement;
      const note = (): void => (globalThis as any).noteSpoken(region.textContent);
      new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
    });
    const recorded = (): Promise<string[]> =>
      ext.evaluate(async () => {
        const all = await (globalThis as any).chrome.storage.local.get(null);
        const key = Object.keys(all).find((each) => each.startsWith('history:')) ?? '';
        return all[key].value.incidents.map(({ cause }: { cause: string }) => cause);
      }, null);
    const writes = await ext.evaluate(() => {
      const scope = globalThis as any;
      scope.historyWrites = [];
      scope.chrome.storage.local.onChanged.addListener((changes: Record<string, { newValue?: any }>) => {
        for (const [key, { newValue }] of Object.entries(changes))
          if (key.startsWith('history:')) scope.historyWrites.push(newValue.value.incidents.at(-1)?.cause);
      });
      return scope.historyWrites.length as number;
    }, null);
    expect(writes).toBe(0);
    await gateway.stop('SIGKILL');
    await waitForStatus(page, 'reconnecting');
    await expect.poll(recorded).toEqual(['gateway-unreachable']);
    // Before it the pairing was told of, and after it that the outage lasts.
    const ofTheBurst = () => spoken.filter((text) => text.includes('Reconnecting'));
    await expect.poll(() => ofTheBurst().length).toBe(1);
    expect(await ext.evaluate(() => (globalThis as any).historyWrites as string[], null)).toEqual([
      'gateway-unreachable',
    ]);
    expect(ofTheBurst()).toHaveLength(1);
  },
);

test(
  'a gateway that hangs is found by asking, and back when it answers again',
  LONG,
  async ({ ext, gateway }) => {
    const page = await pairAndApprove(ext, gateway);
    gateway.signal('SIGSTOP');
    const noticed = await waitForStatus(page, ['reconnecting', 'down']);
    expect(noticed.cause).toBe('gateway-not-answering');
    await waitForStatus(page, 'down');
    await expect.poll(async () => (await ext.badge()).text).toBe('down');
    gateway.signal('SIGCONT');
    await waitForStatus(page, 'healthy');
  },
);

test('paused: nothing is sent until it is resumed', async ({ ext, gateway }) => {
  const page = await pairAndApprove(ext, gateway);
  await page.getByRole('button', { name: /^pause/i }).click();
  await waitForStatus(page, 'paused');
  await expect.poll(async () => (await ext.badge()).text).toBe('');
  const since = await connectsSoFar(gateway);
  await wakeAnew(ext, page, 'paused');
  expect(await connectsSince(gateway, since)).toEqual([]);
  await page
    .getByRole('button', { name: /resume/i })
    .first()
    .click();
  await waitForStatus(page, 'healthy');
});

test(
  '[D4] an orderly stop is told as one for as long as nobody is there again',
  LONG,
  async ({ ext, gateway }) => {
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
  },
);

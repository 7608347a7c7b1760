/** This computer's clock was ahead, and is set right again while a gateway is connected. */
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { expect, LONG, pairAndApprove, test, waitForStatus } from './fixtures.ts';

const HOUR_MS = 3_600_000;

/** The worker's clock alone: a page tells the time by its own. */
const setAhead = (ext: ExtensionBrowser, ms: number): Promise<void> =>
  ext.evaluateInWorker((by) => {
    const scope = globalThis as any;
    scope.rightNow ??= Date.now.bind(Date);
    Date.now = () => scope.rightNow() + by;
  }, ms);

/** What is kept of the only gateway, and how far its newest moment is ahead of the right time. */
const kept = (ext: ExtensionBrowser) =>
  ext.evaluateInWorker(async () => {
    const scope = globalThis as any;
    const all = await scope.chrome.storage.local.get(null);
    const item = (start: string) => all[Object.keys(all).find((key) => key.startsWith(start)) ?? '']?.value;
    const now = scope.rightNow();
    const { phase, evidence } = item('connection:');
    const { incidents } = item('history:');
    const watched = item('watched:');
    return {
      connectedAhead: phase.since - now,
      skewMs: evidence.skewMs as number | null,
      incidents: incidents.length as number,
      historyAhead: Math.max(incidents.at(-1)?.endedAt ?? 0, watched.at(-1)?.to ?? 0) - now,
    };
  }, null);

test(
  '[C10] [E4] [H8] nothing of it stays: not in the future, not as a difference of clocks, and the history goes on',
  LONG,
  async ({ ext, gateway }) => {
    const page = await pairAndApprove(ext, gateway);
    const outage = async (): Promise<void> => {
      await gateway.stop('SIGKILL');
      await waitForStatus(page, ['reconnecting', 'down']);
      await gateway.start();
      await waitForStatus(page, 'healthy', 60_000);
    };
    await setAhead(ext, HOUR_MS);
    await outage();
    await expect.poll(async () => (await kept(ext)).incidents).toBe(1);
    const wrong = await kept(ext);
    expect(wrong.skewMs).toBeLessThan(-HOUR_MS / 2);
    expect(wrong.connectedAhead).toBeGreaterThan(HOUR_MS / 2);

    await setAhead(ext, 0);
    // The next question is due within 16 s, the next tick within 30.
    await expect
      .poll(async () => Math.abs((await kept(ext)).skewMs ?? HOUR_MS), { timeout: 60_000 })
      .toBeLessThan(60_000);
    const right = await kept(ext);
    expect(right.connectedAhead).toBeLessThan(1_000);
    expect(right.historyAhead).toBeLessThan(1_000);
    await outage();
    await expect.poll(async () => (await kept(ext)).incidents).toBe(2);
    expect((await kept(ext)).historyAhead).toBeLessThan(1_000);
  },
);

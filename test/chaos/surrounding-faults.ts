/** Faults of what is around us: the wire, the browser, its clock and its disk. */
import { until } from '../../scripts/lib/wait.ts';
import { pick } from '../fuzz/chance.ts';
import { between, breaking, ENDS_WITHIN_MS, type Fault, MINUTE, rest, turn } from './deeds.ts';
import { change } from './model.ts';
import type { Stage } from './stage.ts';
import { reach } from './user.ts';

/** What a full storage has left: less than a connection's state and its history. */
const SPARE_BYTES = 1_500;

/** The wall clock of the worker that runs now and of the popup's page; timers run on. The next worker has the real one. */
async function shiftClock({ ext, page }: Stage, shiftMs: number): Promise<void> {
  const shift = (by: number): void => {
    const scope = globalThis as any;
    scope.realNow ??= Date.now.bind(Date);
    Date.now = () => scope.realNow() + by;
  };
  await ext.evaluateInWorker(shift, shiftMs);
  await page.evaluate(shift, shiftMs);
}

export const SURROUNDING_FAULTS = {
  async 'network-slow'({ lane }, dice, note) {
    lane.latencyMs = between(dice, 150, 1_200);
    const isAtReconnect = dice() < 0.6;
    note(`${lane.latencyMs} ms each way${isAtReconnect ? ', and a reconnect' : ''}`);
    if (isAtReconnect) lane.cut();
    else await rest(between(dice, 500, 3_000));
    return async () => {
      lane.latencyMs = 0;
    };
  },

  async 'network-stalled'(stage) {
    stage.lane.isStalled = true;
    turn(stage, change.network('stalled'));
    return async () => {
      stage.lane.isStalled = false;
      turn(stage, change.network('clear'));
    };
  },

  async 'frame-truncated'(stage, dice, note) {
    const { lane } = stage;
    const which = pick(dice, ['any', 'challenge', 'hello'] as const);
    note(which);
    lane.truncates = which;
    if (which !== 'any') lane.cut();
    else await stage.send({ type: 'check', gatewayId: await stage.gatewayId() });
    // A connection that waits for its user hears nothing more.
    await until(ENDS_WITHIN_MS, 'a frame to cut in half', () => lane.truncates === null).catch(() => {});
    lane.truncates = null;
    return null;
  },

  async 'socket-cut'(stage) {
    await breaking(stage, () => stage.lane.cut());
    return null;
  },

  async 'browser-offline'(stage) {
    await stage.ext.context.setOffline(true);
    stage.lane.cut();
    turn(stage, change.network('offline'));
    return async () => {
      await stage.ext.context.setOffline(false);
      turn(stage, change.network('clear'));
    };
  },

  async 'worker-killed'(stage) {
    await breaking(stage, () => stage.ext.stopWorker());
    return null;
  },

  async 'worker-killed-unseen'(stage) {
    await stage.closePopup();
    await breaking(stage, () => stage.ext.stopWorker());
    if (stage.world.blocked === null)
      await until(MINUTE + ENDS_WITHIN_MS, 'the worker to come back', () => stage.ext.workerRunning());
    await stage.openPopup();
    return null;
  },

  async 'browser-restarted'(stage) {
    await breaking(stage, () => stage.closeBrowser());
    await stage.launch();
    return null;
  },

  async 'clock-jumped'(stage, dice, note) {
    const shift = between(dice, MINUTE, 360 * MINUTE) * pick(dice, [1, -1]);
    const isWaiting = dice() < 0.5;
    note(`by ${Math.round(shift / MINUTE)} minutes${isWaiting ? ' while it waits for the port' : ''}`);
    if (isWaiting) {
      const { network } = stage.world;
      stage.lane.refuses = true;
      stage.lane.cut();
      turn(stage, change.network('offline'));
      await reach(stage);
      await shiftClock(stage, shift);
      stage.lane.refuses = false;
      turn(stage, change.network(network));
    } else {
      await shiftClock(stage, shift);
    }
    return () => shiftClock(stage, 0);
  },

  async 'storage-full'(stage) {
    await stage.ext.evaluate(async (spare) => {
      const { local } = (globalThis as any).chrome.storage;
      const free = local.QUOTA_BYTES - (await local.getBytesInUse(null)) - spare;
      await local.set({ ballast: 'x'.repeat(Math.max(0, free - 20)) });
    }, SPARE_BYTES);
    stage.lane.cut();
    return async () => {
      await stage.ext.evaluate(() => (globalThis as any).chrome.storage.local.remove('ballast'), null);
      // What could not be written is written with the next change.
      stage.lane.cut();
    };
  },
} satisfies Record<string, Fault>;

/** Faults of what is around us: the wire, the browser, its clock and its disk. */
import { until } from '../../harness/process/wait.ts';
import { pick } from '../fuzz/chance.ts';
import { between, breaking, ENDS_WITHIN_MS, type Fault, MINUTE, rest, turn } from './deeds.ts';
import { reach } from './person.ts';
import type { Rig } from './rig.ts';
import { change } from './situation.ts';

/** What a full storage has left: less than a connection's state and its history. */
const SPARE_BYTES = 1_500;

/** The wall clock of the worker that runs now and of the popup's page; timers run on. The next worker has the real one. */
async function shiftClock({ ext, page }: Rig, shiftMs: number): Promise<void> {
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

  async 'network-stalled'(rig) {
    rig.lane.isStalled = true;
    turn(rig, change.network('stalled'));
    return async () => {
      rig.lane.isStalled = false;
      turn(rig, change.network('clear'));
    };
  },

  async 'frame-truncated'(rig, dice, note) {
    const { lane } = rig;
    const which = pick(dice, ['any', 'challenge', 'hello'] as const);
    note(which);
    lane.truncates = which;
    if (which !== 'any') lane.cut();
    else await rig.send({ type: 'check', gatewayId: await rig.gatewayId() });
    // A connection that waits for its user hears nothing more.
    await until(ENDS_WITHIN_MS, 'a frame to cut in half', () => lane.truncates === null).catch(() => {});
    lane.truncates = null;
    return null;
  },

  async 'socket-cut'(rig) {
    // A knock that is cut looks like a closed port.
    if (!rig.lane.isConnected) turn(rig, change.ended('perhaps'));
    await breaking(rig, () => rig.lane.cut());
    return null;
  },

  async 'browser-offline'(rig) {
    await rig.ext.context.setOffline(true);
    rig.lane.cut();
    turn(rig, change.network('offline'));
    return async () => {
      await rig.ext.context.setOffline(false);
      turn(rig, change.network('clear'));
    };
  },

  async 'worker-killed'(rig) {
    await breaking(rig, () => rig.ext.stopWorker());
    return null;
  },

  async 'worker-killed-unseen'(rig) {
    await rig.closePopup();
    await breaking(rig, () => rig.ext.stopWorker());
    if (rig.situation.blocked === null)
      await until(MINUTE + ENDS_WITHIN_MS, 'the worker to come back', () => rig.ext.workerRunning());
    await rig.openPopup();
    return null;
  },

  async 'browser-restarted'(rig) {
    await breaking(rig, () => rig.closeBrowser());
    await rig.launch();
    return null;
  },

  async 'clock-jumped'(rig, dice, note) {
    const shift = between(dice, MINUTE, 360 * MINUTE) * pick(dice, [1, -1]);
    const isWaiting = dice() < 0.5;
    note(`by ${Math.round(shift / MINUTE)} minutes${isWaiting ? ' while it waits for the port' : ''}`);
    if (isWaiting) {
      const { network } = rig.situation;
      rig.lane.refuses = true;
      rig.lane.cut();
      turn(rig, change.network('offline'));
      await reach(rig);
      await shiftClock(rig, shift);
      rig.lane.refuses = false;
      turn(rig, change.network(network));
    } else {
      await shiftClock(rig, shift);
    }
    return () => shiftClock(rig, 0);
  },

  async 'storage-full'(rig) {
    await rig.ext.evaluate(async (spare) => {
      const { local } = (globalThis as any).chrome.storage;
      const free = local.QUOTA_BYTES - (await local.getBytesInUse(null)) - spare;
      await local.set({ ballast: 'x'.repeat(Math.max(0, free - 20)) });
    }, SPARE_BYTES);
    rig.lane.cut();
    return async () => {
      await rig.ext.evaluate(() => (globalThis as any).chrome.storage.local.remove('ballast'), null);
      // What could not be written is written with the next change.
      rig.lane.cut();
    };
  },
} satisfies Record<string, Fault>;

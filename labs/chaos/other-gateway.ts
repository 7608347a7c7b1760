/** Another gateway takes the port for a while: a second profile, a container, one that an update left running. */
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { until } from '../../harness/process/wait.ts';
import { pick } from '../fuzz/chance.ts';
import { ENDS_WITHIN_MS, type Fault, turn } from './deeds.ts';
import { back, isRefused, stop } from './gateway-faults.ts';
import { reach } from './person.ts';
import { outcomes } from './prediction.ts';
import { change } from './situation.ts';

/** What is promised once the right one is back. */
const BACK_WITHIN_MS = 60_000;

/** What it was asked that it should not have been: nothing of ours twice, and no pairing unless that was meant. */
function trespasses(other: Gateway, mayAsk: boolean): string[] {
  const ours = other.connects().filter(({ accepted, clientId, origin }) => {
    const isExtension = origin?.startsWith('chrome-extension://') ?? clientId === 'openclaw-browser-copilot';
    return isExtension && !accepted;
  });
  const refused = ours.flatMap(({ authReason }) => authReason ?? []);
  const again = refused.filter((reason, at) => refused.indexOf(reason) !== at);
  const asked = ours.some(({ cause }) => cause === 'pairing-required') && !mayAsk ? ['a pairing'] : [];
  return [...again.map((reason) => `${reason} once more`), ...asked];
}

export const otherGateway: Fault = async (rig, dice, note) => {
  const signal = pick(dice, ['SIGTERM', 'SIGKILL'] as const);
  const hasSameSecret = dice() < 0.5;
  const workerDies = pick(dice, ['never', 'before it', 'beside it', 'after it'] as const);
  note(`${signal}, ${hasSameSecret ? 'the same secret' : 'another secret'}, the worker dies ${workerDies}`);
  await stop(rig, signal);
  const { gateway, lane, situation } = rig;
  const auth = { mode: 'token', token: situation.gateway.secret };
  const other = await createGateway({
    version: gateway.version,
    port: gateway.port,
    ...(hasSameSecret && { auth }),
  });
  rig.canaries.add(other.token);
  try {
    if (workerDies === 'before it') await rig.ext.stopWorker();
    lane.run += 1;
    await other.start();
    turn(rig, change.other(hasSameSecret ? situation.gateway.secret : other.token));
    if (workerDies === 'beside it') {
      await reach(rig);
      await rig.ext.stopWorker();
    }
  } catch (error) {
    await other.remove();
    throw error;
  }
  return async () => {
    const { status } = await reach(rig);
    const found = trespasses(other, status.includes('approval'));
    await other.remove();
    await until(ENDS_WITHIN_MS, 'the port to be free', () => isRefused(gateway.port));
    if (found.length > 0) throw new Error(`the other gateway was asked for ${found.join(', ')}`);
    if (workerDies === 'after it') await rig.ext.stopWorker();
    await back(rig);
    const isCalm = outcomes(rig.situations, Date.now()).every(({ user }) => user === null);
    await reach(rig, ...(isCalm ? [BACK_WITHIN_MS] : []));
  };
};

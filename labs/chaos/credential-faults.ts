/** Faults of pairing and secrets: what the owner of a running gateway does to us, or we to what we hold. */
import { randomBytes } from 'node:crypto';
import { remedyCommand } from '../../harness/browser/popup-page.ts';
import { ownDeviceId } from '../../harness/observe.ts';
import { until } from '../../harness/process/wait.ts';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';
import { breaking, type Fault, MINUTE, rest, turn } from './deeds.ts';
import { act, reach } from './person.ts';
import type { Rig } from './rig.ts';
import { change, type Situation } from './situation.ts';

/** A gateway looks at its configuration several times a second. */
const NOTICED_MS = 1_500;
/** One that wants to restart for it waits until nobody asks anything, and a wrong secret is answered after 5 s. */
const SELDOM_MS = 8_000;

/** From this version on a new secret needs no restart. */
const HOT_SECRET = '2026.9';

/** What a gateway's owner does to our record, by the name of the request. */
const byOwner =
  (method: string, effect: (situation: Situation) => Situation): Fault =>
  async (rig) => {
    const deviceId = await ownDeviceId(rig.ext);
    const params = method === 'device.pair.remove' ? { deviceId } : { deviceId, role: 'operator' };
    await breaking(rig, () => rig.asOwner((owner) => owner.ask(method, params)));
    turn(rig, effect);
    return null;
  };

const rotated = byOwner('device.token.rotate', change.rotated);
const removed = byOwner('device.pair.remove', change.removed);

/** The gateway reads its configuration anew by itself. */
async function useSecret(rig: Rig, secret: string): Promise<void> {
  rig.canaries.add(secret);
  const { pairing } = rig.situation.gateway;
  const { run } = rig.lane;
  const ends = pairing !== null && pairing.issuer !== null && rig.situation.blocked === null;
  const configure = async (): Promise<void> => {
    await rig.gateway.configure((config) => {
      config.gateway.auth.token = secret;
    });
    if (rig.situation.presence !== 'up') return;
    await rest(NOTICED_MS);
    await rig.gateway.ready({ everyMs: SELDOM_MS });
  };
  await (ends ? breaking(rig, configure) : configure());
  const restarts = rig.gateway.version < HOT_SECRET;
  // The lane sees it, unless nobody came while the port was closed.
  if (restarts && rig.lane.run === run) rig.lane.run += 1;
  turn(rig, change.secret(secret, restarts));
}

const setRepairs = async (rig: Rig, repairsByItself: boolean): Promise<void> => {
  const { settings } = await rig.stored();
  const all = { ...DEFAULT_SETTINGS, ...settings?.value, repairsByItself };
  await rig.send({ type: 'set-settings', settings: all });
  turn(rig, change.repairsItself(repairsByItself));
};

export const CREDENTIAL_FAULTS = {
  async 'secret-changed'(rig, dice, note) {
    const { secret } = rig.situation.gateway;
    await useSecret(rig, randomBytes(24).toString('hex'));
    if (dice() < 0.5) return null;
    return async () => {
      note('and changed back');
      await useSecret(rig, secret);
    };
  },

  async 'secret-withdrawn'(rig) {
    await rig.send({ type: 'forget-secret', gatewayId: await rig.gatewayId() });
    turn(rig, change.secretWithdrawn);
    return null;
  },

  'token-rotated': rotated,

  'token-revoked': byOwner('device.token.revoke', change.revoked),

  'device-removed': removed,

  async 'approval-rejected'(rig, dice, note) {
    await removed(rig, dice, note);
    for (let shown = await reach(rig); shown.user !== 'approve'; shown = await reach(rig)) {
      if (shown.user === null) throw new Error('a removed device is connected');
      note(`the user ${await act(rig, shown.user, dice)}`);
    }
    const before = await remedyCommand(rig.page);
    const requestId = before.split(' ').at(-1);
    await rig.asOwner((owner) => owner.ask('device.pair.reject', { requestId }));
    turn(rig, change.rejected);
    // Nobody is told; the next look makes a new request, which the card names, or learns that the code is gone.
    await until(MINUTE, 'the card to show another command', async () => {
      return (await remedyCommand(rig.page)) !== before;
    });
    return null;
  },

  async 'repair-declined'(rig, dice, note) {
    await setRepairs(rig, false);
    await rotated(rig, dice, note);
    return () => setRepairs(rig, true);
  },
} satisfies Record<string, Fault>;

/** Faults of pairing and secrets: what the owner of a running gateway does to us, or we to what we hold. */
import { randomBytes } from 'node:crypto';
import { remedyCommand } from '../../scripts/lib/popup-page.ts';
import { until } from '../../scripts/lib/wait.ts';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';
import { ownDeviceId } from '../e2e/observe.ts';
import { breaking, type Fault, MINUTE, rest, turn } from './deeds.ts';
import { change, type World } from './model.ts';
import type { Stage } from './stage.ts';
import { act, reach } from './user.ts';

/** A gateway looks at its configuration several times a second. */
const NOTICED_MS = 1_500;
/** One that wants to restart for it waits until nobody asks anything, and a wrong secret is answered after 5 s. */
const SELDOM_MS = 8_000;

/** From this version on a new secret needs no restart. */
const HOT_SECRET = '2026.9';

/** What a gateway's owner does to our record, by the name of the request. */
const byOwner =
  (method: string, effect: (world: World) => World): Fault =>
  async (stage) => {
    const deviceId = await ownDeviceId(stage.ext);
    const params = method === 'device.pair.remove' ? { deviceId } : { deviceId, role: 'operator' };
    await breaking(stage, () => stage.asOwner((owner) => owner.ask(method, params)));
    turn(stage, effect);
    return null;
  };

const rotated = byOwner('device.token.rotate', change.rotated);
const removed = byOwner('device.pair.remove', change.removed);

/** The gateway reads its configuration anew by itself. */
async function useSecret(stage: Stage, secret: string): Promise<void> {
  stage.canaries.add(secret);
  const { pairing } = stage.world.gateway;
  const ends = pairing !== null && pairing.issuer !== null && stage.world.blocked === null;
  const configure = async (): Promise<void> => {
    await stage.gateway.configure((config) => {
      config.gateway.auth.token = secret;
    });
    if (stage.world.presence !== 'up') return;
    await rest(NOTICED_MS);
    await stage.gateway.ready({ everyMs: SELDOM_MS });
  };
  await (ends ? breaking(stage, configure) : configure());
  turn(stage, change.secret(secret, stage.gateway.version < HOT_SECRET));
}

const setRepairs = async (stage: Stage, repairsByItself: boolean): Promise<void> => {
  const { settings } = await stage.stored();
  const all = { ...DEFAULT_SETTINGS, ...settings?.value, repairsByItself };
  await stage.send({ type: 'set-settings', settings: all });
  turn(stage, change.repairsItself(repairsByItself));
};

export const CREDENTIAL_FAULTS = {
  async 'secret-changed'(stage, dice, note) {
    const { secret } = stage.world.gateway;
    await useSecret(stage, randomBytes(24).toString('hex'));
    if (dice() < 0.5) return null;
    return async () => {
      note('and changed back');
      await useSecret(stage, secret);
    };
  },

  async 'secret-withdrawn'(stage) {
    await stage.send({ type: 'forget-secret', gatewayId: await stage.gatewayId() });
    turn(stage, change.secretWithdrawn);
    return null;
  },

  'token-rotated': rotated,

  'token-revoked': byOwner('device.token.revoke', change.revoked),

  'device-removed': removed,

  async 'approval-rejected'(stage, dice, note) {
    await removed(stage, dice, note);
    for (let shown = await reach(stage); shown.user !== 'approve'; shown = await reach(stage)) {
      if (shown.user === null) throw new Error('a removed device is connected');
      note(`the user ${await act(stage, shown.user, dice)}`);
    }
    const before = await remedyCommand(stage.page);
    const requestId = before.split(' ').at(-1);
    await stage.asOwner((owner) => owner.ask('device.pair.reject', { requestId }));
    turn(stage, change.rejected);
    // Nobody is told; the next look makes a new request, which the card names, or learns that the code is gone.
    await until(MINUTE, 'the card to show another command', async () => {
      return (await remedyCommand(stage.page)) !== before;
    });
    return null;
  },

  async 'repair-declined'(stage, dice, note) {
    await setRepairs(stage, false);
    await rotated(stage, dice, note);
    return () => setRepairs(stage, true);
  },
} satisfies Record<string, Fault>;

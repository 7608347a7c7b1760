/** The other ways to guard a gateway: a password, and nothing. */
import { randomBytes } from 'node:crypto';
import { type Credential, newIdentity } from '../../harness/gateway/identity.ts';
import type { Paired } from './battery.ts';
import type { Lab } from './lab.ts';
import { captureRestart, captureStarting } from './sockets.ts';

export async function captureModes(lab: Lab, paired: Paired): Promise<void> {
  const { profile, identity, deviceToken } = paired;
  const me = { profile, identity };

  const password = randomBytes(12).toString('hex');
  const right: Credential = { field: 'password', value: 'gateway password', secret: password };
  await lab.useSecret(right, (config) => {
    config.gateway.auth = { mode: 'password', password, rateLimit: config.gateway.auth.rateLimit };
  });
  await captureStarting(lab, paired);
  await lab.refresh();
  const wrong: Credential = {
    field: 'password',
    value: 'wrong gateway password',
    secret: 'not-the-password',
  };
  await lab.note('password-missing', me);
  await lab.note('password-wrong', { ...me, credential: wrong });
  await lab.note('password-wrong-in-token', { ...me, credential: { ...wrong, field: 'token' } });
  await lab.note('password-right', { ...me, credential: lab.secret });
  await lab.note('password-right-in-token', { ...me, credential: { ...right, field: 'token' } });
  await lab.note('password-right-unpaired', { ...me, identity: newIdentity(), credential: lab.secret });
  if (deviceToken) await lab.note('password-device-token', { ...me, credential: deviceToken });

  if (await captureNoAuth(lab, paired)) await captureRestart(lab, paired);
}

/** Resolves to whether the gateway runs without authentication. */
async function captureNoAuth(lab: Lab, { profile, identity, deviceToken }: Paired): Promise<boolean> {
  const me = { profile, identity };
  lab.secret = undefined;
  try {
    await lab.reconfigure((config) => {
      config.gateway.auth = { mode: 'none' };
    });
  } catch {
    lab.store.notApplicable('no-auth', 'this gateway does not start without authentication');
    return false;
  }
  const stranger = newIdentity();
  await lab.note('no-auth-paired', me);
  await lab.note('no-auth-unpaired', { ...me, identity: stranger });
  await lab.note('no-auth-unneeded-secret', {
    ...me,
    identity: stranger,
    credential: { field: 'token', value: 'unneeded', secret: 'whatever' },
  });
  if (deviceToken) await lab.note('no-auth-device-token', { ...me, credential: deviceToken });
  return true;
}

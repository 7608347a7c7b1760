/** What one client id is answered: each refusal that an extension may meet, one after the other. */
import { connectLive, connectOnce } from '../../harness/gateway/client.ts';
import {
  type Attempt,
  type Credential,
  type Identity,
  newIdentity,
  type Profile,
} from '../../harness/gateway/identity.ts';
import type { Lab } from './lab.ts';

/** Shaped like real ones, which have 43 characters of base64url. */
const BOGUS: Credential = {
  field: 'token',
  value: 'bogus',
  secret: 'bogus-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
};

/** The identity that stays paired, and what the rest of the capture needs to know about it. */
export interface Paired {
  readonly profile: Profile;
  readonly identity: Identity;
  /** In the field that this generation reads; `null` if it issues none. */
  readonly deviceToken: Credential | null;
}

export async function captureBattery(lab: Lab, profile: Profile, prefix: string): Promise<Paired> {
  const identity = newIdentity();
  const me = { profile, identity };
  const paired = await pairing(lab, me, prefix);
  await credentials(lab, me, prefix, paired);
  await upgrades(lab, me, prefix, paired);
  await faults(lab, me, prefix);
  return paired;
}

type Me = Pick<Attempt, 'profile' | 'identity'> & { identity: Identity };

async function pairing(lab: Lab, me: Me, prefix: string): Promise<Paired> {
  const withSecret = { ...me, credential: lab.secret };
  const first = await lab.note(`${prefix}-unpaired`, withSecret);
  if (first?.error) await lab.admin.approve(me.identity.deviceId);
  const hello = (await lab.note(`${prefix}-paired`, withSecret))?.hello;
  const token = hello?.auth?.deviceToken;
  if (!token) {
    lab.store.notApplicable(`${prefix}-device-token`, 'this gateway issued no device token');
    return { ...me, deviceToken: null };
  }
  const own = lab.credential('deviceToken', 'device token', token);
  const inToken = { ...own, field: 'token' } as const;
  const inOwnField = await lab.note(`${prefix}-device-token`, { ...me, credential: own });
  await lab.note(`${prefix}-device-token-in-token`, { ...me, credential: inToken });
  return { ...me, deviceToken: inOwnField?.hello ? own : inToken };
}

async function credentials(lab: Lab, me: Me, prefix: string, { deviceToken }: Paired): Promise<void> {
  const bogus = (field: Credential['field'], value = 'bogus'): Attempt => ({
    ...me,
    credential: { ...BOGUS, field, value },
  });
  await lab.note(`${prefix}-no-credential`, me);
  await lab.note(`${prefix}-no-credential-unpaired`, { ...me, identity: newIdentity() });
  await lab.note(`${prefix}-wrong-secret`, bogus('token', 'wrong gateway secret'));
  await lab.note(`${prefix}-wrong-secret-unpaired`, {
    ...bogus('token', 'wrong gateway secret'),
    identity: newIdentity(),
  });
  await lab.note(`${prefix}-wrong-secret-no-device`, {
    ...bogus('token', 'wrong gateway secret'),
    identity: null,
  });
  await lab.note(`${prefix}-no-device`, { profile: me.profile, identity: null, credential: lab.secret });
  if (lab.secret)
    await lab.note(`${prefix}-secret-in-password`, {
      ...me,
      credential: { ...lab.secret, field: 'password' },
    });
  await lab.note(`${prefix}-bogus-device-token`, bogus('deviceToken'));
  await lab.note(`${prefix}-bogus-bootstrap-token`, bogus('bootstrapToken'));
  if (!deviceToken) return;
  await lab.note(`${prefix}-wrong-secret-and-device-token`, {
    ...bogus('token', 'wrong gateway secret'),
    extra: { auth: { token: BOGUS.secret, deviceToken: deviceToken.secret } },
    note: 'with a valid device token in auth.deviceToken',
  });
}

/** Requests beyond what was approved. They come after all else that needs this pairing as it was. */
async function upgrades(lab: Lab, me: Me, prefix: string, { deviceToken }: Paired): Promise<void> {
  const asks: [string, Partial<Attempt>][] = [
    ['more-scopes', { scopes: ['operator.read', 'operator.write'] }],
    ['other-role', { role: 'node', scopes: [] }],
    ['changed-platform', { platform: 'another-platform' }],
  ];
  for (const [name, ask] of asks) {
    const identity = newIdentity();
    const hello = await lab.guard(`${prefix}-${name}`, () => lab.pair(me.profile, identity));
    if (!hello) continue;
    const token = hello.auth?.deviceToken;
    const attempt = { profile: me.profile, identity, ...ask };
    if (token && deviceToken) {
      const credential = lab.credential(deviceToken.field, 'device token', token);
      await lab.note(`${prefix}-${name}-device-token`, { ...attempt, credential });
    }
    await lab.note(`${prefix}-${name}`, { ...attempt, credential: lab.secret });
  }
}

/** Frames that are wrong in themselves. */
async function faults(lab: Lab, me: Me, prefix: string): Promise<void> {
  const base = { ...me, credential: lab.secret };
  const note = (name: string, wrong: Partial<Attempt>): Promise<unknown> =>
    lab.note(`${prefix}-${name}`, { ...base, note: name, ...wrong });
  await note('bad-signature', { badSignature: true });
  await note('expired-signed-at', { signedAtOffset: -20 * 60_000 });
  await note('future-signed-at', { signedAtOffset: 20 * 60_000 });
  await note('bad-nonce', { nonce: 'not-the-nonce' });
  await note('wrong-device-id', { deviceId: 'e'.repeat(64) });
  await note('protocol-9', { protocol: 9 });
  await note('unknown-property', { extra: { surprise: true } });
  await note('unknown-mode', { profile: { ...me.profile, mode: 'surprise' } });
  await note('bad-role', { role: 'surprise' });
}

/** What happens to a device token and to the socket that uses it, and what the next `connect` is answered. */
export async function captureEndings(
  lab: Lab,
  { profile, deviceToken }: Paired,
  prefix: string,
): Promise<void> {
  const endings: [string, string][] = [
    ['rotated', 'device.token.rotate'],
    ['revoked', 'device.token.revoke'],
    ['removed', 'device.pair.remove'],
  ];
  for (const [ending, method] of endings) {
    const situation = `${prefix}-${ending}-while-connected`;
    if (!deviceToken) {
      lab.store.notApplicable(situation, 'this gateway issued no device token');
      continue;
    }
    const identity = newIdentity();
    const hello = await lab.guard(situation, () => lab.pair(profile, identity));
    if (!hello) continue;
    const credential = lab.credential(deviceToken.field, 'device token', hello.auth.deviceToken);
    const attempt = { profile, identity, credential };
    const hasHappened = await lab.noteLive(situation, attempt, () =>
      lab.admin.ask(method, {
        deviceId: identity.deviceId,
        ...(method !== 'device.pair.remove' && { role: 'operator' }),
      }),
    );
    if (!hasHappened) continue;
    const stale = { ...credential, value: `${ending} device token` };
    await lab.note(`${prefix}-${ending}-device-token`, {
      ...attempt,
      credential: { ...stale, field: 'deviceToken' },
    });
    await lab.note(`${prefix}-${ending}-device-token-in-token`, {
      ...attempt,
      credential: { ...stale, field: 'token' },
    });
    await lab.note(`${prefix}-${ending}-then-secret`, { ...attempt, credential: lab.secret });
  }
}

/** A setup code from first use to device token. */
export async function captureSetupCode(lab: Lab, profile: Profile, prefix: string): Promise<void> {
  const situation = `${prefix}-setup-code`;
  const code = await lab.guard(situation, () => lab.gateway.setupCode());
  if (!code) return;
  const { bootstrapToken } = JSON.parse(Buffer.from(code, 'base64url').toString());
  if (!bootstrapToken) {
    lab.store.notApplicable(situation, 'setup codes of this version carry the gateway secret itself');
    return;
  }
  const credential = lab.credential('bootstrapToken', 'setup code', bootstrapToken);
  const attempt = { profile, identity: newIdentity(), credential };
  const first = await lab.note(situation, attempt);
  await lab.note(`${situation}-of-another-device`, { ...attempt, identity: newIdentity() });
  if (!first?.error?.details?.requestId) return;
  await lab.admin.approve(attempt.identity.deviceId);
  const second = await lab.note(`${situation}-approved`, attempt);
  const token = second?.hello?.auth?.deviceToken;
  if (token)
    await lab.note(`${situation}-device-token`, {
      ...attempt,
      credential: lab.credential('deviceToken', 'device token', token),
    });
  await lab.note(`${situation}-again`, attempt);
}

/** Fails with a wrong secret until the gateway locks out; then shows who else is. */
export async function captureRateLimit(lab: Lab, paired: Paired, most: number): Promise<void> {
  const { profile, identity, deviceToken } = paired;
  const wrong: Attempt = { profile, identity, credential: { ...BOGUS, value: 'wrong gateway secret' } };
  await lab.guard('rate-limited', async () => {
    for (let count = 0; count < most; count += 1) {
      const { error } = await connectOnce(lab.gateway.url, wrong);
      if (/too many failed/i.test(error?.message)) return;
    }
    throw new Error(`${most} wrong secrets in a row were each just refused`);
  });
  const [probe, { error }] = await connectLive(lab.gateway.url, wrong);
  probe.leave();
  if (!/too many failed/i.test(error?.message)) return;
  await lab.note('rate-limited', wrong);
  await lab.note('rate-limited-right-secret', { ...wrong, credential: lab.secret });
  if (deviceToken) await lab.note('rate-limited-device-token', { ...wrong, credential: deviceToken });
}

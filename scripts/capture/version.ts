/** All situations of one version, in an order that spares restarts. */

import { connectOnce } from '../../harness/gateway/client.ts';
import { COPILOT, GATEWAY_CLIENT, newIdentity } from '../../harness/gateway/identity.ts';
import {
  captureBattery,
  captureEndings,
  captureRateLimit,
  captureSetupCode,
  type Paired,
} from './battery.ts';
import { captureHttp } from './http.ts';
import { ADMISSIONS, Lab, MOST_REFUSALS } from './lab.ts';
import { captureModes } from './modes.ts';
import { captureBadFirstFrames, captureSecretChange, captureSilence, captureStop } from './sockets.ts';

export async function captureVersion(version: string): Promise<void> {
  console.log(`== ${version}`);
  const lab = await Lab.create(version);
  try {
    await lab.boot();
    const silence = captureSilence(lab);
    await captureHttp(lab);
    await captureBadFirstFrames(lab);
    const copilot = await knowsCopilot(lab);
    await silence;
    await admitGatewayClient(lab);

    const plain = await captureBattery(lab, GATEWAY_CLIENT, 'gateway-client');
    await captureEndings(lab, plain, 'gateway-client');
    await captureSetupCode(lab, GATEWAY_CLIENT, 'gateway-client');
    // The extension itself is the copilot wherever the gateway knows it.
    const paired = copilot ? await captureCopilot(lab, plain) : plain;

    await captureSecretChange(lab, paired);
    // A lock-out lasts five minutes or until the next start.
    const fresh = { ...paired, deviceToken: await freshToken(lab, paired) };
    await captureStop(lab, fresh, () => captureRateLimit(lab, fresh, MOST_REFUSALS + 10));
    await captureModes(lab, fresh);
  } finally {
    await lab.store.finish();
    await lab.remove();
  }
}

/** Is the client id known? Gateways before 2026.8.1 refuse the frame, before they look at anything else. */
async function knowsCopilot(lab: Lab): Promise<boolean> {
  const attempt = { profile: COPILOT, identity: newIdentity(), credential: lab.secret };
  const outcome = await connectOnce(lab.gateway.url, attempt);
  if (outcome.error?.message?.includes('/client/id')) {
    await lab.note('copilot-unknown', attempt);
    return false;
  }
  return true;
}

/** Tries the ways to let an extension in, from the narrow one to the wide ones, and notes each refusal. */
async function admitGatewayClient(lab: Lab): Promise<void> {
  const attempt = { profile: GATEWAY_CLIENT, identity: newIdentity(), credential: lab.secret };
  const isRefused = async (): Promise<boolean> => {
    const { error } = await connectOnce(lab.gateway.url, attempt);
    return /origin/i.test(error?.message ?? '');
  };
  if (!(await isRefused())) return;
  await lab.note('gateway-client-not-listed', attempt);
  for (const entry of ADMISSIONS) {
    await lab.reconfigure((config) => {
      config.gateway.controlUi = { allowedOrigins: [entry] };
    });
    lab.store.admission = `gateway.controlUi.allowedOrigins: ${entry}`;
    if (!(await isRefused())) return;
    const name = entry === 'null' ? 'literal-null' : 'exact-origin';
    await lab.note(`gateway-client-${name}-listed`, { ...attempt, note: `${entry} is in allowedOrigins` });
  }
  throw new Error('this gateway lets no extension in');
}

async function captureCopilot(lab: Lab, plain: Paired): Promise<Paired> {
  const paired = await captureBattery(lab, COPILOT, 'copilot');
  await captureEndings(lab, paired, 'copilot');
  await captureSetupCode(lab, COPILOT, 'copilot');
  const credential = lab.secret;
  await lab.note('copilot-identity-of-another-client', {
    profile: COPILOT,
    identity: plain.identity,
    credential,
    note: 'the key is paired as gateway-client',
  });
  const attempt = { profile: COPILOT, identity: newIdentity(), credential };
  await lab.note('copilot-without-caps', { ...attempt, profile: { ...COPILOT, caps: [] }, note: 'no caps' });
  await lab.note('copilot-web-origin', { ...attempt, origin: 'https://example.com' });
  await lab.note('copilot-firefox-origin', {
    ...attempt,
    origin: 'moz-extension://12345678-1234-4234-8234-123456789abc',
  });
  await lab.note('copilot-no-origin', { ...attempt, origin: null });
  return paired;
}

/** Every connect with the secret may bring another device token; the last one counts. */
async function freshToken(
  lab: Lab,
  { profile, identity, deviceToken }: Paired,
): Promise<Paired['deviceToken']> {
  if (!deviceToken) return null;
  const hello = await lab.pair(profile, identity);
  const token = hello.auth?.deviceToken;
  return token ? lab.credential(deviceToken.field, 'device token', token) : deviceToken;
}

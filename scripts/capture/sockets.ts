/** What happens to sockets: before a `connect`, and while they are connected. */
import { randomBytes } from 'node:crypto';
import { connectOnce, Recorder } from '../../harness/gateway/client.ts';
import { describeAttempt } from '../../harness/gateway/identity.ts';
import type { Paired } from './battery.ts';
import type { Lab } from './lab.ts';

/** The slowest generation gives a client 15 s. */
const SILENCE_LIMIT_MS = 20_000;

/** A client that says nothing: the challenge alone, and the close that ends the wait. */
export async function captureSilence(lab: Lab): Promise<void> {
  await lab.guard('handshake-timeout', async () => {
    const socket = new Recorder(lab.gateway.url);
    await socket.challenge();
    await lab.store.write('challenge', { sent: null, frames: [...socket.frames], close: null });
    const close = await socket.closed(SILENCE_LIMIT_MS);
    socket.leave();
    await lab.store.write('handshake-timeout', { sent: null, frames: socket.frames, close });
  });
}

/** First frames that are no `connect`. */
export async function captureBadFirstFrames(lab: Lab): Promise<void> {
  const texts = {
    'first-frame-no-json': 'hello',
    'first-frame-no-request': '{"hello":true}',
    'first-frame-no-connect': JSON.stringify({ type: 'req', id: 'connect', method: 'health', params: {} }),
  };
  for (const [situation, text] of Object.entries(texts)) {
    await lab.guard(situation, async () => {
      const socket = new Recorder(lab.gateway.url);
      await socket.challenge();
      socket.send(text);
      const close = await socket.closed();
      socket.leave();
      await lab.store.write(situation, { sent: null, frames: socket.frames, close });
    });
  }
}

/** The gateway secret is replaced in the configuration while clients are connected. */
export async function captureSecretChange(
  lab: Lab,
  { profile, identity, deviceToken }: Paired,
): Promise<void> {
  const attempt = { profile, identity };
  const before = lab.secret;
  if (!before) return;
  const change = async (): Promise<void> => {
    const secret = randomBytes(24).toString('hex');
    await lab.useSecret({ ...before, secret }, (config) => {
      config.gateway.auth.token = secret;
    });
  };
  const limitMs = 15_000;
  await lab.noteLive('secret-changed-secret-connected', { ...attempt, credential: before }, change, limitMs);
  await lab.settle();
  if (!deviceToken) return;
  await lab.note('secret-changed-device-token', { ...attempt, credential: deviceToken });
  const hello = await lab.guard('secret-changed-device-token-connected', () => lab.pair(profile, identity));
  const token = hello?.auth?.deviceToken;
  if (!token) return;
  const credential = lab.credential(deviceToken.field, 'device token', token);
  await lab.noteLive('secret-changed-device-token-connected', { ...attempt, credential }, change, limitMs);
  await lab.settle();
}

/** SIGTERM, with one client connected and one that has not said anything yet. `meanwhile` comes before. */
export async function captureStop(lab: Lab, paired: Paired, meanwhile: () => Promise<void>): Promise<void> {
  const { profile, identity, deviceToken } = paired;
  const attempt = { profile, identity, credential: deviceToken ?? lab.secret };
  await lab.noteLive('stopped-while-connected', attempt, async () => {
    await meanwhile();
    lab.admin.leave();
    await lab.guard('stopped-before-connect', async () => {
      const silent = new Recorder(lab.gateway.url);
      await silent.challenge();
      await lab.gateway.stop('SIGTERM');
      const close = await silent.closed();
      await lab.store.write('stopped-before-connect', { sent: null, frames: silent.frames, close });
    });
  });
  await lab.gateway.stop();
}

/** A restart that the owner asks for. Older gateways restart for a new secret, which shows the same. */
export async function captureRestart(lab: Lab, paired: Paired): Promise<void> {
  const { profile, identity } = paired;
  await lab.noteLive(
    'restarted-while-connected',
    { profile, identity, credential: lab.secret },
    () => lab.admin.ask('gateway.restart.request', { reason: 'capture', skipDeferral: true }),
    30_000,
    true,
  );
}

/** A start, seen by a client that does not wait for it. */
export async function captureStarting(lab: Lab, { profile, identity }: Paired): Promise<void> {
  await lab.guard('starting', async () => {
    const attempt = { profile, identity, credential: lab.secret };
    lab.gateway.launch();
    const deadline = Date.now() + 110_000;
    while (Date.now() < deadline) {
      const outcome = await connectOnce(lab.gateway.url, attempt).catch(() => null);
      if (outcome?.error?.code === 'UNAVAILABLE') {
        await lab.store.write('starting', { sent: describeAttempt(attempt), ...outcome });
        return;
      }
      if (outcome?.hello) throw new Error('the first connect that was answered was admitted');
      if (outcome?.error) throw new Error(`the first answer was: ${outcome.error.message}`);
      await new Promise((next) => setTimeout(next, 30));
    }
    throw new Error('it did not start');
  });
}

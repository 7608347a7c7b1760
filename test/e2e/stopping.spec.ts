/** Line 7 of the main job: stop, say why, and never hammer. */
import { WebSocketServer } from 'ws';
import { provokeRateLimit } from '../../harness/gateway/rate-limit.ts';
import { connectsSoFar, judgedSince } from '../../harness/observe.ts';
import { approve, expect, LONG, pair, pairAndApprove, status, test, waitForStatus } from './fixtures.ts';
import { wakeAnew } from './wake.ts';

test(
  'a wrong gateway secret costs one attempt for each run of the gateway, however often the worker wakes',
  LONG,
  async ({ ext, gateway }) => {
    const since = await connectsSoFar(gateway);
    const page = await ext.openPopupInTab();
    await pair(page, `${gateway.url}#not-the-secret-of-this-gateway`);
    expect(await waitForStatus(page, 'needs-you')).toEqual({
      status: 'needs-you',
      cause: 'gateway-secret-mismatch',
    });
    await expect.poll(async () => (await ext.badge()).text).toBe('!');
    for (let i = 0; i < 5; i += 1) await wakeAnew(ext, page, 'needs-you');
    const refusals = async () => (await judgedSince(gateway, since)).map(({ authReason }) => authReason);
    expect(await refusals()).toEqual(['token_mismatch']);
    // [R18] Another run may be another gateway: it is asked once.
    await gateway.stop('SIGKILL');
    await gateway.start();
    await gateway.ready();
    await expect.poll(refusals).toEqual(['token_mismatch', 'token_mismatch']);
    await waitForStatus(page, 'needs-you');
    await wakeAnew(ext, page, 'needs-you');
    expect(await refusals()).toEqual(['token_mismatch', 'token_mismatch']);

    // The right one, pasted on the same card, goes to the same gateway.
    await pair(page, gateway.token);
    await waitForStatus(page, 'approval');
    await approve(page, gateway);
    await waitForStatus(page, 'healthy');
  },
);

test('a secret that changes on the gateway costs two attempts, then it stops', async ({ ext, gateway }) => {
  const page = await ext.openPopupInTab();
  await pair(page, `${gateway.url}#${gateway.token}`);
  await waitForStatus(page, 'approval');
  await approve(page, gateway);
  await waitForStatus(page, 'healthy');
  const since = await connectsSoFar(gateway);
  await gateway.configure((config) => {
    config.gateway.auth.token = 'another-secret-for-this-gateway';
  });
  expect(await waitForStatus(page, 'needs-you')).toEqual({
    status: 'needs-you',
    cause: 'gateway-secret-mismatch',
  });
  for (let i = 0; i < 3; i += 1) await wakeAnew(ext, page, 'needs-you');
  expect((await judgedSince(gateway, since)).map(({ authReason }) => authReason)).toEqual([
    'device_token_mismatch',
    'token_mismatch',
  ]);
});

test(
  'locked out: the deadline is honoured over worker death and gateway restart',
  LONG,
  async ({ ext, makeGateway }) => {
    // That of the other tests does not lock anybody out.
    const gateway = await makeGateway();
    const page = await pairAndApprove(ext, gateway);
    await page.getByRole('button', { name: /^pause/i }).click();
    await waitForStatus(page, 'paused');
    await provokeRateLimit(gateway.url);
    const since = await connectsSoFar(gateway);
    await page
      .getByRole('button', { name: /resume/i })
      .first()
      .click();
    expect(await waitForStatus(page, 'limited')).toEqual({ status: 'limited', cause: 'rate-limited' });
    await expect.poll(async () => (await ext.badge()).text).toBe('wait');
    // What a killed gateway had not written down yet is lost.
    await gateway.logIsWhole();
    await gateway.stop('SIGKILL');
    await gateway.start();
    await gateway.ready();
    for (let i = 0; i < 3; i += 1) await wakeAnew(ext, page, 'limited');
    expect((await judgedSince(gateway, since)).map(({ authReason }) => authReason)).toEqual(['rate_limited']);
  },
);

test('a gateway that wants a secret nobody gave it says so', LONG, async ({ ext, gateway }) => {
  const since = await connectsSoFar(gateway);
  const page = await ext.openPopupInTab();
  await page.getByTestId('pairing-link').fill(gateway.url);
  const field = page.getByTestId('gateway-secret');
  await expect(field).toHaveAttribute('aria-invalid', 'false');
  await page.getByTestId('connect').click();
  // The answer to the click: with it nothing is on its way.
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('.problem')).toBeVisible();
  expect((await status(page)).status).toBe('not-set-up');
  expect(await judgedSince(gateway, since)).toEqual([]);
});

test('a refusal that nobody knows is shown in the gateway’s own words, and ends the trying', async ({
  ext,
}) => {
  // No real gateway says this; one of next year may.
  let connects = 0;
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => {
    socket.send(
      JSON.stringify({ type: 'event', event: 'connect.challenge', payload: { nonce: 'n', ts: Date.now() } }),
    );
    socket.on('message', (text) => {
      const { id } = JSON.parse(String(text));
      connects += 1;
      const error = {
        code: 'INVALID_REQUEST',
        message: 'the pigeon\u202e did not return',
        details: { code: 'AUTH_BY_PIGEON' },
      };
      socket.send(JSON.stringify({ type: 'res', id, ok: false, error }));
      socket.close(1008, error.message);
    });
  });
  await new Promise((done) => server.once('listening', done));
  try {
    const { port } = server.address() as { port: number };
    const page = await ext.openPopupInTab();
    await pair(page, `ws://127.0.0.1:${port}#some-gateway-secret`);
    expect(await waitForStatus(page, 'needs-you')).toEqual({ status: 'needs-you', cause: 'unknown-refusal' });
    await expect(page.locator('body')).toContainText(/the pigeon\s+did not return/);
    await wakeAnew(ext, page, 'needs-you');
    expect(connects).toBe(1);
  } finally {
    for (const client of server.clients) client.terminate();
    await new Promise((done) => server.close(done));
  }
});

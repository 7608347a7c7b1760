/**
 * Somebody else at a known gateway's address. The protocol sends the credential after a challenge that proves nothing,
 * so what arrives there is written down here exactly, and what it is good for is tried at the real gateway.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import WebSocket from 'ws';
import { tryHandshake } from '../../harness/gateway/admission.ts';
import { COPILOT, connectText, EXTENSION_ORIGIN, newIdentity } from '../../harness/gateway/identity.ts';
import { everythingStored, ownDeviceId } from '../../harness/observe.ts';
import { until } from '../../harness/process/wait.ts';
import { startLookAlike, type Visit } from '../../harness/servers/look-alike.ts';
import { selfSigned } from '../../harness/servers/self-signed.ts';
import { approve, expect, LONG, pair, status, test, waitForStatus } from './fixtures.ts';
import { wakeAnew } from './wake.ts';

/** The headers that a server could know somebody by, or that carry what only we know. */
const telling = ({ method, path, headers, body }: Visit) => {
  const { cookie, authorization, referer, 'sec-websocket-protocol': protocols } = headers;
  return { method, path, body, cookie, authorization, referer, protocols };
};
const NOTHING = {
  body: '',
  cookie: undefined,
  authorization: undefined,
  referer: undefined,
  protocols: undefined,
};

/** Answers a gateway's challenge with whatever `answer` makes of it. Resolves to the detail code of the refusal. */
function knockWith(
  url: string,
  answer: (challenge: { nonce: string; ts: number }) => string,
): Promise<string> {
  return new Promise((done, failed) => {
    // A program can claim any origin.
    const socket = new WebSocket(url, { origin: EXTENSION_ORIGIN });
    socket.once('error', failed);
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      if (frame.event === 'connect.challenge') socket.send(answer(frame.payload));
      else if (frame.type === 'res') {
        done(frame.ok ? 'admitted' : (frame.error?.details?.code ?? frame.error?.message));
        socket.close();
      }
    });
  });
}

test(
  'a look-alike on the gateway’s port: what it is told, what that is good for, and what it never gets',
  LONG,
  async ({ ext, gateway }) => {
    const page = await ext.openPopupInTab();
    await pair(page, `http://127.0.0.1:${gateway.port}/#token=${gateway.token}`);
    await waitForStatus(page, 'approval');
    await approve(page, gateway);
    await waitForStatus(page, 'healthy');
    const deviceId = await ownDeviceId(ext);
    // The user wants to be asked before a repair.
    const options = await ext.open('src/pages/options/index.html');
    await options.getByTestId('repairs-by-itself').uncheck();
    await expect
      .poll(() =>
        ext.evaluate(async () => {
          const { settings } = await (globalThis as any).chrome.storage.local.get('settings');
          return settings?.value.repairsByItself;
        }, null),
      )
      .toBe(false);
    await options.close();
    await gateway.stop('SIGKILL');

    // It says nothing, and is told nothing. Where it sends our knock, nothing that is ours goes along, and no socket.
    const elsewhere = await startLookAlike(0);
    // The last children of a gateway that was killed may hold its port for a moment.
    const lookAlike = await until(15_000, 'the port of the gateway', () =>
      startLookAlike(gateway.port, `http://127.0.0.1:${elsewhere.port}/elsewhere`).catch(() => null),
    );
    await expect.poll(async () => (await status(page)).cause).toBe('gateway-mute');
    expect(lookAlike.connects).toEqual([]);
    expect(lookAlike.visits.length).toBeGreaterThan(0);
    for (const visit of lookAlike.visits) {
      expect(telling(visit)).toEqual({ ...NOTHING, method: 'GET', path: '/' });
    }
    for (const visit of elsewhere.visits) {
      expect(telling(visit)).toEqual({ ...NOTHING, method: 'GET', path: '/elsewhere' });
    }
    expect(elsewhere.visits.length).toBeGreaterThan(0);
    expect(elsewhere.upgrades).toEqual([]);

    // It challenges: the device token goes out, once, and not the secret.
    lookAlike.manner = 'refusing';
    expect((await waitForStatus(page, 'needs-you')).cause).toBe('device-token-mismatch');
    expect(lookAlike.connects).toHaveLength(1);
    const [first] = lookAlike.connects;
    expect(Object.keys(first.auth)).toEqual(['deviceToken']);
    expect(first.device.id).toBe(deviceId);
    expect(JSON.stringify(first)).not.toContain(gateway.token);
    await wakeAnew(ext, page, 'needs-you');
    expect(lookAlike.connects).toHaveLength(1);

    // The user says to go on: the secret goes out, once. This is what the user was asked about.
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(async () => (await status(page)).cause).toBe('gateway-secret-mismatch');
    expect(lookAlike.connects).toHaveLength(2);
    expect(lookAlike.connects[1].auth).toEqual({ token: gateway.token, password: gateway.token });
    await wakeAnew(ext, page, 'needs-you');
    expect(lookAlike.connects).toHaveLength(2);
    expect(lookAlike.others).toEqual([]);
    // Nothing but these frames carried anything: no address, no header, no sub-protocol.
    for (const visit of lookAlike.upgrades) {
      expect(telling(visit)).toEqual({ ...NOTHING, method: 'GET', path: '/' });
    }
    await lookAlike.close();
    await elsewhere.close();

    // What is a stolen device token good for at the real gateway, without our key? Nothing.
    await gateway.start();
    await gateway.ready();
    const replay = () => JSON.stringify({ type: 'req', id: 'connect', method: 'connect', params: first });
    expect(await knockWith(gateway.url, replay)).toBe('DEVICE_AUTH_NONCE_MISMATCH');
    const thief = (identity: ReturnType<typeof newIdentity>, claimed?: string) =>
      knockWith(gateway.url, (challenge) =>
        connectText(
          {
            profile: COPILOT,
            identity,
            credential: { field: 'deviceToken', value: 'stolen', secret: first.auth.deviceToken },
            ...(claimed && { deviceId: claimed }),
          },
          challenge,
        ),
      );
    expect(await thief(newIdentity())).toBe('AUTH_DEVICE_TOKEN_MISMATCH');
    expect(await thief(newIdentity(), deviceId)).toBe('DEVICE_AUTH_DEVICE_ID_MISMATCH');
    // And a stolen gateway secret? Everything: it is the gateway's own, and has to be changed there.
    expect(await tryHandshake(gateway.url, { token: gateway.token })).toMatchObject({ admitted: true });
  },
);

test('what a hostile gateway says is text on every page, and a secret in it is masked', async ({ ext }) => {
  const lookAlike = await startLookAlike(0);
  lookAlike.manner = 'refusing';
  lookAlike.words = ({ auth }) =>
    `wrong ${auth.token} \u202e<img src=x onerror="globalThis.owned=1"> [link](https://evil.example) \u0007`;
  const secret = 'Xk29fPq7Lm4Zt8Rw3Vb6Ny1C';
  try {
    const popup = await ext.openPopupInTab();
    await pair(popup, `ws://127.0.0.1:${lookAlike.port}/#token=${secret}`);
    expect((await waitForStatus(popup, 'needs-you')).cause).toBe('unknown-refusal');
    expect(lookAlike.connects[0].auth.token).toBe(secret);
    await expect(popup.locator('body')).toContainText('<img src=x onerror=');
    const pages = [popup];
    for (const name of ['doctor', 'history', 'options', 'others', 'welcome']) {
      pages.push(await ext.open(`src/pages/${name}/index.html`));
    }
    for (const page of pages) {
      await page.waitForFunction(() => (document.getElementById('app')?.textContent ?? '') !== '');
      expect(await page.evaluate(() => document.querySelector('img[src=x], a[href*=evil]'))).toBe(null);
      expect(await page.evaluate(() => 'owned' in globalThis)).toBe(false);
      const shown = await page.content();
      expect(shown).not.toContain(secret);
      expect(shown).not.toMatch(/\u202e/);
    }
    expect((await ext.badge()).title).not.toContain(secret);
    expect(await everythingStored(ext)).not.toContain(secret);
  } finally {
    await lookAlike.close();
  }
});

test('an encrypted address with a certificate that nobody trusts is told nothing at all', async ({ ext }) => {
  let requests = 0;
  const server = createServer(selfSigned(), (_, response) => response.end());
  server.on('request', () => (requests += 1)).on('upgrade', () => (requests += 1));
  const refused = new Promise((done) => server.once('tlsClientError', done));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const { port } = server.address() as AddressInfo;
    const page = await ext.openPopupInTab();
    await pair(page, `wss://127.0.0.1:${port}/#token=Xk29fPq7Lm4Zt8Rw3Vb6Ny1C`);
    await refused;
    await waitForStatus(page, ['down', 'reconnecting']);
    expect(requests).toBe(0);
  } finally {
    server.close();
  }
});

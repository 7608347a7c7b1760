/** Lines 1 to 3 of the main job: paste and pair, be a paired device, wait for approval. */
import encodeQR from 'qr';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { freePort, type Gateway } from '../../harness/gateway/openclaw.ts';
import {
  connectsSince,
  connectsSoFar,
  everythingStored,
  ownDeviceId,
  publicKeys,
  requestsOf,
} from '../../harness/observe.ts';
import {
  approve,
  atUsualPort,
  expect,
  LONG,
  pair,
  pairAndApprove,
  remedyCommand,
  runRemedy,
  status,
  test,
  waitForStatus,
} from './fixtures.ts';

/** By the very commands that a user types; what these do, the owner of the other tests asks for by himself. */
test('a setup code: paste, approve, connected; the gateway sees one read-only device', async ({
  ext,
  gateway,
}) => {
  const since = await connectsSoFar(gateway);
  const code = await gateway.printedSetupCode();
  const page = await ext.openPopupInTab();
  expect(await waitForStatus(page, 'not-set-up')).toEqual({ status: 'not-set-up', cause: null });
  await expect.poll(async () => (await ext.badge()).text).toBe('+');

  await pair(page, `  "${code}"\n`);
  expect(await waitForStatus(page, 'approval')).toEqual({ status: 'approval', cause: 'not-paired' });
  await expect.poll(async () => (await ext.badge()).text).toBe('ask');
  const deviceId = await ownDeviceId(ext);
  const requests = await requestsOf(gateway, deviceId);
  expect(requests).toHaveLength(1);
  expect(await remedyCommand(page)).toBe(`openclaw devices approve ${requests[0]}`);

  await runRemedy(page, gateway);
  await waitForStatus(page, 'healthy');
  await expect.poll(async () => (await ext.badge()).text).toBe('');
  await expect.poll(async () => (await ext.badge()).title).toMatch(/connected/i);

  const listed = await gateway.cli('devices', 'list', '--json');
  const { paired } = JSON.parse(listed.slice(listed.indexOf('{')));
  const device = paired.find((each: { deviceId: string }) => each.deviceId === deviceId);
  expect(device).toMatchObject({
    clientId: 'openclaw-browser-copilot',
    clientMode: 'ui',
    displayName: 'Relay Health',
    platform: 'browser-extension',
    role: 'operator',
    scopes: ['operator.read'],
  });
  const auths = (await connectsSince(gateway, since))
    .filter(({ accepted }) => accepted)
    .map(({ auth }) => auth);
  expect(auths).toEqual(['bootstrap-token']);
});

test('the request stays the same while it waits, also over the death of the worker', async ({
  ext,
  gateway,
}) => {
  const since = await connectsSoFar(gateway);
  const page = await ext.openPopupInTab();
  await pair(page, await gateway.setupCode());
  await waitForStatus(page, 'approval');
  const command = await remedyCommand(page);
  const refusals = async () =>
    (await connectsSince(gateway, since)).filter(({ cause }) => cause === 'pairing-required').length;
  await expect.poll(refusals).toBeGreaterThanOrEqual(2);
  await ext.stopWorker();
  await expect.poll(refusals).toBeGreaterThanOrEqual(3);
  expect(await remedyCommand(page)).toBe(command);
  // Other tests may have left requests of theirs: only this device's count.
  const requests = await requestsOf(gateway, await ownDeviceId(ext));
  expect(requests.map((requestId) => `openclaw devices approve ${requestId}`)).toEqual([command]);
  // Approved while the worker is dead: nothing but the popup's presence brings it back.
  await ext.stopWorker();
  await approve(page, gateway);
  await waitForStatus(page, 'healthy');
});

test('an approval command is copied with its button, exactly', async ({ ext, gateway }) => {
  const page = await ext.openPopupInTab();
  await pair(page, await gateway.setupCode());
  await waitForStatus(page, 'approval');
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.documentElement.dataset.copied = text;
    };
  });
  await page.getByRole('button', { name: /copy/i }).first().click();
  await expect(page.locator('html')).toHaveAttribute('data-copied', await remedyCommand(page));
});

test.describe('the gateway secret, in every form that OpenClaw prints', () => {
  const forms: Record<string, (gateway: Gateway) => string> = {
    'dashboard link': ({ port, token }) => `http://127.0.0.1:${port}/#token=${token}`,
    'dashboard link of old versions': ({ port, token }) => `http://localhost:${port}/?token=${token}`,
    'address with secret': ({ url, token }) => `${url}#${token}`,
  };
  for (const [form, textOf] of Object.entries(forms)) {
    test(form, form === 'dashboard link' ? {} : LONG, async ({ ext, gateway }) => {
      const page = await ext.openPopupInTab();
      await pair(page, textOf(gateway));
      await waitForStatus(page, 'approval');
      await approve(page, gateway);
      await waitForStatus(page, 'healthy');
      await expectNoSecretAtRest(ext, gateway);
      // What was pasted has left the screen with its success.
      expect(await page.content()).not.toContain(gateway.token);
    });
  }

  test('an address, and the secret in the second field', async ({ ext, gateway }) => {
    const page = await ext.openPopupInTab();
    await pair(page, gateway.url, { secret: gateway.token });
    await waitForStatus(page, 'approval');
    await approve(page, gateway);
    await waitForStatus(page, 'healthy');
  });
});

test('a picture of a QR code in the clipboard is as good as its text', async ({ ext, gateway }) => {
  const page = await ext.openPopupInTab();
  const paste = (svg: string) =>
    page.getByTestId('pairing-link').evaluate(async (field, source) => {
      const image = new Image();
      image.src = `data:image/svg+xml;base64,${btoa(source)}`;
      await image.decode();
      const canvas = new OffscreenCanvas(600, 600);
      canvas.getContext('2d')?.drawImage(image, 0, 0, 600, 600);
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([await canvas.convertToBlob()], 'qr.png', { type: 'image/png' }));
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, svg);
  await paste(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#fff"/></svg>',
  );
  await expect(page.getByText(/no readable QR code/i)).toBeVisible();

  const code = await gateway.setupCode();
  await paste(encodeQR(code, 'svg', { border: 4 }));
  // [P11] It goes by itself.
  await waitForStatus(page, 'approval');
});

test(
  'first run: says whether a gateway is there, and a bare secret is meant for that one',
  LONG,
  async ({ launch, makeGateway }) => {
    const port = await freePort();
    const ext = await launch({ mapped: atUsualPort(port) });
    const page = await ext.openPopupInTab();
    const found = page.getByTestId('found-gateway');
    await expect(found).toHaveAttribute('data-found', 'nothing');
    await expect(page.getByTestId('start-command')).toHaveText('openclaw gateway start');
    const gateway = await makeGateway({ port });
    await expect(found).toHaveAttribute('data-found', 'gateway');
    await pair(page, gateway.token);
    await waitForStatus(page, 'approval');
    await approve(page, gateway);
    await waitForStatus(page, 'healthy');
  },
);

test('the identity cannot be exported, and no credential lies about in clear text', async ({
  ext,
  gateway,
}) => {
  await pairAndApprove(ext, gateway);
  await expectNoSecretAtRest(ext, gateway);
  const keys = await publicKeys(ext);
  expect(keys.map(({ name }) => name.split(':')[0]).sort()).toEqual(['device', 'sealing']);
  expect(keys.every(({ isExtractable }) => !isExtractable)).toBe(true);
});

test('pairing goes through the toolbar popup as well', async ({ ext, gateway }) => {
  const popup = await ext.popup();
  await pair(popup, await gateway.setupCode());
  await waitForStatus(popup, 'approval');
  await approve(popup, gateway);
  await waitForStatus(popup, 'healthy');
});

async function expectNoSecretAtRest(ext: ExtensionBrowser, gateway: Gateway): Promise<void> {
  const stored = await everythingStored(ext);
  expect(stored).not.toContain(gateway.token);
  expect(stored).not.toMatch(/bootstrapToken|deviceToken":"/);
  // What is there must be the sealed form.
  expect(stored).toMatch(/credential:[^"]+:device-token/);
}

test('refused beside the field: nothing stored, nothing sent', async ({ ext, gateway }) => {
  const texts: Record<string, string> = {
    nothing: '   ',
    'a sentence': 'please connect me to my gateway',
    'something huge': 'x'.repeat(200_000),
    'a damaged setup code': 'eyJ1cmwiOiJ3czovLzEyNy4wLjAuMT',
    'plain ws:// to a public host': `ws://gateway.example.com:18789#${gateway.token}`,
    'a relay pairing string': `ws://127.0.0.1:${gateway.port}/browser/extension#${'ab'.repeat(32)}`,
    'an owner bootstrap link': `http://127.0.0.1:${gateway.port}/#bootstrapToken=abcdefghijklmnop&bootstrapProfile=owner`,
    'a join link': `http://127.0.0.1:${gateway.port}/j/abcdefghijklmnopqrstuv`,
    'a deep link': 'openclaw://gateway?host=127.0.0.1&port=18789',
    'the command instead of its output': 'openclaw qr --setup-code-only',
  };
  for (const [what, text] of Object.entries(texts)) {
    await test.step(what, async () => {
      const since = await connectsSoFar(gateway);
      const page = await ext.openPopupInTab();
      const field = page.getByTestId('pairing-link');
      await field.fill(text);
      const button = page.getByTestId('connect');
      if (await button.isEnabled()) await button.click();
      // The sentence is tied to the field, for eyes and for screen readers.
      const described = await field.getAttribute('aria-describedby');
      const sentence = page.locator(`#${described?.split(' ').at(-1)}`);
      await expect(sentence).toHaveText(/\w+ \w+ \w+/);
      expect(await status(page)).toEqual({ status: 'not-set-up', cause: null });
      // Of the browser, the colours alone.
      const { scheme: _, ...ours } = JSON.parse(await everythingStored(ext));
      expect(ours).toEqual({});
      expect(await connectsSince(gateway, since)).toEqual([]);
      await page.close();
    });
  }
});

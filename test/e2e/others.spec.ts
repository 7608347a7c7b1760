/** Other clients of the same gateway: named exactly, none of them ours, gone when cured; and only where the user allowed it. */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { connectLive, connectOnce } from '../../harness/gateway/client.ts';
import { type Attempt, type Credential, newIdentity } from '../../harness/gateway/identity.ts';
import { everythingStored } from '../../harness/observe.ts';
import { startRemoteProxy } from '../../harness/servers/remote-proxy.ts';
import { expect, pairAndApprove } from './fixtures.ts';
import { click, endWarmUp, shown, test, told, watch } from './notifying.ts';

const PAGE = 'src/pages/others/index.html';
const DOCTOR = 'src/pages/doctor/index.html';
const HISTORY = 'src/pages/history/index.html';
const OPTIONS = 'src/pages/options/index.html';

/** What a log may hold of what people say and keep. None of it may get anywhere. */
const CANARIES = ['canary-of-a-secret-4f1c9a0b', 'canary of a chat', 'canary of a prompt'];

/** Every client that the page names: whose, why, and how it stands. */
const named = (page: Page): Promise<string[]> =>
  page
    .getByTestId('other-client')
    .evaluateAll((all) =>
      all.map(({ dataset }) => `${dataset.client} ${dataset.cause} ${dataset.standing}`).sort(),
    );

/** What a page saves as a file at this click. */
async function saved(page: Page, testId: string): Promise<string> {
  const started = page.waitForEvent('download');
  await page.getByTestId(testId).click();
  return readFile(await (await started).path(), 'utf8');
}

const attemptOf = (id: string, mode: string, more: Partial<Attempt> = {}): Attempt => ({
  profile: { id, mode, caps: [] },
  identity: newIdentity(),
  origin: null,
  extra: { client: { id, mode, displayName: 'box', version: '2026.8.1', platform: 'linux' } },
  ...more,
});

test('a command line that waits, a terminal with an old secret, a node with an old device token', async ({
  notifying: ext,
  makeGateway,
}) => {
  const gateway = await makeGateway({ started: false });
  await gateway.configure((config) => {
    config.gateway.trustedProxies = ['127.0.0.1'];
  });
  await gateway.start();
  await gateway.ready();
  const proxy = await startRemoteProxy(gateway.port);
  try {
    await endWarmUp(ext);
    await ext.stopWorker();
    await ext.startWorker();
    await watch(ext);
    const popup = await pairAndApprove(ext, gateway);
    const options = await ext.open(OPTIONS);
    await options.getByTestId('counts-others').check();
    await options.getByTestId('notify-level').getByLabel('Only what I must act on').check();
    await options.getByTestId('notify-others').check();
    for (const canary of CANARIES) {
      const facts = { cause: 'unauthorized', handshake: 'failed', host: canary, clientDisplayName: canary };
      for (const said of [canary, facts])
        await appendFile(
          join(gateway.home, 'openclaw.log'),
          `${JSON.stringify({ '0': '{"subsystem":"agent"}', '1': said, '2': canary, time: new Date().toISOString() })}\n`,
        );
    }
    const page = await ext.open(PAGE);
    await expect(page.getByTestId('others-consent')).toHaveAttribute('data-on', 'false');
    expect(await everythingStored(ext)).not.toContain('others:');
    await expect(popup.getByTestId('others')).toHaveCount(0);
    await page.getByTestId('others-consent').locator('button').click();
    // Our own attempts were refused until we were approved.
    await expect(page.getByTestId('refused')).toHaveAttribute('data-count', '0');

    const right: Credential = { field: 'token', value: 'gateway secret', secret: gateway.token };
    const wrong: Credential = { field: 'token', value: 'wrong', secret: CANARIES[0] ?? '' };
    const cli = attemptOf('cli', 'cli', { credential: right });
    await connectOnce(proxy.url, cli);
    await connectOnce(proxy.url, cli);
    await connectOnce(proxy.url, attemptOf('openclaw-tui', 'ui', { credential: wrong }));
    const node = attemptOf('node-host', 'node', { credential: right, role: 'node', scopes: [] });
    const { deviceId } = node.identity as NonNullable<typeof node.identity>;
    await connectOnce(proxy.url, node);
    await gateway.asOwner((owner) => owner.approve(deviceId));
    const { hello } = await connectOnce(proxy.url, node);
    await gateway.asOwner((owner) => owner.ask('device.token.rotate', { deviceId, role: 'node' }));
    const old: Credential = { field: 'deviceToken', value: 'old', secret: hello.auth.deviceToken };
    await connectOnce(proxy.url, { ...node, credential: old });
    await expect
      .poll(() => named(page))
      .toEqual([
        'node device-token-mismatch refused',
        'node not-paired approved',
        'tui gateway-secret-mismatch refused',
        'unknown not-paired refused',
      ]);
    const waiting = page.locator('[data-testid=other-client][data-client=unknown]');
    await expect(waiting).toContainText('192.0.2.7');
    await expect(popup.getByTestId('others')).toHaveAttribute('data-refused', '3');

    // A notification tells of them, in no words of theirs; a click leads to the card, and approves nothing.
    const [notification = ''] = await shown(ext);
    expect(notification).toMatch(/^others:/);
    const [telling, ...more] = await told(ext);
    expect(telling).toMatch(
      /^Another client is rejected \| (?:Command line, node or app|Terminal UI \(TUI\)|Node) at Your gateway: /,
    );
    expect(more).toEqual([]);
    await click(ext, notification);
    await expect(page).toHaveURL(/#client-\d+$/);
    await expect(page.locator(new URL(page.url()).hash)).toBeVisible();
    expect((await gateway.devices()).pending.map(({ deviceId }) => deviceId)).toContain(
      cli.identity?.deviceId,
    );
    expect(await ext.badge()).toMatchObject({ text: '3', title: expect.stringContaining('rejected: 3') });

    // What the card says is what cures it; nobody is told of an approval that was none.
    const command = await waiting.getByTestId('explained-command').innerText();
    const [requestId = ''] = /[\da-f]{8}-[\da-f-]{27}/.exec(command) ?? [];
    await gateway.approve(requestId);
    await expect.poll(() => named(page)).toContain('unknown not-paired approved');
    const [there, { error }] = await connectLive(proxy.url, node);
    expect(error).toBe(null);
    await expect.poll(() => named(page)).toContain('node device-token-mismatch connected');
    await expect(page.getByTestId('here')).toContainText('box');
    await expect(popup.getByTestId('others')).toHaveAttribute('data-refused', '1');
    there.leave();
    await expect(page.getByTestId('left')).toBeVisible();

    const doctor = await ext.open(DOCTOR);
    await expect(doctor.getByTestId('report')).toContainText('tui | gateway-secret-mismatch');
    const pages = await Promise.all([popup, page, doctor].map((each) => each.content()));
    const report = await doctor.getByTestId('report').innerText();
    expect(report).not.toContain('192.0.2.7');
    expect(report).not.toContain('box');
    const history = await ext.open(HISTORY);
    await expect(history.getByTestId('others').locator('li')).toHaveCount(4);
    const files = [
      await saved(history, 'export-json'),
      await saved(history, 'export-csv'),
      await saved(options, 'export'),
    ];
    const tellings = [...(await told(ext)), (await ext.badge()).title];
    for (const text of [
      await everythingStored(ext),
      ...pages,
      ...files,
      ...tellings,
      await history.content(),
    ])
      for (const canary of CANARIES) expect(text).not.toContain(canary);

    await page.getByTestId('others-end').locator('summary').click();
    await page.getByTestId('others-consent').locator('button').click();
    await expect(page.getByTestId('others-consent')).toHaveAttribute('data-on', 'false');
    expect(await everythingStored(ext)).not.toContain('others:');
    await expect(page.getByTestId('other-client')).toHaveCount(0);
  } finally {
    await proxy.close();
  }
});

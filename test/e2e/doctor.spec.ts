/** The doctor's page: what it says while all is well, and that it says something true while nothing works. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { deviceToken } from '../../harness/observe.ts';
import { BUILD } from '../../harness/process/build.ts';
import { approve, expect, LONG, pair, test, waitForStatus } from './fixtures.ts';

const PAGE = 'src/pages/doctor/index.html';

/** A page of the doctor whose run is over. */
async function doctor(ext: ExtensionBrowser): Promise<Page> {
  const page = await ext.open(PAGE);
  await settled(page);
  return page;
}

const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.documentElement.dataset.run === 'done');

/** Clicks, and waits for the run that this begins to end. */
async function runAgain(page: Page): Promise<void> {
  const before = await page.evaluate(() => document.documentElement.dataset.runEndedAt);
  await page.getByTestId('run-again').click();
  await page.waitForFunction((endedAt) => {
    const { run, runEndedAt } = document.documentElement.dataset;
    return run === 'done' && runEndedAt !== endedAt;
  }, before);
}

/** Every step with what came of it: `pass`, or `fail gateway-unreachable`. */
const steps = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-check]')].map(({ dataset }) => [
        dataset.check,
        [dataset.result, dataset.because].filter(Boolean).join(' '),
      ]),
    ),
  );

const verdict = (page: Page): Promise<string[]> =>
  page
    .getByTestId('verdict')
    .evaluate(({ dataset }: HTMLElement) => [
      dataset.diagnosis ?? '?',
      dataset.location ?? '?',
      dataset.remedy ?? '?',
    ]);

/** Stands before a gateway that others use, too: for us it can go away and come back. */
class Door {
  #server: Server | null = null;
  readonly #sockets = new Set<Socket>();
  port = 0;

  async open(to: number): Promise<void> {
    const server = createServer((client) => {
      const gateway = connect(to, '127.0.0.1');
      for (const socket of [client, gateway]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.#sockets.delete(socket);
          client.destroy();
          gateway.destroy();
        });
      }
      client.pipe(gateway).pipe(client);
    });
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
    this.#server = server;
    this.port = (server.address() as { port: number }).port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => (server ? server.close(done) : done(null)));
    this.#server = null;
  }
}

/** A worker that dies under the page is woken by it; one that never answers is the verdict. */
async function loseWorker(ext: ExtensionBrowser, page: Page): Promise<void> {
  await ext.stopWorker();
  await runAgain(page);
  expect((await steps(page))['EXT-WORKER']).toBe('pass');
  await expect.poll(() => verdict(page)).toEqual(['', '', '']);

  // What a page meets when the worker cannot start: nobody answers, ever.
  await page.addInitScript(() => {
    const { runtime } = (globalThis as any).chrome;
    runtime.connect = () => {
      throw new Error('no worker');
    };
    runtime.sendMessage = () => new Promise(() => {});
  });
  await page.reload();
  await settled(page);
  expect(await verdict(page)).toEqual(['worker-silent', 'browser', '']);
  expect(await steps(page)).toMatchObject({
    'EXT-WORKER': 'fail worker-silent',
    'EXT-STORAGE': 'pass',
    'EXT-IDENTITY': 'pass',
    'NET-LISTEN': 'pass',
    'GW-LIVES': 'skip EXT-WORKER',
    'RL-EXISTS': 'skip EXT-WORKER',
  });
}

test(
  'all well, then the gateway goes and comes back, then the worker dies: verdict, steps and report follow',
  LONG,
  async ({ ext, gateway }) => {
    const door = new Door();
    await door.open(gateway.port);
    try {
      const popup = await ext.openPopupInTab();
      await pair(popup, `ws://127.0.0.1:${door.port}#${gateway.token}`);
      await waitForStatus(popup, 'approval');
      await approve(popup, gateway);
      await waitForStatus(popup, 'healthy');
      const opened = ext.context.waitForEvent('page');
      await popup.getByTestId('open-doctor').click();
      const page = await opened;
      await settled(page);
      expect(await verdict(page)).toEqual(['', '', '']);
      const {
        'RL-EXISTS': _,
        'RL-ANSWERS': __,
        'RL-KEY': ___,
        'RL-ATTACHED': ____,
        ...ofGateway
      } = await steps(page);
      expect(ofGateway).toEqual({
        'EXT-WORKER': 'pass',
        'EXT-STORAGE': 'pass',
        'EXT-IDENTITY': 'pass',
        'NET-ONLINE': 'skip not-applicable',
        'NET-LISTEN': 'pass',
        'NET-HTTP': 'skip needs-permission',
        'GW-SPEAKS': 'pass',
        'GW-READY': 'pass',
        'GW-ADMITS': 'pass',
        'GW-ACCEPTS': 'pass',
        'GW-APPROVED': 'pass',
        'GW-LIVES': 'pass',
        'GW-CLOCK': 'pass',
        'GW-STAYS': 'pass',
      });
      await expect(page.locator('[data-check^="RL-"][data-result="fail"]')).toHaveCount(0);

      await ext.context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByTestId('copy-report').click();
      const shown = (await page.getByTestId('report').textContent()) ?? '';
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
      expect(shown).toContain('| GW-LIVES | pass |');
      expect(shown).toContain(`ws://gateway-1:${door.port}`);
      expect(shown).not.toContain('127.0.0.1');
      await page.getByTestId('include-hosts').check();
      await expect(page.getByTestId('report')).toContainText(`ws://127.0.0.1:${door.port}`);
      const everything = (await page.getByTestId('report').textContent()) + (await page.content()) + shown;
      for (const secret of [gateway.token, await deviceToken(ext)]) {
        expect(secret.length).toBeGreaterThan(20);
        expect(everything).not.toContain(secret);
      }

      await door.close();
      await waitForStatus(popup, ['reconnecting', 'down']);
      await expect.poll(() => verdict(page)).toEqual(['gateway-unreachable', 'gateway', 'gateway-status']);
      await runAgain(page);
      expect(await verdict(page)).toEqual(['gateway-unreachable', 'gateway', 'gateway-status']);
      expect(await steps(page)).toMatchObject({
        'EXT-WORKER': 'pass',
        'EXT-IDENTITY': 'pass',
        'NET-LISTEN': 'fail gateway-unreachable',
        'GW-SPEAKS': 'skip NET-LISTEN',
        'RL-EXISTS': 'skip NET-LISTEN',
      });
      await expect(page.locator('[data-step="listens"]')).toHaveAttribute('data-result', 'fail');
      await page.locator('[data-question="gateway_runs"] button').first().click();
      await expect(page.locator('[data-question="gateway_runs"] .conclusion')).toBeVisible();

      await door.open(gateway.port);
      await waitForStatus(popup, 'healthy');
      await runAgain(page);
      expect(await verdict(page)).toEqual(['', '', '']);
      await popup.close();
      await loseWorker(ext, page);
    } finally {
      await door.close();
    }
  },
);

test('nothing set up: this browser is checked, and nobody is asked anything', async ({ ext }) => {
  const page = await doctor(ext);
  expect(await verdict(page)).toEqual(['', '', '']);
  expect(await steps(page)).toMatchObject({
    'EXT-WORKER': 'pass',
    'EXT-STORAGE': 'pass',
    'EXT-IDENTITY': 'skip not-set-up',
    'NET-LISTEN': 'skip not-set-up',
    'RL-ATTACHED': 'skip not-set-up',
  });
  await expect(page.getByTestId('report')).toContainText('no gateway');
  await runAgain(page);
  expect((await steps(page))['EXT-WORKER']).toBe('pass');
});

test('with the permission for its host, a gateway says itself what it is and how it does', async ({
  launch,
  gateway,
}) => {
  // The browser's own question cannot be answered by a test: this build was given what it asks for.
  const allowed = await mkdtemp(join(tmpdir(), 'relay-health-allowed-'));
  try {
    await cp(BUILD, allowed, { recursive: true });
    const file = join(allowed, 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...manifest, host_permissions: ['http://127.0.0.1/*'] }));
    const ext = await launch({ extensionPath: allowed });
    const popup = await ext.openPopupInTab();
    await pair(popup, `${gateway.url}#${gateway.token}`);
    await waitForStatus(popup, 'approval');
    const page = await doctor(ext);
    expect((await steps(page))['NET-HTTP']).toBe('pass');
    await expect(page.locator('[data-check="NET-HTTP"]')).toContainText(`started, ${gateway.version}`);
    await expect(page.getByTestId('report')).toContainText(`started, ${gateway.version}`);
  } finally {
    await rm(allowed, { recursive: true, force: true });
  }
});

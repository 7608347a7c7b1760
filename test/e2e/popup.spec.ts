/** The popup with a worker that the test plays: what fits, what is bound to its gateway, and how old it is. */
import type { Page } from '@playwright/test';
import { seeded } from '../../labs/bench/stored-past.ts';
import { CODE_OF_BEARING } from '../../labs/gallery/scenes/statuses.ts';
import { CAUSES, causeOf } from '../../src/gateway/causes.ts';
import type { GatewayStatus } from '../../src/gateway-status.ts';
import { bearingOf, isRelayFault, RELAY_CAUSES, type RelayCause } from '../../src/relay/causes.ts';
import { expect, test } from './fixtures.ts';
import { liveStatus, PlayedWorker } from './played-worker.ts';

const PAGE = 'src/popup/index.html';
const REQUEST_ID = 'b42117a9-6ec2-4313-a3d7-103cd3ae745e';
/** As high as a browser lets a popup become. */
const HIGHEST = 600;

const relayOf = (cause: RelayCause): GatewayStatus['relay'] => ({
  ...liveStatus().relay,
  cause,
  bearing: bearingOf(cause),
  generation: 'v2',
  address: 'ws://127.0.0.1:18799/extension',
  isExpected: true,
  isKeyHeld: true,
});

/** One of every card that there is. */
const cards = (): [name: string, status: GatewayStatus][] => [
  ...CAUSES.map((cause): [string, GatewayStatus] => {
    const { bearing, unblock } = causeOf(cause);
    const code = CODE_OF_BEARING[bearing];
    return [
      `${code} ${cause}`,
      liveStatus({
        code,
        cause,
        nextTryAt: Date.now() + 24_000,
        requestId: bearing === 'approval' ? REQUEST_ID : null,
        closeCode: 1008,
        words: 'unauthorized: gateway token mismatch (open the dashboard and paste the token)',
        canTryAgain: unblock === 'try-again',
      }),
    ];
  }),
  ...RELAY_CAUSES.filter(isRelayFault).map((cause): [string, GatewayStatus] => [
    `relay ${cause}`,
    liveStatus({ code: 'relay', relay: relayOf(cause) }),
  ]),
  [
    'a secret that was refused, and a pairing that still works',
    liveStatus({
      notice: { kind: 'credential-refused', at: Date.now(), cause: 'gateway-secret-mismatch' },
      relay: relayOf('relay-asleep'),
    }),
  ],
  [
    'everything that a healthy one can tell',
    liveStatus({
      serverVersion: '2026.2.21',
      isWithoutDeviceToken: true,
      repairedAt: Date.now() - 1_000,
      restartedAt: Date.now() - 1_000,
      relay: relayOf('relay-key-proved'),
    }),
  ],
];

/** Shown in a tab, but laid out as in the toolbar. */
async function asPopup(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: HIGHEST });
  await page.waitForFunction(() => document.documentElement.dataset.view === 'tab');
  await page.evaluate(() => {
    delete document.documentElement.dataset.view;
  });
}

/** Resolves when a card is there with all of its parts, those too that come after its first paint. */
async function whole(page: Page): Promise<void> {
  await expect(page.locator('.card')).toBeVisible();
  // What comes later are the stored facts of a healthy one, and the commands: they ask the same two, and wait their turn.
  await page.waitForFunction(() => !document.querySelector('.facts .place, .day:empty, .form-place'));
  await page.evaluate(async () => {
    const { storage, runtime } = (globalThis as any).chrome;
    await storage.local.get('nothing');
    await runtime.getPlatformInfo();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

/** What has no room, in pixels: of the page, of the card, to the side. */
const overflow = (page: Page): Promise<Record<string, number>> =>
  page.evaluate((highest) => {
    const root = document.documentElement;
    const main = document.querySelector('main') as HTMLElement;
    return {
      page: Math.max(0, (document.getElementById('app') as HTMLElement).offsetHeight - highest),
      card: main.scrollHeight - main.clientHeight,
      side: Math.max(0, root.scrollWidth - root.clientWidth, main.scrollWidth - main.clientWidth),
    };
  }, HIGHEST);

const NONE = { page: 0, card: 0, side: 0 };

test('every card fits into a popup', async ({ ext }) => {
  const { page, worker } = await PlayedWorker.open(ext, PAGE, []);
  await asPopup(page);
  for (const [name, status] of cards()) {
    // Each under an id of its own: what is loaded for one card is not left over for the next.
    await worker.tell([{ ...status, gatewayId: name.slice(0, 60) }]);
    await whole(page);
    expect([name, await overflow(page)]).toEqual([name, NONE]);
  }
});

test('names, words and addresses of any length and direction leave the layout intact', async ({ ext }) => {
  const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'.repeat(10).slice(0, 500);
  const rtl = 'מחשב 1 مكتب \u202Egnp.exe';
  const { page, worker } = await PlayedWorker.open(ext, PAGE, []);
  await asPopup(page);
  for (const foreign of [word, rtl]) {
    const odd = {
      name: foreign,
      words: foreign,
      serverVersion: foreign,
      address: `wss://${'a'.repeat(60)}.${'b'.repeat(60)}.example.net:65535`,
    };
    for (const status of [
      liveStatus(odd),
      liveStatus({ ...odd, code: 'needs-you', cause: 'gateway-secret-mismatch' }),
    ]) {
      await worker.tell([status]);
      await whole(page);
      expect(await overflow(page)).toEqual(NONE);
      await worker.tell([status, { ...status, gatewayId: 'two' }, { ...status, gatewayId: 'three' }]);
      await whole(page);
      expect(await overflow(page)).toMatchObject({ page: 0, side: 0 });
    }
    // Whatever turns the reading direction around is gone from a gateway's own words.
    const told = page.getByTestId('what-happened');
    await told.locator('summary').click();
    expect(await told.innerText()).not.toMatch(/\p{Cf}/u);
  }
});

test('several gateways: the worst first, the primary marked, and a late answer stays with its own', async ({
  ext,
}) => {
  const one = liveStatus({ gatewayId: 'one', name: 'Home', code: 'healthy' });
  const two = liveStatus({
    gatewayId: 'two',
    name: 'Office',
    address: 'ws://127.0.0.1:18790',
    code: 'needs-you',
    cause: 'gateway-secret-mismatch',
  });
  const { page, worker } = await PlayedWorker.open(ext, PAGE, [one, two]);
  const rows = page.locator('.gateways button');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText('Office');
  await expect(rows.nth(0)).toHaveAttribute('aria-current', 'true');
  await expect(rows.nth(1).locator('.primary-mark')).toBeVisible();
  await expect(page.locator('.primary-mark')).toHaveCount(1);

  // Asked on the card of one gateway, answered when another one is shown.
  await page.getByTestId('pairing-link').fill('a-new-gateway-secret');
  await page.getByTestId('connect').click();
  await expect.poll(async () => (await worker.sent()).length).toBe(1);
  expect(await worker.sent()).toMatchObject([{ type: 'pair', gatewayId: 'two' }]);
  await rows.nth(1).click();
  await expect(page.locator('html')).toHaveAttribute('data-status', 'healthy');
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect.poll(async () => (await worker.sent()).length).toBe(2);
  await rows.nth(0).click();
  await worker.answer(0, { ok: true, gatewayId: 'two' });
  await worker.answer(1, { ok: false, problem: 'storage-failed' });
  await rows.nth(1).click();
  await expect(page.locator('.card')).toBeVisible();
  await expect(page.locator('.problem')).toHaveCount(0);

  // And one that would lead back to where the user no longer is.
  await rows.nth(0).click();
  await page.getByTestId('pairing-link').fill('a-new-gateway-secret');
  await page.getByTestId('connect').click();
  await expect.poll(async () => (await worker.sent()).length).toBe(3);
  await rows.nth(1).click();
  await worker.answer(2, { ok: true, gatewayId: 'two' });
  await worker.tell([one, two]);
  await expect(page.locator('html')).toHaveAttribute('data-status', 'healthy');
});

test('whoever types on a card stays there, even if another gateway gets worse', async ({ ext }) => {
  const one = liveStatus({ gatewayId: 'one', code: 'needs-you', cause: 'gateway-secret-mismatch' });
  const two = liveStatus({ gatewayId: 'two', address: 'ws://127.0.0.1:18790' });
  const worse = { ...two, code: 'needs-you', cause: 'no-credential' } as const;
  const { page, worker } = await PlayedWorker.open(ext, PAGE, [two, one]);
  await page.getByTestId('pairing-link').fill('half a');
  await worker.tell([worse, one]);
  await expect(page.getByTestId('pairing-link')).toHaveValue('half a');
  await expect(page.locator('html')).toHaveAttribute('data-cause', 'gateway-secret-mismatch');
});

test('whoever opens what stands at the foot stays with its gateway, too', async ({ ext }) => {
  const one = liveStatus({ gatewayId: 'one', code: 'needs-you', cause: 'gateway-secret-mismatch' });
  const two = liveStatus({ gatewayId: 'two', address: 'ws://127.0.0.1:18790' });
  const worse = { ...two, code: 'needs-you', cause: 'no-credential' } as const;
  const { page, worker } = await PlayedWorker.open(ext, PAGE, [two, one]);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByTestId('forget')).toBeVisible();
  await worker.tell([worse, one]);
  await expect(page.locator('html')).toHaveAttribute('data-gateway', 'one');
  await expect(page.getByTestId('forget')).toBeVisible();
});

test('what is stored says how old it is until the worker speaks', async ({ ext }) => {
  await ext.evaluate((items) => (globalThis as any).chrome.storage.local.set(items), seeded(1, Date.now()));
  const { page, worker } = await PlayedWorker.open(ext, PAGE, null);
  await expect(page.locator('html')).toHaveAttribute('data-status', 'healthy');
  await expect(page.getByTestId('age')).toHaveText(/^as of \d/);
  await worker.tell([liveStatus()]);
  await expect(page.getByTestId('age')).toHaveCount(0);
});

test('the address of a known gateway is copied without anything else', async ({ ext }) => {
  const long = `wss://anna:hunter2@${'a'.repeat(50)}.example.net:4443/claw?token=hunter2`;
  const { page } = await PlayedWorker.open(ext, PAGE, [liveStatus({ address: long })]);
  await ext.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByTestId('copy-address').click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(`wss://${'a'.repeat(50)}.example.net:4443/claw`);
  expect(await page.content()).not.toContain('hunter2');
});

test('what has begun cannot be called off, and says what came of it', async ({ ext }) => {
  const { page, worker } = await PlayedWorker.open(ext, PAGE, [liveStatus()]);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByTestId('forget').click();
  const keep = page.getByTestId('forget-keep');
  await expect(keep).toBeFocused();
  await expect(page.getByRole('group', { name: 'Forget this gateway' })).toHaveAccessibleDescription(
    /^Deletes this browser’s pairing/,
  );
  await page.getByTestId('forget-confirm').click();
  await expect.poll(() => worker.sent()).toMatchObject([{ type: 'forget-gateway' }]);
  await expect(keep).toHaveAttribute('aria-disabled', 'true');
  // As a user can, whom that keeps from nothing.
  await keep.dispatchEvent('click');
  await worker.answer(0, { ok: false, problem: 'storage-failed' });
  await expect(page.getByRole('alert')).toContainText('couldn’t save');
  await keep.click();
  await expect(page.getByTestId('forget')).toBeFocused();
});

test('a card that asks for something has the focus in its field, and needs no mouse', async ({ ext }) => {
  const refused = liveStatus({ code: 'needs-you', cause: 'device-token-mismatch', closeCode: 1008 });
  const { page, worker } = await PlayedWorker.open(ext, PAGE, [refused]);
  await ext.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const field = page.getByTestId('pairing-link');
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleName('Paste what it prints:');
  await expect(page.getByTestId('what-happened')).toContainText('1008 device token mismatch');

  // Backwards over what else helps to the button that copies the command. It comes a moment after the first paint.
  const command = await page.getByTestId('remedy-command').innerText();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator(':focus')).toHaveAccessibleName(`Copy command: ${command}`);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(command);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('a-new-gateway-secret');
  await page.keyboard.press('Enter');
  await expect.poll(() => worker.sent()).toMatchObject([{ type: 'pair', text: 'a-new-gateway-secret' }]);
});

test('a card that takes the place of another has the focus as well, unless the user has begun something', async ({
  ext,
}) => {
  const refused = { code: 'needs-you', cause: 'device-token-mismatch', closeCode: 1008 } as const;
  const one = liveStatus({ ...refused, gatewayId: 'one', address: 'ws://127.0.0.1:1' });
  const other = liveStatus({ ...refused, gatewayId: 'other', address: 'ws://127.0.0.1:2' });
  const { page, worker } = await PlayedWorker.open(ext, PAGE, [one]);
  const field = page.getByTestId('pairing-link');
  await expect(field).toBeFocused();
  await worker.tell([other]);
  await expect(page.locator('html')).toHaveAttribute('data-gateway', 'other');
  await expect(field).toBeFocused();
  await page.keyboard.press('Tab');
  await worker.tell([one]);
  await expect(page.locator('html')).toHaveAttribute('data-gateway', 'one');
  await expect(field).not.toBeFocused();
});

test('text of twice the size: the popup grows instead of breaking words', async ({ ext }) => {
  const refused = liveStatus({ code: 'needs-you', cause: 'device-token-mismatch', closeCode: 1008 });
  const { page } = await PlayedWorker.open(ext, PAGE, [refused]);
  await expect(page.getByTestId('connect')).toBeVisible();
  await asPopup(page);
  // As a browser does whose text size was doubled: the popup takes the width that its page asks for.
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  const width = await page.evaluate(() => document.body.getBoundingClientRect().width);
  expect(width).toBe(720);
  await page.setViewportSize({ width, height: HIGHEST });
  expect(await overflow(page)).toMatchObject({ page: 0, side: 0 });
  await page.keyboard.press('Tab');
  for (const word of ['Device token mismatch', 'Pair this browser again.']) {
    const lines = await page.getByText(word, { exact: true }).evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return new Set([...range.getClientRects()].map(({ top }) => top)).size;
    });
    expect(lines, word).toBe(1);
  }
});

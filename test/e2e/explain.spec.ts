/** An error that somebody else saw, pasted: explained for that client, beside what this browser knows itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { connectOnce } from '../../harness/gateway/client.ts';
import type { Gateway } from '../../harness/gateway/gateway.ts';
import { newIdentity } from '../../harness/gateway/identity.ts';
import { everythingStored } from '../../harness/observe.ts';
import { expect, LONG, pairAndApprove, test } from './fixtures.ts';

const FORM = 'src/popup/index.html?add';
const DOCTOR = 'src/pages/doctor/index.html';

const captured = (version: string, situation: string): string =>
  readFileSync(join(import.meta.dirname, `../fixtures/errors/${version}/${situation}.txt`), 'utf8');

/** Every explanation on the page: whose, and of what. */
const explained = (page: Page): Promise<string[]> =>
  page
    .getByTestId('explained')
    .evaluateAll((all) => all.map((each) => `${each.dataset.client} ${each.dataset.cause}`));

const WRONG = 'a-secret-that-this-gateway-does-not-have';

/** A command line with an old secret comes to this gateway; what the gateway's log says of it. */
async function refusal(gateway: Gateway): Promise<string> {
  const before = gateway.log().length;
  const credential = { field: 'token', value: 'wrong gateway secret', secret: WRONG } as const;
  const profile = { id: 'cli', mode: 'cli', caps: [] };
  await connectOnce(gateway.url, { profile, identity: newIdentity(), origin: null, credential });
  const told = () => gateway.log().slice(before);
  await expect.poll(told).toContain('closed before connect');
  return told();
}

test('pasted into the popup: the client that is refused, what helps it, and that our own door is open', async ({
  ext,
  gateway,
}) => {
  await pairAndApprove(ext, gateway);
  const page = await ext.open(FORM);
  await page.getByTestId('pairing-link').fill(await refusal(gateway));
  await expect.poll(() => explained(page)).toEqual(['cli gateway-secret-mismatch']);
  await expect(page.getByTestId('explained')).toContainText('gateway.remote.token');
  await expect(page.getByTestId('explained-own')).toContainText(`connected to ${gateway.url}`);
  // There is nothing to connect with, and nothing is kept or sent.
  await page.getByTestId('connect').click();
  await expect(page.getByTestId('explained')).toBeVisible();
  expect(await everythingStored(ext)).not.toContain('closed before connect');
  // A setup code after it pairs as ever.
  await page.getByTestId('pairing-link').fill(await gateway.setupCode());
  await expect(page.getByTestId('explained')).toHaveCount(0);
});

test(
  'a secret in the text is nowhere on the page but in the field that it was pasted into',
  LONG,
  async ({ ext }) => {
    const page = await ext.open(DOCTOR);
    await page.getByTestId('explain').locator('summary').first().click();
    const secret = '4f1c9a0be37d52864f1c9a0be37d5286';
    await page
      .getByTestId('explain-text')
      .fill(
        `$ openclaw health --token ${secret}\nunauthorized: gateway token mismatch (provide gateway auth token)`,
      );
    await expect.poll(() => explained(page)).toEqual(['cli gateway-secret-mismatch']);
    expect(await page.locator('body').innerText()).not.toContain(secret);
  },
);

test(
  'pasted on the diagnostics page: whole terminals of other versions, and what is no error',
  LONG,
  async ({ ext }) => {
    const page = await ext.open(DOCTOR);
    await page.getByTestId('explain').locator('summary').first().click();
    const field = page.getByTestId('explain-text');
    for (const [version, situation, expected] of CAPTURED) {
      await field.fill(captured(version, situation));
      await expect.poll(() => explained(page), `${version} ${situation}`).toEqual(expected);
    }
    await field.fill('good morning to you');
    await expect(page.getByTestId('explained-none')).toBeVisible();
    expect(await explained(page)).toEqual([]);
  },
);

const CAPTURED: readonly (readonly [version: string, situation: string, expected: readonly string[]])[] = [
  ['2026.9.6', 'wrong-secret', ['cli gateway-secret-mismatch']],
  ['2026.9.6', 'closed-port-status', ['cli gateway-unreachable']],
  ['2026.9.6', 'self-signed', ['cli certificate-rejected']],
];

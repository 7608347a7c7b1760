/** A user of the popup who does what the cards say, and remembers what they said. */
import type { Page } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { runRemedy, status } from '../../harness/browser/popup-page.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import type { Expected } from './versions.ts';

/** States that last until somebody does something; the others pass by themselves. */
const LASTING = ['healthy', 'healed', 'approval', 'needs-you', 'limited'];

const LIMIT_MS = 90_000;

export interface User {
  readonly ext: ExtensionBrowser;
  readonly page: Page;
  readonly gateway: Gateway;
  readonly admission: Expected['admission'];
}

/** The state as a cell names it. */
async function shown(page: Page): Promise<string> {
  const { status: code, cause } = await status(page);
  return cause === null ? code : `${code}:${cause}`;
}

/** The next lasting state that `isOld` does not hold for. Rejects after a minute and a half. */
export async function nextLasting(page: Page, isOld: (state: string) => boolean): Promise<string> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const state = await shown(page);
    if (LASTING.includes(state.split(':')[0] ?? '') && !isOld(state)) return state;
    if (Date.now() > deadline) throw new Error(`still ${state} after ${LIMIT_MS / 1000} s`);
    await page.waitForTimeout(40);
  }
}

/**
 * Follows the cards until all is well or nothing more can be done, and returns the states seen.
 *
 * @param isOld states that were there before, or that the scenario knows to be passing
 */
export async function follow(user: User, isOld: (state: string) => boolean = () => false): Promise<string> {
  const { page, gateway, admission } = user;
  const seen: string[] = [];
  for (;;) {
    const last = seen.at(-1);
    const state = await nextLasting(page, (each) => each === last || (seen.length === 0 && isOld(each)));
    seen.push(state);
    if (state.startsWith('approval')) await approve(page, gateway);
    else if (state === 'needs-you:origin-not-allowed') await letIn(user, admission);
    else return seen.join(' > ');
  }
}

/** A gateway that restarts for its new configuration may not be there for the command at once. */
async function approve(page: Page, gateway: Gateway): Promise<void> {
  await runRemedy(page, gateway).catch(async () => {
    await gateway.ready();
    await runRemedy(page, gateway);
  });
}

/** What the owner of the gateway does about the origin: the card's command, or the one for versions beyond help. */
async function letIn({ page, gateway }: User, admission: Expected['admission']): Promise<void> {
  if (admission === 'exact') {
    await runRemedy(page, gateway);
    return;
  }
  await page.locator('.further > summary').click();
  await page.locator('summary', { hasText: 'still refused' }).click();
  await gateway.shell(await page.getByTestId('workaround-command').innerText());
}

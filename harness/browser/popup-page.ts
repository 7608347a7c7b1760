/**
 * The popup as its user sees it, in a tab or in the toolbar. The attributes and test ids are the project's
 * contract for automation and for assistive technology.
 */
import type { Gateway } from '../gateway/openclaw.ts';

/** What is needed of a page: Playwright's is one, and Firefox's (`firefox-page.ts`). */
export interface PopupPage {
  evaluate<Result>(run: () => Result | Promise<Result>): Promise<Result>;
  waitForFunction(
    run: (codes: string[]) => unknown,
    codes: string[],
    options: { timeout: number },
  ): Promise<unknown>;
  isClosed(): boolean;
  locator(selector: string): { innerText(): Promise<string> };
  getByTestId(id: string): {
    fill(text: string): Promise<void>;
    click(): Promise<void>;
    innerText(): Promise<string>;
  };
}

/** Every value that `data-status` can have. */
export const STATUS_CODES = [
  'not-set-up',
  'unknown',
  'healthy',
  'healed',
  'reconnecting',
  'starting',
  'down',
  'offline',
  'approval',
  'needs-you',
  'limited',
  'relay',
  'paused',
] as const;
export type StatusCode = (typeof STATUS_CODES)[number];

/** `cause` is the diagnosis code, where there is one. */
export interface ShownStatus {
  status: StatusCode;
  cause: string | null;
}

/** A machine that does other things may take several times what is usual, and a gateway a boot. */
const STATUS_LIMIT_MS = 60_000;

/** What the popup says now. */
export function status(page: PopupPage): Promise<ShownStatus> {
  return page.evaluate(() => {
    const { status, cause } = document.documentElement.dataset;
    return { status: status as StatusCode, cause: cause ?? null };
  });
}

/**
 * Resolves once the popup says `code` (or one of several codes) to what it says then. Rejects after `limitMs`
 * with what it says instead, words included.
 */
export async function waitForStatus(
  page: PopupPage,
  code: StatusCode | readonly StatusCode[],
  limitMs = STATUS_LIMIT_MS,
): Promise<ShownStatus> {
  const wanted = typeof code === 'string' ? [code] : [...code];
  try {
    await page.waitForFunction(
      (codes) => codes.includes(document.documentElement.dataset.status ?? ''),
      wanted as string[],
      {
        timeout: limitMs,
      },
    );
  } catch (error) {
    if (page.isClosed()) throw error;
    const { status: shown, cause } = await status(page);
    const words = (await page.locator('body').innerText()).replace(/\s+/g, ' ').slice(0, 500);
    throw new Error(
      `The popup did not say ${wanted.join(' or ')} within ${limitMs / 1000} s. ` +
        `It says ${shown}${cause ? ` (${cause})` : ''}: ${words}`,
    );
  }
  return status(page);
}

/** Pastes `text` and presses the button, as a user does. `secret` goes into the second field. */
export async function pair(page: PopupPage, text: string, options: { secret?: string } = {}): Promise<void> {
  await page.getByTestId('pairing-link').fill(text);
  if (options.secret !== undefined) await page.getByTestId('gateway-secret').fill(options.secret);
  await page.getByTestId('connect').click();
}

/** The command that the popup asks the user to run, e.g. `openclaw devices approve <id>`. */
export async function remedyCommand(page: PopupPage): Promise<string> {
  return (await page.getByTestId('remedy-command').innerText()).trim();
}

/** Runs the popup's command on the gateway, word for word. Rejects if it is not one for `openclaw`. */
export async function runRemedy(page: PopupPage, gateway: Gateway): Promise<string> {
  const command = await remedyCommand(page);
  if (!command.startsWith('openclaw '))
    throw new Error(`The popup shows a command that is none of OpenClaw's: ${command}`);
  await gateway.shell(command);
  return command;
}

/**
 * Approves what the popup asks for, by the request id of its command, without running that command: see
 * `Gateway.asOwner`. Rejects if the popup shows another command. Returns the command.
 */
export async function approve(page: PopupPage, gateway: Gateway): Promise<string> {
  const command = await remedyCommand(page);
  const [, requestId] = command.match(/^openclaw devices approve ([\w-]+)$/) ?? [];
  if (requestId === undefined) throw new Error(`The popup asks for no approval: ${command}`);
  await gateway.approve(requestId);
  return command;
}

/**
 * Pairs with a setup code and an approval, both had by the owner's own requests. The extension has to notice the
 * approval by itself. Returns the popup's page, in a tab, and leaves it open.
 */
export async function pairAndApprove<Page extends PopupPage>(
  ext: { openPopupInTab(): Promise<Page> },
  gateway: Gateway,
): Promise<Page> {
  const page = await ext.openPopupInTab();
  await pair(page, await gateway.setupCode());
  await waitForStatus(page, 'approval');
  await approve(page, gateway);
  await waitForStatus(page, 'healthy');
  return page;
}

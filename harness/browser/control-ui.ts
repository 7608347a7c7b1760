/** The gateway's own pages (Control UI) in the browser of the extension, and what their user does there. */
import type { BrowserContext, Page } from '@playwright/test';
import type { Gateway } from '../gateway/openclaw.ts';
import { until } from '../process/wait.ts';

/** The newest of them loads a megabyte of scripts, and a gateway that just started is slow. */
const LIMIT_MS = 90_000;

/**
 * Signs in with the gateway's token, by a link as `openclaw dashboard` prints it, and leaves the tab open: some versions
 * keep the token for one tab alone, and for the others what the gateway issued to this browser.
 *
 * @param origin where the browser reaches the gateway
 */
export async function signIn(
  context: BrowserContext,
  gateway: Gateway,
  origin = `http://127.0.0.1:${gateway.port}`,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/#token=${gateway.token}`);
  await until(LIMIT_MS, 'the Control UI to be signed in', async () => {
    const { pending, paired } = await gateway.devices();
    const request = pending.find(({ clientId }) => clientId === CLIENT);
    // Whoever comes through a proxy has to be approved once; on loopback the gateway does that, a moment later.
    if (request) await gateway.approve(request.requestId).catch(() => {});
    return paired.some(({ clientId }) => clientId === CLIENT) || null;
  });
  return page;
}

const CLIENT = 'openclaw-control-ui';

/** The button beside a request that waits. */
export const approveButton = (page: Page) => page.getByRole('button', { name: /^approve$/i }).first();

import type { BrowserContext, CDPSession, ConsoleMessage } from '@playwright/test';
import { TargetSession } from './target-session.ts';

/**
 * Adds every uncaught error and every `console.error` of one extension's pages and service worker to
 * `errors`. `origin` is the extension's, with a slash at its end.
 */
export async function collectErrors(
  context: BrowserContext,
  root: CDPSession,
  origin: string,
  errors: string[],
): Promise<void> {
  context.on('weberror', (failure) => {
    const { stack, message } = failure.error();
    if (failure.page()?.url().startsWith(origin)) errors.push(`page: ${stack ?? message}`);
  });
  context.on('console', (message) => {
    if (message.type() !== 'error' || !message.page()?.url().startsWith(origin)) return;
    if (isOfNetwork(message, origin)) return;
    errors.push(`page: console.error: ${message.text()}`);
  });
  // Playwright reports no uncaught errors of workers. Runtime.enable repeats what was thrown before we came,
  // so that the first moments of each of a worker's lives are covered too.
  root.on('Target.targetCreated', ({ targetInfo: { type, url, targetId } }) => {
    if (type !== 'service_worker' || !url.startsWith(origin)) return;
    TargetSession.attach(root, targetId, (method, params) => {
      const error = workerError(method, params);
      if (error) errors.push(`worker: ${error}`);
    })
      .then((session) => session.send('Runtime.enable'))
      .catch(() => {
        // It ended before we got there.
      });
  });
  await root.send('Target.setDiscoverTargets', { discover: true });
}

/** The browser notes every request that comes to nothing. A page that looks for a gateway makes such requests. */
export const isOfNetwork = (message: ConsoleMessage, origin: string): boolean =>
  /^WebSocket connection to /.test(message.text()) ||
  (/^Failed to load resource: /.test(message.text()) && !message.location().url.startsWith(origin));

/** What a browser that is about to end answers whatever a worker still asks of it. */
const ENDING = 'Error: The browser is shutting down.';

function workerError(method: string, params: any): string | null {
  if (method === 'Runtime.exceptionThrown') {
    const { exception, text } = params.exceptionDetails;
    const error: string = exception?.description ?? text;
    return error.startsWith(ENDING) ? null : error;
  }
  if (method === 'Runtime.consoleAPICalled' && params.type === 'error')
    return `console.error: ${params.args.map((arg: any) => arg.value ?? arg.description).join(' ')}`;
  return null;
}

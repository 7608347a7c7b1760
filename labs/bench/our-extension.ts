import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExtensionBrowser, launchExtension } from '../../harness/browser/browser.ts';
import { pairAndApprove } from '../../harness/browser/popup-page.ts';
import { StatusRecorder } from '../../harness/browser/status-recorder.ts';
import { launchUnwatched } from '../../harness/browser/unwatched-browser.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { BUILD } from '../../harness/process/build.ts';
import { keepFolder } from '../../harness/process/sweeper.mjs';
import { ConnectionLog, type Contender } from './connection-log.ts';

const NAME = 'this extension';
/** How often the gateway's log is read; the times are those in the log. */
const LOOK_MS = 200;

/** Pairs our extension as a user does; connected is what its popup, open in a tab, calls connected. */
export async function connectOurExtension(browser: ExtensionBrowser, gateway: Gateway): Promise<Contender> {
  const log = new ConnectionLog();
  const page = await pairAndApprove(browser, gateway);
  log.note(true);
  const recorder = await StatusRecorder.start(page);
  recorder.listen(({ at, status }) => log.note(status === 'healthy' || status === 'healed', at));
  return { name: NAME, log, close: () => page.close() };
}

/**
 * The same in a browser without any debugger and without any open page of ours, where the service worker
 * idles and dies as it does for users. Connected is what the gateway's log calls an accepted connect.
 */
export async function connectOurExtensionUnwatched(gateway: Gateway): Promise<Contender> {
  const log = new ConnectionLog();
  const profileDir = await mkdtemp(join(tmpdir(), 'relay-health-profile-'));
  const forget = keepFolder(profileDir);
  const watched = await launchExtension({ extensionPath: BUILD, profileDir });
  await pairAndApprove(watched, gateway);
  await watched.close();
  const since = Date.now();
  const unwatched = launchUnwatched({ extensionPath: BUILD, profileDir });
  let lastConnect = since;
  const timer = setInterval(() => {
    if (!gateway.isRunning) log.note(false);
    // The command line and the official client are the other clients, both known as `cli`.
    const last = gateway.connects().findLast(({ accepted, clientId }) => accepted && clientId !== 'cli');
    if (!last || last.at <= lastConnect) return;
    lastConnect = last.at;
    // A gateway that is back at once was never seen down; a new connect says that the old one was lost.
    log.note(false, last.at);
    log.note(true, last.at);
  }, LOOK_MS);
  return {
    name: NAME,
    log,
    async close() {
      clearInterval(timer);
      await unwatched.close();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      forget();
    },
  };
}

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type ExtensionBrowser, launchExtension } from '../../harness/browser/browser.ts';
import {
  pair,
  remedyCommand,
  runRemedy,
  type StatusCode,
  waitForStatus,
} from '../../harness/browser/popup-page.ts';
import { StatusRecorder } from '../../harness/browser/status-recorder.ts';
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import { BUILD, ROOT } from '../../harness/process/build.ts';
import type { Ending } from '../../harness/process/ending.ts';
import { here, howToLoad, inWords, isConnected, seconds, Timeline } from './words.ts';

const SCREENSHOTS = join(ROOT, '.cache/start');
const RECOVERY_LIMIT_MS = 60_000;
const NOTICE_LIMIT_MS = 30_000;
const FIT_LIMIT_MS = 2000;

/** The whole main job against a gateway that exists only for it. Returns when it is shown. */
export async function showWithThrowawayGateway(ending: Ending, headless: boolean): Promise<void> {
  await rm(SCREENSHOTS, { recursive: true, force: true });
  await mkdir(SCREENSHOTS, { recursive: true });
  const gateway = await createGateway();
  ending.close(() => gateway.remove());
  try {
    await show(gateway, ending, headless);
  } catch (error) {
    await writeFile(join(SCREENSHOTS, 'gateway.log'), gateway.log());
    if (!ending.hasBegun)
      console.error(`\nWhat the gateway logged: ${here(join(SCREENSHOTS, 'gateway.log'))}`);
    throw error;
  }
}

async function show(gateway: Gateway, ending: Ending, headless: boolean): Promise<void> {
  const timeline = new Timeline();
  timeline.note(`Starting a throwaway OpenClaw ${gateway.version} on ${gateway.url}. Yours is not touched.`);
  await gateway.start();
  await gateway.ready();
  timeline.note('The gateway is up.');

  const ext = await launchExtension({ extensionPath: BUILD, headless });
  ending.close(() => ext.close());
  timeline.note(`The browser is open, with the extension in it.`);

  const page = await pairWithTimeline(ext, gateway, timeline);
  await screenshot(ext, 'connected', ['healthy', 'healed']);

  const recoveryMs = await restart(ext, page, gateway, timeline);
  await screenshot(ext, 'recovered', ['healthy', 'healed']);
  console.log(`\nRecovery time: ${seconds(recoveryMs)} after the gateway admitted clients again.`);
  console.log(`Screenshots: ${here(SCREENSHOTS)}`);
  console.log(`\n${howToLoad()}`);
  if (ext.errors.length > 0) throw new Error(`The extension reported errors:\n${ext.errors.join('\n')}`);
  if (headless) return;
  console.log('\nThe browser stays open for you to look around. Close it or press Ctrl-C to end.');
  ending.interruptCode = 0;
  await page.bringToFront();
  await ext.closed;
}

/** By the very commands that a user types. The extension has to notice the approval by itself. */
async function pairWithTimeline(ext: ExtensionBrowser, gateway: Gateway, timeline: Timeline): Promise<Page> {
  const code = await gateway.printedSetupCode();
  timeline.note(`Made a setup code: openclaw qr --setup-code-only --url ${gateway.url}`);
  const page = await ext.openPopupInTab();
  await pair(page, code);
  await waitForStatus(page, 'approval');
  timeline.note(`Pasted it into the popup, which asks to run: ${await remedyCommand(page)}`);
  await screenshot(ext, 'approval', ['approval']);
  await runRemedy(page, gateway);
  timeline.note('Ran that command.');
  await waitForStatus(page, 'healthy');
  timeline.note('Connected, without a click.');
  return page;
}

/** Restarts the gateway and returns the milliseconds from its admitting clients to ours being connected. */
async function restart(
  ext: ExtensionBrowser,
  page: Page,
  gateway: Gateway,
  timeline: Timeline,
): Promise<number> {
  const recorder = await StatusRecorder.start(page);
  const stopped = Date.now();
  // What the popup says meanwhile, but for its going back to connected, which has a line of its own.
  const stopListening = recorder.listen(({ at, status, cause }) => {
    if (!isConnected(status)) timeline.note(`The popup says: ${inWords(status, cause)}.`, at);
  });
  timeline.note('Stopping the gateway.', stopped);
  await gateway.stop('SIGTERM');
  await recorder.first(['reconnecting', 'starting', 'down'], stopped, NOTICE_LIMIT_MS);
  await screenshot(ext, 'gateway-stopped', ['reconnecting', 'starting', 'down']);
  gateway.launch();
  timeline.note('Started it again.');
  const admitted = await gateway.ready();
  timeline.note('The gateway admits clients again.', admitted);
  const back = await recorder.first(['healthy', 'healed'], stopped, RECOVERY_LIMIT_MS);
  stopListening();
  timeline.note(
    `Connected again, without a click. The gateway was away for ${seconds(admitted - stopped)}.`,
    back.at,
  );
  return Math.max(0, back.at - admitted);
}

/** Saves what the toolbar's popup looks like once it says one of `codes`. */
async function screenshot(ext: ExtensionBrowser, name: string, codes: StatusCode[]): Promise<void> {
  const popup = await ext.popup();
  await waitForStatus(popup, codes);
  // The popup's window follows its content a moment later. If it does not, the picture has an empty margin.
  const fits = (): boolean =>
    innerWidth <= document.body.offsetWidth && innerHeight >= document.body.scrollHeight;
  await popup.waitForFunction(fits, null, { timeout: FIT_LIMIT_MS }).catch(() => {});
  await popup.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  await popup.close();
}

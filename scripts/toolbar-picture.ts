/**
 * A window with the popup open beneath its icon, as a person sees it: `npm run store:toolbar` writes `store/toolbar.png`
 * for the stores' pictures. Of a window there is no picture but the display's, so this needs one of its own: Xvfb,
 * openbox and ImageMagick (`apt-get install xvfb openbox imagemagick`).
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchExtension } from '../harness/browser/browser.ts';
import { pair, runRemedy, waitForStatus } from '../harness/browser/popup-page.ts';
import { createGateway, OPENCLAW_PORT } from '../harness/gateway/openclaw.ts';
import { BUILD, ROOT } from '../harness/process/build.ts';

const OUT = join(ROOT, 'store/toolbar.png');
/** Physical pixels, two for each CSS pixel. */
const [WIDTH, HEIGHT] = [2200, 1500];
/** Of the window, its upper right corner: the toolbar, and the popup beneath it. */
const [SHOWN_WIDTH, SHOWN_HEIGHT] = [1120, 860];
/** Milliseconds. Nobody tells when a window manager has drawn. */
const SETTLES_MS = 1_500;

/** Starts a display and gives its name. `stop` ends what was started, and nothing else. */
async function openDisplay(): Promise<{ name: string; stop: () => void }> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${WIDTH}x${HEIGHT}x24`, '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const [number] = await Promise.race([
    once(server.stdio[3]!, 'data'),
    once(server, 'error').then(([error]) => {
      throw new Error(`There is no display: ${error.message}. apt-get install xvfb openbox imagemagick`);
    }),
  ]);
  const name = `:${String(number).trim()}`;
  const manager = spawn('openbox', [], { env: { ...process.env, DISPLAY: name }, stdio: 'ignore' });
  return {
    name,
    stop: () => {
      manager.kill();
      server.kill();
    },
  };
}

const display = await openDisplay();
process.env.DISPLAY = display.name;
const gateway = await createGateway({ port: OPENCLAW_PORT });
const browser = await launchExtension({ extensionPath: BUILD, headless: false, scale: 2 });
try {
  await gateway.start();
  await gateway.ready();
  const page = await browser.openPopupInTab();
  await pair(page, `http://127.0.0.1:${gateway.port}/#token=${gateway.token}`);
  await waitForStatus(page, 'approval');
  await runRemedy(page, gateway);
  await waitForStatus(page, 'healthy', 60_000);
  const { right, top } = await page.evaluate(() => ({
    right: (screenX + outerWidth) * devicePixelRatio,
    top: screenY * devicePixelRatio,
  }));
  await page.goto('about:blank');
  await browser.popup();
  await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
  const crop = `${SHOWN_WIDTH}x${SHOWN_HEIGHT}+${right - SHOWN_WIDTH}+${top}`;
  await writeFile(
    OUT,
    execFileSync('import', ['-window', 'root', '-crop', crop, '+repage', 'png:-'], { maxBuffer: 1e8 }),
  );
} finally {
  await browser.close();
  await gateway.remove();
  display.stop();
}

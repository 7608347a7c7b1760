/**
 * How soon does the popup show the right state? From the start of the navigation to the frame that paints it, with
 * a worker that is dead before each run and a month of history on the disk; beside it OpenClaw's own extension,
 * which has to wake its worker before it can say anything.
 *
 *   npm run bench:paint -- --runs 30 --json result.json
 *
 * The page opens in a tab: the toolbar's popup is the same page, but hides its first moments from a debugger.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type ExtensionBrowser, launchExtension } from '../../scripts/lib/browser.ts';
import { BUILD } from '../../scripts/lib/build.ts';
import { Ending } from '../../scripts/lib/ending.ts';
import { extensionId } from '../../scripts/lib/extension-id.ts';
import { isOpenClawInstalled } from '../../scripts/lib/openclaw.ts';
import { until, within } from '../../scripts/lib/wait.ts';
import { officialExtensionPath } from './official-extension.ts';
import { median, seeded } from './stored-past.ts';

/** Milliseconds: what is wanted on a machine that does nothing else. */
const WANTED = { median: 50, worst: 100 };
const RUN_LIMIT_MS = 20_000;

interface Contender {
  readonly name: string;
  readonly url: string;
  /** When what is in the document is the right state: a selector, and the words that are not it yet. */
  readonly shows: { readonly selector: string; readonly not: string };
  /** Before each run. */
  prepare(): Promise<void>;
}

interface Result {
  readonly name: string;
  /** Milliseconds, in order of the runs. */
  readonly paints: readonly number[];
}

/** In the page: notes the time of the first frame after the right state is in the document. */
function watchForPaint({ selector, not }: Contender['shows']): void {
  const look = (): void => {
    const text = document.querySelector(selector)?.textContent ?? '';
    if (text === '' || text === not) return;
    observer.disconnect();
    // A message that is sent in a frame arrives when that frame was painted.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        (globalThis as any).paintedAt = performance.now();
      };
      port2.postMessage(null);
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

async function run(browser: ExtensionBrowser, { url, shows, prepare }: Contender): Promise<number> {
  await prepare();
  const page = await browser.context.newPage();
  try {
    await page.addInitScript(watchForPaint, shows);
    await page.goto(url);
    const painted = await page.waitForFunction(() => (globalThis as any).paintedAt, undefined, {
      timeout: RUN_LIMIT_MS,
    });
    return await painted.jsonValue();
  } finally {
    await page.close();
  }
}

/** Ends every service worker of an extension. Its pages live on. */
async function stopWorker(browser: ExtensionBrowser, id: string): Promise<void> {
  const root = await browser.context.browser()!.newBrowserCDPSession();
  const alive = async (): Promise<string[]> =>
    (await root.send('Target.getTargets')).targetInfos
      .filter(({ type, url }) => type === 'service_worker' && url.startsWith(`chrome-extension://${id}/`))
      .map(({ targetId }) => targetId);
  await until(RUN_LIMIT_MS, 'a worker to end', async () => {
    const targets = await alive();
    for (const targetId of targets) await root.send('Target.closeTarget', { targetId }).catch(() => {});
    return targets.length === 0;
  });
  await root.detach();
}

/** Ours, with so many gateways on the disk, each seen alive a moment ago. */
function ours(browser: ExtensionBrowser, gateways: number): Contender {
  return {
    name: `this extension, ${gateways} ${gateways === 1 ? 'gateway' : 'gateways'}`,
    url: browser.url('src/popup/index.html'),
    // A gateway that is on the disk: as it was left, or as a worker that was quicker has found it.
    shows: { selector: 'h1', not: 'Not connected yet' },
    async prepare() {
      await browser.stopWorker();
      await browser.evaluate(
        async (items) => {
          const { local } = (globalThis as any).chrome.storage;
          await local.clear();
          await local.set(items);
        },
        seeded(gateways, Date.now()),
      );
    },
  };
}

function official(browser: ExtensionBrowser, path: string): Contender {
  const id = extensionId(path);
  return {
    name: 'official extension',
    url: `chrome-extension://${id}/popup.html`,
    shows: { selector: '#status', not: 'Checking connection…' },
    prepare: () => stopWorker(browser, id),
  };
}

function table(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const ms = (value: number): string => `${Math.round(value)} ms`.padStart(9);
  return [
    `${''.padEnd(width)}  ${'median'.padStart(9)}${'worst'.padStart(9)}`,
    ...results.map(
      ({ name, paints }) => `${name.padEnd(width)}  ${ms(median(paints))}${ms(Math.max(...paints))}`,
    ),
    `${'wanted of ours'.padEnd(width)}  ${ms(WANTED.median)}${ms(WANTED.worst)}`,
  ].join('\n');
}

async function bench(ending: Ending): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '30' }, json: { type: 'string' } },
  });
  const runs = Number(values.runs);
  if (!(runs > 0)) throw new Error('--runs takes a number, such as 30');
  const theirs = isOpenClawInstalled() ? officialExtensionPath() : null;
  const browser = await launchExtension({
    extensionPath: BUILD,
    extraExtensions: theirs === null ? [] : [theirs],
  });
  ending.close(() => browser.close());
  const contenders = [
    ours(browser, 1),
    ours(browser, 10),
    ...(theirs === null ? [] : [official(browser, theirs)]),
  ];
  const paints = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  // In turns, so that a busy moment of the machine hits them all. The first round fills the browser's caches.
  for (let round = 0; round <= runs; round += 1) {
    for (const contender of contenders) {
      const took = await within(2 * RUN_LIMIT_MS, contender.name, run(browser, contender));
      if (round > 0) paints.get(contender.name)?.push(took);
    }
  }
  const results = [...paints].map(([name, all]) => ({ name, paints: all }));
  console.log(`From the start of the navigation to the right state painted, ${runs} runs each:\n`);
  console.log(table(results));
  if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
}

const ending = new Ending();
try {
  await bench(ending);
  await ending.end(0);
} catch (error) {
  if (!ending.hasBegun) {
    console.error(error instanceof Error ? error.message : String(error));
    await ending.end(1);
  }
}

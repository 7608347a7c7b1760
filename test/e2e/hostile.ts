/** What a hostile web page and a hostile extension have, and what must be the same after they tried everything. */
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page, Worker } from '@playwright/test';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { BUILD } from '../../harness/process/build.ts';
import { until } from '../../harness/process/wait.ts';
import type { Command } from '../../src/messages.ts';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';

export const HOSTILE_EXTENSION = join(import.meta.dirname, 'hostile-extension');

/** Every file of the build, as paths below its root. */
export const builtFiles = (): string[] =>
  readdirSync(BUILD, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(BUILD.length + 1));

/** Markup that would say so if anything ran it. */
const MARKUP = '"><img src=x onerror="globalThis.owned=1"><script>globalThis.owned=1</script>';

/** Our pages, asked for what no link of ours asks. */
export const HOSTILE_ADDRESSES = [
  'src/popup/index.html?add&pair',
  'src/popup/index.html',
  'src/pages/doctor/index.html',
  'src/pages/history/index.html',
  'src/pages/options/index.html',
  'src/pages/others/index.html',
  'src/pages/welcome/index.html',
].map((path) => {
  const mark = encodeURIComponent(MARKUP);
  return `${path}${path.includes('?') ? '&' : '?'}gateway=${mark}&text=${mark}&token=hostile#${mark}`;
});

/** One of each command, about a gateway that there is. A new command has to be added here. */
export function everyCommand(gatewayId: string): Command[] {
  const commands: { readonly [T in Command['type']]: Command & { readonly type: T } } = {
    pair: {
      type: 'pair',
      text: 'ws://127.0.0.1:1/#token=hostile-hostile-hostile',
      secret: null,
      withoutSecret: false,
      remember: true,
      gatewayId: null,
    },
    'turn-on-repair': { type: 'turn-on-repair', gatewayId, text: 'hostile-hostile-hostile' },
    check: { type: 'check', gatewayId },
    'open-dashboard': { type: 'open-dashboard', gatewayId },
    'open-way': { type: 'open-way', gatewayId },
    pause: { type: 'pause', gatewayId },
    resume: { type: 'resume', gatewayId },
    'dismiss-notice': { type: 'dismiss-notice', gatewayId },
    'forget-secret': { type: 'forget-secret', gatewayId },
    'forget-relay-key': { type: 'forget-relay-key', gatewayId },
    'rename-gateway': { type: 'rename-gateway', gatewayId, name: 'hostile' },
    'put-first': { type: 'put-first', gatewayId },
    'delete-history': { type: 'delete-history', gatewayId },
    'watch-others': { type: 'watch-others', gatewayId, isOn: true },
    'set-settings': { type: 'set-settings', settings: { ...DEFAULT_SETTINGS, theme: 'dark' } },
    'forget-gateway': { type: 'forget-gateway', gatewayId },
  };
  return Object.values(commands);
}

/**
 * All that is kept, but for what time alone changes, when it was watched and how fresh the proof is; and for what a look
 * inside found, since diagnostics look when they are opened. Consent to look further is none of that.
 */
export const keptState = (ext: ExtensionBrowser): Promise<string> =>
  ext.evaluate(async () => {
    const { storage, action } = (globalThis as any).chrome;
    const title: string = await action.getTitle({});
    const kept = Object.entries<any>(await storage.local.get(null))
      .filter(([key]) => !key.startsWith('watched:') && !key.startsWith('relay:'))
      .filter(([key, item]) => !key.startsWith('inside:') || item.value.readsConfig)
      .map(([key, item]) => {
        if (!key.startsWith('connection:')) return [key, item];
        const { held, phase, generation, trouble } = item.value;
        return [key, { held, phase: phase.name, since: phase.since, generation, trouble }];
      })
      .sort();
    return JSON.stringify([kept, await action.getBadgeText({}), title.replace(/Last checked at .*/, '')]);
  }, null);

/** The one gateway that is set up. */
export const onlyGatewayId = (ext: ExtensionBrowser): Promise<string> =>
  ext.evaluate(async () => {
    const { gateways } = await (globalThis as any).chrome.storage.local.get('gateways');
    return gateways.value[0].id as string;
  }, null);

/** The hostile extension's worker, in a browser that was launched with {@link HOSTILE_EXTENSION}. */
export const hostileWorker = ({ context, id }: ExtensionBrowser): Promise<Worker> =>
  until(10_000, 'the hostile extension', () =>
    context.serviceWorkers().find((worker) => !worker.url().includes(id)),
  );

/** Where a browser leads whoever may not go where they wanted. */
export const NOWHERE = 'chrome-error://chromewebdata/';

/** Puts a frame of `url` into the page; resolves to where it led. */
export async function framed(page: Page, url: string): Promise<string> {
  const name = await page.evaluate(async (src) => {
    const frame = document.createElement('iframe');
    frame.name = `frame-${document.querySelectorAll('iframe').length}`;
    const loaded = new Promise((done) => frame.addEventListener('load', done));
    frame.src = src;
    document.body.append(frame);
    await loaded;
    return frame.name;
  }, url);
  return page.frame({ name })?.url() ?? 'gone';
}

/** Opens a window from the page; resolves to where that led. What is posted into it has nobody to hear it. */
export async function opened(page: Page, url: string): Promise<string> {
  const opening = page.context().waitForEvent('page');
  await page.evaluate((to) => {
    const other = window.open(to);
    for (const message of [{ type: 'pause' }, 'status', null]) other?.postMessage(message, '*');
  }, url);
  const other = await opening;
  await other.waitForURL(/^chrome/, { waitUntil: 'commit' }).catch(() => {});
  const at = other.url();
  await other.close();
  return at;
}

/** A web site on loopback, which is the nearest that a web page can come. It sends on whoever asks for `/away?<url>`. */
export async function startSite(): Promise<{ origin: string; close: () => void }> {
  const server = createServer((request, response) => {
    const [path, to] = [request.url?.split('?')[0], decodeURIComponent(request.url?.split('?')[1] ?? '')];
    response.writeHead(path === '/away' ? 302 : 200, {
      'content-type': 'text/html',
      ...(path === '/away' && { location: to }),
    });
    response.end('<!doctype html><title>A site</title>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

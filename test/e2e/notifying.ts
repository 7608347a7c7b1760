/**
 * A browser that may show notifications. Its question whether they are allowed cannot be answered by a test, so this build has
 * them among its permissions. Headless browsers draw none; what they hold says `notifications.getAll`.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import { BUILD } from '../../harness/process/build.ts';
import { test as base } from './fixtures.ts';

export const test = base.extend<{ notifying: ExtensionBrowser }>({
  notifying: async ({ launch }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'relay-health-notifying-'));
    await cp(BUILD, folder, { recursive: true });
    const file = join(folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    const permissions = [...manifest.permissions, 'notifications'];
    await writeFile(file, JSON.stringify({ ...manifest, permissions, optional_permissions: [] }));
    const ext = await launch({ extensionPath: folder });
    await use(ext);
    // Its pages load parts of themselves while they are open.
    await ext.close();
    await rm(folder, { recursive: true, force: true });
  },
});

/** The ids of the notifications that are there now. */
export const shown = (ext: ExtensionBrowser): Promise<string[]> =>
  ext.evaluate(async () => Object.keys(await (globalThis as any).chrome.notifications.getAll()).sort(), null);

/** As if the browser had been running for an hour: its first two minutes are quiet. The next worker knows. */
export const endWarmUp = (ext: ExtensionBrowser): Promise<void> =>
  ext.evaluate(
    (at) => (globalThis as any).chrome.storage.session.set({ 'browser-started-at': at }),
    Date.now() - 3_600_000,
  );

/** Counts from now on what this worker shows: title and message of each. */
export const watch = (ext: ExtensionBrowser): Promise<void> =>
  ext.evaluateInWorker(() => {
    const scope = globalThis as any;
    scope.told = [];
    for (const api of new Set([scope.chrome.notifications, scope.browser?.notifications])) {
      if (!api) continue;
      const create = api.create.bind(api);
      api.create = (id: string, options: any, ...rest: unknown[]) => {
        scope.told.push(`${options.title} | ${options.message}`);
        return create(id, options, ...rest);
      };
    }
  }, null);

/** What was counted. */
export const told = (ext: ExtensionBrowser): Promise<string[]> =>
  ext.evaluateInWorker(() => [...(globalThis as any).told], null);

/** As a click on the notification. */
export const click = (ext: ExtensionBrowser, id: string): Promise<void> =>
  ext.evaluateInWorker((clicked) => (globalThis as any).chrome.notifications.onClicked.dispatch(clicked), id);

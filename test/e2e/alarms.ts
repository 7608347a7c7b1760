/** The alarms by which a browser wakes an extension that has no worker. */
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';

/** Brings them forward, as if their time had come: nobody waits a minute here. Nothing else about them is changed. */
export const bringAlarmsForward = (ext: Pick<ExtensionBrowser, 'evaluate'>): Promise<void> =>
  ext.evaluate(async () => {
    const { alarms } = (globalThis as any).chrome;
    const all = await alarms.getAll();
    if (all.length === 0) throw new Error('no alarm would wake it');
    for (const { name, periodInMinutes } of all)
      await alarms.create(name, { delayInMinutes: 0.01, ...(periodInMinutes && { periodInMinutes }) });
  }, null);

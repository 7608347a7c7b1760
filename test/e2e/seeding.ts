/** Storage as the extension would have written it, so that a page can be tested without a gateway. */
import type { ExtensionBrowser } from '../../harness/browser/browser.ts';
import type { Cause } from '../../src/gateway/causes.ts';
import { type ConnectionState, initialState } from '../../src/gateway/state.ts';
import type { GatewayRecord } from '../../src/gateway/status.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/settings.ts';
import { connectionItem, gatewaysItem, settingsItem } from '../../src/storage/items.ts';

export interface Seed {
  readonly gateway: GatewayRecord;
  readonly connection: ConnectionState;
}

/** A gateway that waits for its user, so nothing happens by itself. Nothing listens at ports this low. */
export const needy = (
  id: string,
  name: string | null,
  port = 4,
  cause: Cause = 'gateway-secret-mismatch',
): Seed => ({
  gateway: { id, name, address: `ws://127.0.0.1:${port}`, reach: 'loopback', addedAt: 1_790_000_000_000 },
  connection: {
    ...initialState(),
    phase: { name: 'blocked' },
    trouble: { cause, since: Date.now() - 1_000, closeCode: 1008, words: null, requestId: null },
  },
});

type SettingsSeed = Partial<Omit<Settings, 'notify'>> & { notify?: Partial<Settings['notify']> };

/**
 * Replaces everything that is stored, under a worker that does not run, and starts it. With a page of ours open the
 * worker would be back too soon.
 */
export async function seed(
  ext: ExtensionBrowser,
  gateways: readonly Seed[],
  settings: SettingsSeed | null = null,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const notify = { ...DEFAULT_SETTINGS.notify, ...settings?.notify };
  const items = {
    [gatewaysItem.key]: gatewaysItem.encode(gateways.map(({ gateway }) => ({ ...gateway }))),
    ...Object.fromEntries(
      gateways.map(({ gateway, connection }) => {
        const item = connectionItem(gateway.id);
        return [item.key, item.encode(connection)];
      }),
    ),
    ...(settings && { settings: settingsItem.encode({ ...DEFAULT_SETTINGS, ...settings, notify }) }),
    ...more,
  };
  await ext.stopWorker();
  await ext.evaluate(async (all) => {
    const { local } = (globalThis as any).chrome.storage;
    await local.clear();
    await local.set(all);
  }, items);
  await ext.startWorker();
}

/** Everything in `storage.local`. */
export const stored = (ext: ExtensionBrowser): Promise<Record<string, any>> =>
  ext.evaluate(() => (globalThis as any).chrome.storage.local.get(null), null);

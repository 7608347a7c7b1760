/** What the user prefers for one gateway, as pages read and change it. */
import { NO_PREFERENCES, type Preferences, preferencesItem } from '../../storage/items.ts';
import { readItem, writeItem } from '../storage.ts';

/** Never throws: what cannot be read is as if nothing was chosen. */
export async function preferencesOf(gatewayId: string): Promise<Preferences> {
  const stored = await readItem(preferencesItem(gatewayId));
  return stored.type === 'value' ? stored.value : NO_PREFERENCES;
}

/** Keeps what the user chose. A disk that refuses costs nothing but the choice; what a newer version wrote stays. */
export async function prefer(gatewayId: string, change: Partial<Preferences>): Promise<void> {
  const stored = await readItem(preferencesItem(gatewayId));
  if (stored.type === 'newer') return;
  const before = stored.type === 'value' ? stored.value : NO_PREFERENCES;
  await writeItem(preferencesItem(gatewayId), { ...before, ...change }).catch(() => {});
}

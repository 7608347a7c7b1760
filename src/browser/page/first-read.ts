import { CONNECTION, GATEWAYS, RELAY } from '../../storage/layout.ts';
import browser from '../api.ts';

/** What the disk holds of the gateways, unjudged. */
export interface FirstRead {
  readonly gateways: unknown;
  /** Of each gateway: its connection and its relay, under their keys. */
  readonly items: Readonly<Record<string, unknown>>;
}

/** Reads what a popup paints first; `null` where the disk says nothing of use. Never rejects. */
export async function readFirst(): Promise<FirstRead | null> {
  try {
    const { [GATEWAYS.key]: gateways } = await browser.storage.local.get(GATEWAYS.key);
    if (gateways === undefined) return { gateways, items: {} };
    const { value } = gateways as { value: readonly { id: string }[] };
    const keys = value.flatMap(({ id }) => [CONNECTION.key(id), RELAY.key(id)]);
    return { gateways, items: await browser.storage.local.get(keys) };
  } catch {
    return null;
  }
}

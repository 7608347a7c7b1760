/**
 * What the diagnostics proved of the way to a gateway, for the popup's card: in memory, until the browser ends, and only
 * while the same failure lasts. Nothing in it is the gateway's own word.
 */
import type { Failure } from '../../doctor/types.ts';
import type { Product } from '../../road/evidence.ts';
import type { RoadFinding } from '../../road/judge.ts';
import browser from '../api.ts';

export interface KeptRoad {
  readonly finding: RoadFinding;
  readonly product: Product | null;
}

const keyOf = (gatewayId: string): string => `road:${gatewayId}`;

/** Keeps what a run proved of this failure; `null` forgets what an earlier one did. Never throws. */
export async function keepRoad({ gatewayId, cause, since }: Failure, kept: KeptRoad | null): Promise<void> {
  const key = keyOf(gatewayId);
  try {
    const { session } = browser.storage;
    await (kept === null ? session.remove(key) : session.set({ [key]: { ...kept, cause, since } }));
  } catch {
    // The card says what it said before.
  }
}

/** What was proved of this failure; `null` if nothing was, or if it is another failure by now. Never throws. */
export async function keptRoad({ gatewayId, cause, since }: Failure): Promise<KeptRoad | null> {
  try {
    const key = keyOf(gatewayId);
    const { [key]: kept } = (await browser.storage.session.get(key)) as Record<string, unknown>;
    const found = kept as (KeptRoad & Pick<Failure, 'cause' | 'since'>) | undefined;
    const isSame = found?.since === since && found?.cause === cause && typeof found.finding === 'string';
    return isSame ? { finding: found.finding, product: found.product } : null;
  } catch {
    return null;
  }
}

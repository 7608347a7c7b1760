/** What helps, loaded while the doctor looks: with it comes the code that reads the disk. */
import type { Health } from '../../health.ts';
import type { Platform } from '../../remedy/types.ts';

export interface Help {
  readonly Remedies: typeof import('../../ui/remedies.tsx').Remedies;
  /** Where the gateway runs, as the user said or as it was guessed. */
  readonly platform: Platform;
}

/** Milliseconds. A verdict does not wait for a disk that hangs. */
const LIMIT_MS = 2_000;

/** `null` if it could not be loaded in time. Never rejects. */
export function helpFor(health: Health | null): Promise<Help | null> {
  const limit = new Promise<null>((resolve) => setTimeout(() => resolve(null), LIMIT_MS));
  return Promise.race([load(health), limit]).catch(() => null);
}

async function load(health: Health | null): Promise<Help> {
  const [{ Remedies }, { platformOf }] = await Promise.all([
    import('../../ui/remedies.tsx'),
    import('../../browser/platform.ts'),
  ]);
  return { Remedies, platform: await platformOf(health?.gatewayId ?? null, health?.reach ?? 'loopback') };
}

/** What helps, loaded while the doctor looks: with it comes the code that reads the disk. */
import type { GatewayStatus } from '../../gateway-status.ts';
import type { Platform } from '../../remedy/types.ts';

export interface Help {
  readonly Remedies: typeof import('../../ui/remedies.tsx').Remedies;
  /** Where the gateway runs, as the user said or as it was guessed. */
  readonly platform: Platform;
}

/** Milliseconds. A verdict does not wait for a disk that hangs. */
const LIMIT_MS = 2_000;

/** `null` if it could not be loaded in time. Never rejects. */
export function helpFor(status: GatewayStatus | null): Promise<Help | null> {
  const limit = new Promise<null>((resolve) => setTimeout(() => resolve(null), LIMIT_MS));
  return Promise.race([load(status), limit]).catch(() => null);
}

async function load(status: GatewayStatus | null): Promise<Help> {
  const [{ Remedies }, { platformOf }] = await Promise.all([
    import('../../ui/remedies.tsx'),
    import('../../browser/page/platform.ts'),
  ]);
  return { Remedies, platform: await platformOf(status?.gatewayId ?? null, status?.reach ?? 'loopback') };
}

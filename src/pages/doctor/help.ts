/** What helps, loaded while the doctor looks: with it comes the code that reads the disk. */
import type { GatewayStatus } from '../../gateway-status.ts';
import type { Platform } from '../../remedy/types.ts';

export interface Help {
  readonly Remedies: typeof import('../../ui/remedies.tsx').Remedies;
  /** Where the gateway runs, as the user said or as it was guessed. */
  readonly platform: Platform;
}

/** `null` if it cannot be loaded. Never rejects, and with a disk that hangs it never resolves. */
export const helpFor = (status: GatewayStatus | null): Promise<Help | null> => load(status).catch(() => null);

async function load(status: GatewayStatus | null): Promise<Help> {
  const [{ Remedies }, { platformOf }] = await Promise.all([
    import('../../ui/remedies.tsx'),
    import('../../browser/page/platform.ts'),
  ]);
  return { Remedies, platform: await platformOf(status?.gatewayId ?? null, status?.reach ?? 'loopback') };
}

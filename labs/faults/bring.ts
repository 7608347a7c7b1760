/** The gateway of a stage, brought into a condition and back. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Condition } from '../../harness/gateway/conditions.ts';
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import type { Stage } from './stage.ts';

/** Changes the configuration before a start. */
export type Configure = (config: Record<string, any>) => void;

/**
 * Starts the gateway in that condition, and resolves once it admits clients. When the fault is over it is stopped, and all
 * that it stored is again as it was.
 */
export async function bring(
  stage: Stage,
  condition: Pick<Condition, 'configure' | 'env' | 'undo' | 'admitsAnybody'>,
  admit: Configure = () => {},
): Promise<Gateway> {
  const { gateway } = stage;
  await gateway.stop('SIGKILL');
  const state = join(gateway.home, 'state');
  const kept = await mkdtemp(join(gateway.home, 'kept-'));
  await cp(state, kept, { recursive: true });
  stage.atEnd(async () => {
    await gateway.stop('SIGKILL');
    await condition.undo?.(gateway);
    await rm(state, { recursive: true, force: true, maxRetries: 5 });
    await cp(kept, state, { recursive: true });
    await rm(kept, { recursive: true });
  });
  await gateway.configure(async (config) => {
    await condition.configure?.(config, gateway);
    admit(config);
  });
  await gateway.start(condition.env?.(gateway));
  if (!condition.admitsAnybody) await gateway.ready({ limitMs: 180_000 });
  return gateway;
}

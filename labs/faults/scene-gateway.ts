/** The gateway of a scene: made as the scene wants it, and running whatever the fault before did to it. */
import { createGateway, type Gateway } from '../../harness/gateway/openclaw.ts';
import type { Fault, Scene } from './fault.ts';

/** `null` for a scene without one. It is not started: see {@link wake}. */
export async function prepare({ gateway: options, configure }: Scene): Promise<Gateway | null> {
  if (options === null) return null;
  const gateway = await createGateway(options);
  if (configure) await gateway.configure(configure);
  return gateway;
}

/** Resolves when the gateway runs and admits clients, as this fault needs it. */
export async function wake(
  gateway: Gateway,
  { env, admitsNobody }: Scene,
  { startsItself }: Fault,
): Promise<void> {
  if (startsItself) return;
  if (!gateway.isRunning) await gateway.start(env);
  if (!admitsNobody) await gateway.ready({ limitMs: 180_000 });
}

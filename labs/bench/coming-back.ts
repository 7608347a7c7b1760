/** Many gateways that go down together and come back together: how long each waits for its extension. */
import type { Gateway } from '../../harness/gateway/openclaw.ts';
import { until } from '../../harness/process/wait.ts';
import type { Simulator } from '../../harness/servers/simulator/simulator.ts';

/** Milliseconds. Shorter outages are possible with simulators alone; a real gateway boots for as long as it takes. */
const DOWN_MS = 5_000;
const RETURN_LIMIT_MS = 60_000;

export interface Return {
  readonly how: string;
  /** From each gateway's taking clients to its hello-ok, sorted; missing ones are `Infinity`. */
  readonly lagsMs: readonly number[];
}

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));

/** When each simulator first admitted somebody after its moment, in milliseconds since that. */
async function lagsOf(simulators: readonly Simulator[], since: readonly number[]): Promise<number[]> {
  const lag = (index: number): number => {
    const at = simulators[index]!.admissions.find((admission) => admission >= since[index]!);
    return at === undefined ? Number.POSITIVE_INFINITY : at - since[index]!;
  };
  const all = (): number[] => simulators.map((_, index) => lag(index));
  await until(RETURN_LIMIT_MS, 'all gateways to be connected', () => all().every(Number.isFinite)).catch(
    () => {},
  );
  return all();
}

/**
 * All stop with an announcement. The real one boots at once, and the others listen again when it takes clients, so that
 * they all return in one moment.
 */
export async function stopAndReturn(gateway: Gateway, simulators: readonly Simulator[]): Promise<Return> {
  const stopped = Date.now();
  await Promise.all([gateway.stop('SIGTERM'), ...simulators.map((each) => each.stop())]);
  await pause(DOWN_MS);
  gateway.launch();
  const admitting = await gateway.ready();
  const since = await Promise.all(simulators.map((each) => each.listen()));
  const lags = await lagsOf(simulators, since);
  const ours = (): number | undefined =>
    gateway.connects().find(({ at, accepted, clientId }) => accepted && at > stopped && clientId !== 'cli')
      ?.at;
  const real = await until(RETURN_LIMIT_MS, 'the real gateway to be connected', ours).catch(() => null);
  lags.push(real === null ? Number.POSITIVE_INFINITY : Math.max(0, real - admitting));
  const downSeconds = ((Date.now() - stopped) / 1000).toFixed(0);
  return {
    how: `stopped, all back in one moment after ${downSeconds} s`,
    lagsMs: lags.sort((a, b) => a - b),
  };
}

/**
 * Killed, and back at once as ports that answer and refuse every WebSocket (503), which browsers punish; after a while
 * they take clients again. The real gateway stays out of it.
 */
export async function refuseAndReturn(simulators: readonly Simulator[]): Promise<Return> {
  for (const each of simulators) each.isDraining = true;
  await Promise.all(simulators.map((each) => each.kill()));
  await Promise.all(simulators.map((each) => each.listen()));
  await pause(DOWN_MS);
  const now = Date.now();
  for (const each of simulators) each.isDraining = false;
  const lags = await lagsOf(
    simulators,
    simulators.map(() => now),
  );
  const how = `killed, then refusing WebSockets (503) for ${DOWN_MS / 1000} s`;
  return { how, lagsMs: lags.sort((a, b) => a - b) };
}

/** A look inside a gateway: the questions, one after the other, and what is read of the answers. Pages' alone, loaded late. */
import { INSIDE_QUESTIONS, mayAskConfig, mayAskJobs } from '../../inside/questions.ts';
import { readConfig } from '../../inside/read-config.ts';
import { readHealth, readMachine, readStability, readStatus, readUpdate } from '../../inside/read-process.ts';
import { readChannels, readFailedJobs, readJobs, readModels } from '../../inside/read-work.ts';
import { read } from '../../inside/reading.ts';
import type { Heard, Inside, InsideMethod } from '../../inside/types.ts';
import { askGateway } from './ask-gateway.ts';

export interface Wishes {
  readonly serverVersion: string | null;
  /** [I3] The user consents to reading the configuration. */
  readonly readsConfig: boolean;
}

/**
 * Asks a gateway how it is. Never rejects; takes as long as the gateway does, and no longer than the limits of its methods. Once
 * the connection is gone nothing more is asked.
 */
export async function lookInside(gatewayId: string, { serverVersion, readsConfig }: Wishes): Promise<Inside> {
  const startedAt = Date.now();
  let isGone = false;
  const ask = async <T>(
    method: InsideMethod,
    reader: (payload: unknown) => T | undefined,
    mayAsk = true,
  ): Promise<Heard<T>> => {
    if (!mayAsk) return { type: 'unasked' };
    if (isGone) return { type: 'unread', reason: 'not-connected' };
    const answer = await askGateway(gatewayId, method, INSIDE_QUESTIONS[method]);
    isGone = answer.type === 'dropped' && answer.reason === 'not-connected';
    return read(answer, reader);
  };
  // One at a time: a gateway has other things to do.
  const health = await ask('health', readHealth);
  const status = await ask('status', readStatus);
  const machine = await ask('system.info', readMachine);
  const machineAt = Date.now();
  const stability = await ask('diagnostics.stability', readStability);
  const channels = await ask('channels.status', readChannels);
  const models = await ask('models.authStatus', readModels);
  const jobs = await ask('cron.status', readJobs);
  const failedJobs = await ask('cron.list', readFailedJobs, mayAskJobs(serverVersion));
  const update = await ask('update.available', readUpdate);
  const config = await ask('config.get', readConfig, readsConfig && mayAskConfig(serverVersion));
  return {
    health,
    status,
    machine,
    stability,
    channels,
    models,
    jobs,
    failedJobs,
    update,
    config,
    at: machineAt,
    tookMs: Date.now() - startedAt,
  };
}

/** What real gateways said of their inside: see `scripts/capture-inside.ts`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../src/gateway/read-methods.ts';
import { readConfig } from '../../src/inside/read-config.ts';
import {
  readHealth,
  readMachine,
  readStability,
  readStatus,
  readUpdate,
} from '../../src/inside/read-process.ts';
import { readChannels, readFailedJobs, readJobs, readModels } from '../../src/inside/read-work.ts';
import { read } from '../../src/inside/reading.ts';
import type { Inside } from '../../src/inside/types.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/inside');

export interface Captured {
  readonly version: string;
  readonly condition: string;
  readonly answers: Readonly<Record<string, Answer>>;
}

export const CAPTURED: readonly Captured[] = existsSync(FOLDER)
  ? readdirSync(FOLDER).flatMap((version) =>
      readdirSync(join(FOLDER, version)).map((file) =>
        JSON.parse(readFileSync(join(FOLDER, version, file), 'utf8')),
      ),
    )
  : [];

/** Everything of a look, as a page would have it. */
export function insideOf(answers: Readonly<Record<string, Answer>>, at = 0): Inside {
  const of = (method: string): Answer | null => answers[method] ?? null;
  return {
    health: read(of('health'), readHealth),
    status: read(of('status'), readStatus),
    machine: read(of('system.info'), readMachine),
    stability: read(of('diagnostics.stability'), readStability),
    channels: read(of('channels.status'), readChannels),
    models: read(of('models.authStatus'), readModels),
    jobs: read(of('cron.status'), readJobs),
    failedJobs: read(of('cron.list'), readFailedJobs),
    update: read(of('update.available'), readUpdate),
    config: read(of('config.get'), readConfig),
    at,
    tookMs: 0,
  };
}

export const answered = (payload: unknown): Answer => ({ type: 'answered', payload });

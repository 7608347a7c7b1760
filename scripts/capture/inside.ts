/** One version's inside, condition by condition. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { connectLive, type Recorder } from '../../harness/gateway/client.ts';
import { CONDITIONS, type Condition } from '../../harness/gateway/conditions.ts';
import { newIdentity } from '../../harness/gateway/identity.ts';
import { createGateway, type Gateway, isAtLeast } from '../../harness/gateway/openclaw.ts';
import { until } from '../../harness/process/wait.ts';
import { INSIDE_QUESTIONS } from '../../src/inside/questions.ts';
import { assertClean, Placeholders } from './placeholders.ts';

export const INSIDE_VERSIONS = ['2026.2.21', '2026.5.28', '2026.8.1', '2026.9.6'] as const;

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'test/fixtures/inside');
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

const METHODS = [...Object.keys(INSIDE_QUESTIONS), 'gateway.restart.preflight'];

/** Of this computer, or of this run alone. */
const FIXED: Readonly<Record<string, unknown>> = {
  machineName: 'gateway-host',
  hostname: 'gateway-host',
  host: 'gateway-host',
  ip: '192.0.2.1',
  cpuModel: 'a processor',
  release: '6.0.0',
  osLabel: 'Linux 6.0.0',
  platform: 'linux',
  port: 18_789,
  pid: 4_802,
  // Long, and of no interest here: what agents are told, and what the gateway could offer.
  prompt: 'what an agent is told',
  providerCapabilities: [],
  loaded: [],
};

/** What it says is kept as it is, but for that. Numbers stay: they are what is looked at. */
function scrubbed(value: unknown, placeholders: Placeholders, name = ''): unknown {
  if (name in FIXED) return FIXED[name];
  if (typeof value === 'string') return placeholders.text(value);
  if (Array.isArray(value)) return value.map((each) => scrubbed(each, placeholders));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, scrubbed(each, placeholders, key)]),
  );
}

/** A client as our extension is one, but on this computer's command line, which every version lets in. */
async function reader(gateway: Gateway): Promise<Recorder> {
  const { auth } = JSON.parse(await readFile(gateway.configFile, 'utf8')).gateway;
  const [socket, { hello, error }] = await connectLive(gateway.url, {
    profile: { id: 'cli', mode: 'cli', caps: [] },
    identity: newIdentity(),
    origin: null,
    platform: 'linux',
    scopes: ['operator.read'],
    credential: auth?.token ? { field: 'token', value: 'gateway secret', secret: auth.token } : undefined,
  });
  if (hello) return socket;
  socket.leave();
  throw new Error(`not admitted: ${error?.message}`);
}

async function ask(
  socket: Recorder,
  method: string,
  params: unknown,
): Promise<[answer: unknown, ms: number]> {
  const id = `ask-${method}-${socket.frames.length}`;
  const started = performance.now();
  socket.send(JSON.stringify({ type: 'req', id, method, params }));
  const answer = await socket.answer(id);
  const ms = performance.now() - started;
  if (!answer) throw new Error(`${method}: the socket was closed`);
  return [
    answer.ok
      ? { type: 'answered', payload: answer.payload }
      : { type: 'refused', code: answer.error?.code ?? null },
    ms,
  ];
}

/** What the gateway last announced that it could be updated to, as our worker keeps it. */
function announced({ frames }: Recorder): unknown {
  const of = ({ payload, event }: any): unknown[] =>
    payload?.type === 'hello-ok'
      ? [payload.snapshot?.updateAvailable]
      : event === 'update.available'
        ? [payload.updateAvailable]
        : [];
  const { currentVersion = null, latestVersion = null } = (frames.flatMap(of).at(-1) ?? {}) as any;
  return { type: 'answered', payload: { currentVersion, latestVersion } };
}

async function capture(condition: Condition, version: string): Promise<void> {
  const gateway = await createGateway({ version });
  try {
    await gateway.configure((config) => condition.configure?.(config, gateway));
    await gateway.start(condition.env?.(gateway));
    const socket = await until(
      180_000,
      'the gateway to admit a reader',
      () => reader(gateway).catch(() => null),
      500,
    );
    try {
      await condition.act?.(gateway);
      await new Promise((done) => setTimeout(done, condition.after ?? 0));
      const answers: Record<string, unknown> = {};
      const times: string[] = [];
      const methods = METHODS.filter(
        (each) => condition.tells.length === 0 || condition.tells.includes(each),
      );
      for (const method of methods) {
        if (method === 'update.available') {
          answers[method] = announced(socket);
          continue;
        }
        const params = (INSIDE_QUESTIONS as Record<string, object>)[method] ?? {};
        const isJobs = method === 'cron.list' && !isAtLeast(version, '2026.8.1');
        const [answer, ms] = await ask(socket, method, isJobs ? {} : params);
        answers[method] = answer;
        times.push(`${method} ${Math.round(ms)}`);
      }
      const known = [
        [gateway.home, '/gateway-home'],
        [gateway.token, 'placeholder-gateway-secret'],
        [String(gateway.port), '18789'],
      ] as const;
      const { name, how } = condition;
      const content = scrubbed({ version, condition: name, how, answers }, new Placeholders(known));
      const text = `${JSON.stringify(content, null, 2)}\n`;
      assertClean(text, known);
      await mkdir(join(FOLDER, version), { recursive: true });
      await writeFile(join(FOLDER, version, `${name}.json`), text);
      console.log(`  ${name}: ms ${times.join(', ')}`);
    } finally {
      socket.leave();
    }
  } finally {
    await gateway.stop();
    await condition.undo?.(gateway);
    await gateway.remove();
  }
}

/** @returns how many conditions could not be captured */
export async function captureInside(version: string, only: readonly string[] | null): Promise<number> {
  console.log(`== ${version}`);
  let failed = 0;
  for (const condition of CONDITIONS) {
    if (only !== null && !only.includes(condition.name)) continue;
    if (condition.since !== undefined && !isAtLeast(version, condition.since)) continue;
    if (condition.until !== undefined && !isAtLeast(condition.until, version)) continue;
    try {
      await capture(condition, version);
    } catch (error) {
      failed += 1;
      console.log(`  ${condition.name}: ${String(error).split('\n')[0]}`);
    }
  }
  await promisify(execFile)(process.execPath, [BIOME, 'format', '--write', FOLDER], { cwd: ROOT });
  return failed;
}

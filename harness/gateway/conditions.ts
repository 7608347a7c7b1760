/**
 * Conditions of a gateway that a look inside should find, each brought about for real: by its configuration, its files, its
 * owner or its environment. Captures and the fault lab share them.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../process/wait.ts';
import { type StrangeServer, startHttpServer } from '../servers/strange-server.ts';
import type { Admin } from './admin.ts';
import type { Gateway } from './gateway.ts';

type Config = Record<string, any>;

export interface Condition {
  readonly name: string;
  readonly how: string;
  /** The codes of `src/inside/codes.ts` that it proves, and no others. */
  readonly proves: readonly string[];
  /** What other methods prove of it as well. */
  readonly provesToo?: readonly string[];
  /** The methods that tell of it. */
  readonly tells: readonly string[];
  /** The first version that can be brought into it, or that tells of it. */
  readonly since?: string;
  /** The last version that has it. */
  readonly until?: string;
  /** By changing its configuration: before it starts, or, where it takes that over, while it runs. */
  readonly configure?: (config: Config, gateway: Gateway) => void | Promise<void>;
  readonly env?: (gateway: Gateway) => NodeJS.ProcessEnv;
  /** Once it admits clients. Changes of the configuration are taken over while it runs, or not: that is the point. */
  readonly act?: (gateway: Gateway) => Promise<unknown>;
  /** Once it has stopped. */
  readonly undo?: (gateway: Gateway) => Promise<unknown>;
  /** Without a secret nobody can be asked whether it is ready. */
  readonly admitsAnybody?: true;
  /** What {@link configure} changes is taken over by a gateway that runs, from 2026.8.1 on. */
  readonly isTakenOver?: true;
  /** It takes the right to mount: see {@link canMount}. */
  readonly mounts?: true;
  /** What {@link act} brings about does not end with it. */
  readonly lasts?: true;
  /** Milliseconds until it can be seen. */
  readonly after?: number;
}

const controlUi =
  (settings: Config) =>
  (config: Config): void => {
    config.gateway.controlUi = settings;
  };

const OTHER_EXTENSION = `chrome-extension://${'a'.repeat(32)}`;

/** A plugin that cannot be loaded. */
async function brokenPlugin(config: Config, { home }: Gateway): Promise<void> {
  const folder = join(home, 'plugins/broken');
  await mkdir(folder, { recursive: true });
  const manifest = {
    id: 'broken',
    name: 'Broken',
    version: '1.0.0',
    activation: { onStartup: true },
    configSchema: { type: 'object', additionalProperties: false, properties: {} },
  };
  const entry = {
    name: 'broken',
    version: '1.0.0',
    type: 'module',
    openclaw: { extensions: ['./index.js'] },
  };
  await writeFile(join(folder, 'openclaw.plugin.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'package.json'), JSON.stringify(entry));
  await writeFile(join(folder, 'index.js'), "throw new Error('broken on purpose');\n");
  config.plugins = { load: { paths: [folder] }, entries: { broken: { enabled: true } } };
}

const NEWER_VERSION = '2099.1.1';

/** Where a gateway is told which version is the newest, while it lasts. */
const releaseServers = new WeakMap<Gateway, StrangeServer>();

/**
 * A gateway that looks for updates, on this computer: until 2026.5.28 it is as if it had looked within a day and found one, later
 * ones ask a server that may be named.
 */
async function newerVersion(config: Config, gateway: Gateway): Promise<void> {
  config.update = { checkOnStart: true };
  const found = {
    lastCheckedAt: new Date().toISOString(),
    lastAvailableVersion: NEWER_VERSION,
    lastAvailableTag: 'latest',
  };
  if (gateway.version.localeCompare('2026.8.1', 'en', { numeric: true }) < 0) {
    await writeFile(join(gateway.home, 'state/update-check.json'), JSON.stringify(found));
    return;
  }
  const body = JSON.stringify({ version: NEWER_VERSION });
  const server = await startHttpServer({ status: 200, body, contentType: 'application/json' });
  releaseServers.set(gateway, server);
}

/** A gateway looks for no update where it believes that nobody is there to read of it. */
const asksReleaseServer = (gateway: Gateway): NodeJS.ProcessEnv => ({
  CI: '',
  OPENCLAW_TELEMETRY_ENDPOINT: `http://127.0.0.1:${releaseServers.get(gateway)?.port ?? 9}/`,
});

const HOUR_MS = 3_600_000;

/** A sign-in at a model provider, by the gateway's own command line, that ends so long after now. */
const signIn =
  (expiresIn: string) =>
  async (config: Config, gateway: Gateway): Promise<void> => {
    const id = 'anthropic:test';
    const token = `sk-ant-oat01-${'a'.repeat(80)}`;
    await gateway.shell(
      `printf %s ${token} | openclaw models auth paste-token --provider anthropic --profile-id ${id} --expires-in ${expiresIn}`,
    );
    config.auth = { profiles: { [id]: { provider: 'anthropic', mode: 'token' } } };
  };

/** A scheduled job that cannot succeed, because no model is set up, and that is run at once. */
async function failingJob(owner: Admin): Promise<void> {
  const id = await runJob(owner);
  await until(
    120_000,
    'the job to fail',
    async () => {
      const { jobs } = await owner.ask('cron.list', { includeDisabled: true });
      return jobs.find((each: any) => each.id === id)?.state?.lastRunStatus;
    },
    1_000,
  );
}

/** Adds a scheduled job, begins to run it, and gives its id. */
export async function runJob(owner: Admin): Promise<string> {
  const job = await owner.ask('cron.add', {
    name: 'fails on purpose',
    schedule: { kind: 'every', everyMs: 24 * HOUR_MS },
    sessionTarget: 'isolated',
    wakeMode: 'now',
    payload: { kind: 'agentTurn', message: 'nobody may read this' },
    delivery: { mode: 'none' },
  });
  const id = job.id ?? job.job?.id;
  await owner.ask('cron.run', { id, mode: 'force' });
  return id;
}

/** The one model of the gateway's agents is that of a server on this port: see `mute-model.ts`. */
export function muteModel(config: Config, port: number): void {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const custom = {
    baseUrl,
    apiKey: 'none',
    api: 'openai-completions',
    models: [{ id: 'model', name: 'model' }],
  };
  config.models = { ...config.models, providers: { custom } };
  config.agents = { defaults: { model: { primary: 'custom/model' } } };
}

/** Of the capabilities of a process on Linux, as bits. */
const CAP_SYS_ADMIN = 1n << 21n;

/** Whether this process may mount an image of a disk, and has the program that makes one. */
export function canMount(): boolean {
  if (!existsSync('/dev/loop-control') || !existsSync('/usr/sbin/mkfs.ext4')) return false;
  const [, effective = '0'] = /^CapEff:\s*(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return (BigInt(`0x${effective}`) & CAP_SYS_ADMIN) !== 0n;
}

/**
 * A disk of 50 GB over the gateway's state, filled but for so many megabytes. It is an image without content, and its filler
 * is one too: neither takes space here.
 */
async function onFullDisk({ home }: Gateway, freeMegabytes: number): Promise<void> {
  const state = join(home, 'state');
  const image = join(home, 'disk.img');
  const config = await readFile(join(state, 'openclaw.json'));
  execFileSync('truncate', ['-s', '50G', image]);
  execFileSync('mkfs.ext4', ['-q', '-m', '0', '-O', '^has_journal', image]);
  execFileSync('mount', ['-o', 'loop', image, state]);
  await writeFile(join(state, 'openclaw.json'), config);
  const { bavail, bsize } = await statfs(state);
  const filler = bavail * bsize - freeMegabytes * 1e6;
  execFileSync('fallocate', ['-l', String(filler), join(state, 'filler')]);
}

const offFullDisk = async ({ home }: Gateway): Promise<void> => {
  execFileSync('umount', ['--lazy', join(home, 'state')]);
  await rm(join(home, 'disk.img'));
};

/** The environment of a gateway that has something to carry. */
const burden = (kind: 'loop' | 'memory'): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--import ${new URL('./burden.mjs', import.meta.url)}`,
  BURDEN: kind,
});

async function tooLargeAFrame({ url }: Gateway): Promise<void> {
  const socket = new WebSocket(url);
  await new Promise((done) => socket.addEventListener('open', done));
  socket.send('x'.repeat(100_000));
  await new Promise((done) => socket.addEventListener('close', done));
}

export const UPDATE_AVAILABLE: Condition = {
  name: 'update-available',
  how: 'a version newer than any is offered where the gateway looks for one',
  proves: ['update-available'],
  tells: ['update.available'],
  configure: newerVersion,
  env: asksReleaseServer,
  undo: async (gateway) => releaseServers.get(gateway)?.close(),
  after: 20_000,
};

export const CONDITIONS: readonly Condition[] = [
  { name: 'healthy', how: 'as it comes out of the box', proves: [], tells: [] },
  {
    name: 'insecure-auth',
    how: '`allowInsecureAuth` left on',
    proves: ['insecure-auth'],
    tells: ['config.get'],
    // Later ones take it out of the file when they start.
    until: '2026.5.28',
    configure: controlUi({ allowInsecureAuth: true }),
  },
  {
    name: 'device-auth-off',
    how: '`dangerouslyDisableDeviceAuth` left on',
    proves: ['device-auth-off'],
    tells: ['config.get'],
    isTakenOver: true,
    configure: controlUi({ dangerouslyDisableDeviceAuth: true }),
  },
  {
    name: 'host-header-origin',
    how: '`dangerouslyAllowHostHeaderOriginFallback` left on',
    proves: ['host-header-origin'],
    tells: ['config.get'],
    since: '2026.5.28',
    isTakenOver: true,
    configure: controlUi({ dangerouslyAllowHostHeaderOriginFallback: true }),
  },
  {
    name: 'origins-any',
    how: 'every origin is allowed',
    proves: ['origins-any'],
    tells: ['config.get'],
    isTakenOver: true,
    configure: controlUi({ allowedOrigins: ['*'] }),
  },
  {
    name: 'origins-other',
    how: 'the origin of another extension is allowed',
    proves: ['origins-other'],
    tells: ['config.get'],
    isTakenOver: true,
    configure: controlUi({ allowedOrigins: [OTHER_EXTENSION] }),
  },
  {
    name: 'bound-to-all',
    how: 'bound to all interfaces, without TLS',
    proves: ['open-without-tls'],
    tells: ['config.get'],
    configure: (config, { port }) => {
      config.gateway.bind = 'lan';
      config.gateway.controlUi = { allowedOrigins: [`http://127.0.0.1:${port}`] };
    },
  },
  {
    name: 'auth-off',
    how: 'authentication switched off',
    proves: ['auth-off'],
    tells: ['config.get'],
    admitsAnybody: true,
    configure: (config) => {
      config.gateway.auth = { mode: 'none' };
    },
  },
  {
    name: 'remote-secret',
    how: 'a secret for the remote mode beside the gateway’s own',
    proves: ['remote-secret'],
    tells: ['config.get'],
    isTakenOver: true,
    configure: (config, { url }) => {
      config.gateway.remote = { url, token: 'another-secret-for-the-same-gateway' };
    },
  },
  {
    name: 'reload-off',
    how: 'changes of the configuration are never taken over',
    proves: ['reload-off'],
    tells: ['config.get'],
    configure: (config) => {
      config.gateway.reload = { mode: 'off' };
    },
  },
  {
    name: 'config-unapplied',
    how: 'the configuration is changed, and changes are never taken over',
    proves: ['config-unapplied', 'reload-off'],
    tells: ['config.get'],
    since: '2026.8.1',
    configure: (config) => {
      config.gateway.reload = { mode: 'off' };
    },
    act: (gateway) =>
      gateway.configure((config) => {
        config.gateway.controlUi = { basePath: '/elsewhere' };
      }),
    after: 3_000,
  },
  {
    name: 'config-invalid',
    how: 'the configuration is made unreadable while the gateway runs',
    proves: ['config-invalid'],
    tells: ['config.get', 'health'],
    act: (gateway) =>
      gateway.configure((config) => {
        config.gateway.bind = 'nowhere';
      }),
    after: 3_000,
  },
  {
    name: 'config-legacy',
    how: 'a setting that this version no longer has is written while the gateway runs',
    proves: ['config-invalid', 'config-legacy'],
    tells: ['config.get'],
    since: '2026.9.6',
    act: (gateway) =>
      gateway.configure((config) => {
        config.diagnostics = { stuckSessionWarnMs: 60_000 };
      }),
    after: 3_000,
  },
  {
    name: 'config-warnings',
    how: 'a plugin is configured that does not exist',
    proves: ['config-warnings'],
    tells: ['config.get'],
    isTakenOver: true,
    configure: (config) => {
      config.plugins = { entries: { 'no-such-plugin': { enabled: true } } };
    },
  },
  {
    name: 'log-too-quiet',
    how: 'the log keeps errors alone',
    proves: ['log-too-quiet'],
    tells: ['config.get'],
    isTakenOver: true,
    configure: (config) => {
      config.logging.level = 'error';
    },
  },
  {
    name: 'browser-off',
    how: 'browser control switched off',
    proves: ['browser-off'],
    tells: ['config.get'],
    configure: (config) => {
      config.browser = { enabled: false };
    },
  },
  {
    name: 'plugin-failed',
    how: 'a plugin that throws when it is loaded',
    proves: ['plugin-failed'],
    tells: ['health', 'status'],
    since: '2026.8.1',
    configure: brokenPlugin,
  },
  {
    name: 'channel-fault',
    how: 'a channel whose settings its service does not go with',
    proves: ['channel-fault'],
    tells: ['channels.status'],
    since: '2026.9.6',
    configure: (config) => {
      const botToken = `123456:${'a'.repeat(35)}`;
      config.channels = { telegram: { enabled: true, botToken, groups: { '*': { requireMention: false } } } };
    },
    after: 12_000,
  },
  {
    name: 'model-missing',
    how: 'a model provider is set up for a sign-in that nobody made',
    proves: ['model-missing'],
    tells: ['models.authStatus'],
    since: '2026.5.28',
    isTakenOver: true,
    configure: (config) => {
      config.auth = { profiles: { 'anthropic:default': { provider: 'anthropic', mode: 'oauth' } } };
    },
  },
  {
    name: 'model-expired',
    how: 'a sign-in that has expired',
    proves: ['model-expired'],
    tells: ['models.authStatus'],
    since: '2026.5.28',
    configure: signIn('1s'),
  },
  {
    name: 'model-expiring',
    how: 'a sign-in that expires in two hours',
    proves: ['model-expiring'],
    tells: ['models.authStatus'],
    since: '2026.5.28',
    configure: signIn('2h'),
  },
  {
    name: 'secret-unresolved',
    how: 'a secret that is to come from a variable which is not set',
    proves: ['secret-unresolved'],
    provesToo: ['model-missing'],
    tells: ['status'],
    since: '2026.8.1',
    configure: (config) => {
      config.models = {
        ...config.models,
        providers: {
          custom: {
            baseUrl: 'http://127.0.0.1:9/v1',
            apiKey: { source: 'env', provider: 'default', id: 'NO_SUCH_VARIABLE' },
            models: [{ id: 'model', name: 'model' }],
          },
        },
      };
    },
  },
  UPDATE_AVAILABLE,
  {
    name: 'jobs-off',
    how: 'scheduled jobs switched off',
    proves: ['jobs-off'],
    tells: ['cron.status'],
    isTakenOver: true,
    configure: (config) => {
      config.cron = { enabled: false };
    },
  },
  {
    name: 'jobs-failed',
    how: 'a scheduled job fails',
    proves: ['jobs-failed'],
    tells: ['cron.list', 'status'],
    since: '2026.8.1',
    lasts: true,
    act: (gateway) => gateway.asOwner(failingJob),
  },
  {
    name: 'disk-full',
    how: 'its state lies on a disk that is full but for 100 MB',
    proves: ['disk-full'],
    tells: ['system.info'],
    since: '2026.8.1',
    mounts: true,
    configure: (_, gateway) => onFullDisk(gateway, 100),
    undo: offFullDisk,
  },
  {
    name: 'disk-low',
    how: 'its state lies on a disk of 50 GB that is full but for 1.5 GB',
    proves: ['disk-low'],
    tells: ['system.info'],
    since: '2026.8.1',
    mounts: true,
    configure: (_, gateway) => onFullDisk(gateway, 1_500),
    undo: offFullDisk,
  },
  {
    name: 'loop-blocked',
    how: 'something in its process takes most of its time for more than a minute',
    proves: ['loop-blocked'],
    tells: ['health'],
    since: '2026.8.1',
    env: () => burden('loop'),
    after: 100_000,
  },
  {
    name: 'memory-pressure',
    how: 'something in its process takes 2.6 GB of memory',
    proves: ['memory-pressure'],
    tells: ['diagnostics.stability'],
    since: '2026.5.28',
    env: () => burden('memory'),
    after: 75_000,
  },
  {
    name: 'frames-rejected',
    how: 'a client begins with a frame that is larger than the gateway takes',
    proves: ['frames-rejected'],
    tells: ['diagnostics.stability'],
    since: '2026.5.28',
    lasts: true,
    act: tooLargeAFrame,
    after: 500,
  },
  {
    name: 'busy',
    how: 'a scheduled job is being run',
    proves: [],
    tells: ['gateway.restart.preflight'],
    since: '2026.8.1',
    act: (gateway) => gateway.asOwner(runJob),
    after: 1_000,
  },
];

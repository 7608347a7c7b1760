/**
 * Every command of OpenClaw's command line that a user is ever shown: data, compared with the `--help` of real
 * versions by `labs/commands/command-check.ts`. What stands in braces is filled in by `what-helps.ts`.
 */
import type { VersionRange } from './versions.ts';

export interface CliCommand extends VersionRange {
  /** What follows `openclaw`. */
  readonly line: string;
  /** The words of it that name the command. */
  readonly verb: string;
  readonly flags: readonly string[];
  /** An option that belongs to the verb's first word, and stands before the rest. */
  readonly parentFlag?: string;
  /** Prints what is to be pasted here and nothing else, into a pipe too. */
  readonly isPasted?: boolean;
}

/** Adds an entry to the list of admitted origins and keeps what is in it: the index is the length of the list. */
const ORIGINS = 'gateway.controlUi.allowedOrigins';
/**
 * `node -p` knows `fs` by itself, so no shell has quotes to mangle. Where there is no list, gateways from 2026.8.1 on
 * print an object that says so.
 */
export const COUNT = 'try{[...JSON.parse(fs.readFileSync(0))].length}catch{0}';

const plain = (line: string, range: VersionRange = {}): CliCommand => ({
  line,
  verb: line,
  flags: [],
  ...range,
});

/** A setting that is put right by one fixed value. */
const set = (path: string, value: string): CliCommand => ({
  line: `config set ${path} ${value}`,
  verb: 'config set',
  flags: [],
});

const get = (path: string): CliCommand => ({
  line: `config get ${path} --json`,
  verb: 'config get',
  flags: ['--json'],
});

/**
 * `since` and `until` are the first and the last version that was seen to have it: between those that were looked at
 * a command may be older or have lived longer, and then something else is shown that exists.
 */
export const COMMANDS = {
  'devices-list': plain('devices list'),
  // `--latest` only previews: always the exact request.
  'devices-approve': { line: 'devices approve {requestId}', verb: 'devices approve', flags: [] },
  // Without `--url` a gateway that is bound to loopback gives no code.
  // A code of 2026.3.12 and 3.13 is burned by the first connect, before anybody could approve it.
  'setup-code': {
    line: 'qr --setup-code-only --url {address}',
    verb: 'qr',
    flags: ['--setup-code-only', '--url'],
    isPasted: true,
    since: '2026.3.14',
  },
  /** Until 2026.2.24 it carries the gateway secret itself. */
  'setup-code-with-secret': {
    line: 'qr --setup-code-only --url {address}',
    verb: 'qr',
    flags: ['--setup-code-only', '--url'],
    isPasted: true,
    until: '2026.2.24',
  },
  // Prints to a terminal alone: piped, it fails (2026.8.1, 9.6).
  'auth-token': {
    line: 'gateway auth-token --show',
    verb: 'gateway auth-token',
    flags: ['--show'],
    since: '2026.8.1',
  },
  /** A link that ends in the gateway secret; later versions keep it out of the link. */
  'dashboard-link': {
    line: 'dashboard --no-open',
    verb: 'dashboard',
    flags: ['--no-open'],
    until: '2026.3.13',
  },
  /** The same link goes to the clipboard, where the gateway's computer has one, and is not printed. */
  'dashboard-to-clipboard': {
    line: 'dashboard --no-open',
    verb: 'dashboard',
    flags: ['--no-open'],
    since: '2026.3.14',
    until: '2026.7.1',
  },
  'gateway-status': { line: 'gateway status --deep', verb: 'gateway status', flags: ['--deep'] },
  'gateway-stability': plain('gateway stability', { since: '2026.5.28' }),
  'gateway-start': plain('gateway start'),
  'gateway-restart': plain('gateway restart'),
  'gateway-install': { line: 'gateway install --force', verb: 'gateway install', flags: ['--force'] },
  logs: { line: 'logs --limit 100', verb: 'logs', flags: ['--limit'] },
  'generate-token': {
    line: 'doctor --generate-gateway-token',
    verb: 'doctor',
    flags: ['--generate-gateway-token'],
  },
  'doctor-lint': { line: 'doctor --lint', verb: 'doctor', flags: ['--lint'], since: '2026.5.28' },
  doctor: plain('doctor'),
  update: plain('update'),
  'get-origins': get(ORIGINS),
  'get-proxies': get('gateway.trustedProxies'),
  'get-remote': get('gateway.remote'),
  'set-auth-token': set('gateway.auth.mode', 'token'),
  'set-loopback': set('gateway.bind', 'loopback'),
  'set-device-auth': set('gateway.controlUi.dangerouslyDisableDeviceAuth', 'false'),
  'set-secure-auth': set('gateway.controlUi.allowInsecureAuth', 'false'),
  'set-origin-check': set('gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback', 'false'),
  'set-reload': set('gateway.reload.mode', 'hybrid'),
  'set-log-level': set('logging.level', 'info'),
  'set-browser': set('browser.enabled', 'true'),
  'set-cron': set('cron.enabled', 'true'),
  'config-validate': plain('config validate', { since: '2026.5.28' }),
  'plugins-doctor': plain('plugins doctor'),
  'secrets-audit': plain('secrets audit', { since: '2026.5.28' }),
  'models-status': plain('models status'),
  'channels-status': plain('channels status'),
  'cron-list': plain('cron list'),
  'tasks-list': plain('tasks list', { since: '2026.5.28' }),
  'add-origin': {
    line: `config set "${ORIGINS}[$({openclaw} config get ${ORIGINS} --json | node -p '${COUNT}')]" {origin}`,
    verb: 'config set',
    flags: [],
  },
  'get-trusted-proxies': {
    line: 'config get gateway.trustedProxies --json',
    verb: 'config get',
    flags: ['--json'],
  },
  'get-proxy-auth': {
    line: 'config get gateway.auth.trustedProxy --json',
    verb: 'config get',
    flags: ['--json'],
  },
  'add-trusted-proxy': {
    line: `config set "gateway.trustedProxies[$({openclaw} config get gateway.trustedProxies --json | node -p '${COUNT}')]" 127.0.0.1`,
    verb: 'config set',
    flags: [],
  },
  'allow-loopback-proxy': {
    line: 'config set gateway.auth.trustedProxy.allowLoopback true',
    verb: 'config set',
    flags: [],
    since: '2026.5.28',
  },
  'bind-network': { line: 'config set gateway.bind lan', verb: 'config set', flags: [] },
  // What OpenClaw's maintainers advise for versions that it ends (issue 71913 of theirs).
  'disable-bonjour': {
    line: 'plugins disable bonjour',
    verb: 'plugins disable',
    flags: [],
    since: '2026.4.14',
    until: '2026.4.24',
  },
  // Any use wakes the relay; the legacy one, until 2026.3.13, starts with its gateway.
  'tabs-of-chrome': {
    line: 'browser --browser-profile chrome tabs',
    verb: 'browser tabs',
    flags: [],
    parentFlag: '--browser-profile',
    since: '2026.7.1',
  },
  'browser-doctor': {
    line: 'browser --browser-profile chrome doctor',
    verb: 'browser doctor',
    flags: [],
    parentFlag: '--browser-profile',
    since: '2026.5.28',
  },
  'browser-status': {
    line: 'browser --browser-profile chrome status',
    verb: 'browser status',
    flags: [],
    parentFlag: '--browser-profile',
  },
  'browser-profiles': plain('browser profiles'),
  'extension-pair': plain('browser extension pair', { since: '2026.7.1' }),
  'extension-status': plain('browser extension status', { since: '2026.8.1' }),
  'extension-install': plain('browser extension install', { since: '2026.8.1' }),
  'extension-install-legacy': plain('browser extension install', { until: '2026.3.13' }),
  'enable-browser-plugin': {
    line: 'plugins enable browser',
    verb: 'plugins enable',
    flags: [],
    since: '2026.7.1',
  },
} as const satisfies Record<string, CliCommand>;

export type CommandId = keyof typeof COMMANDS;

export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[];

/**
 * The signs by which a line tells who speaks, where, and what went wrong: tables, first match wins. What a gateway's
 * own refusals mean is none of it: that is `gateway/diagnosis.ts`, for us as for everybody.
 */
import type { Platform } from '../remedy/types.ts';
import type { ClientKind, ExplainedCode } from './types.ts';

export type Sign<Meaning> = readonly (readonly [sign: RegExp, meaning: Meaning])[];

/** The first that a line shows; `null` if it shows none. */
export const firstOf = <Meaning>(signs: Sign<Meaning>, line: string): Meaning | null =>
  signs.find(([sign]) => sign.test(line))?.[1] ?? null;

/** What clients and gateways say of failures that are no refusals of a connect. */
export const FAULTS: Sign<ExplainedCode> = [
  [/missing scope:? ?["']?operator\.|\bMISSING_SCOPE\b/i, 'missing-scope'],
  [/unknown requestId|no pending (?:device )?(?:pairing )?request/i, 'request-gone'],
  // Not what is said of models.
  [/gateway auth(?:entication)? (?:is )?(?:temporarily )?rate-limited/i, 'rate-limited'],
  [/rejected the supplied gateway secret/i, 'gateway-secret-mismatch'],
  [/it needs a matching (?:token|password)/i, 'gateway-secret-missing'],
  [/gateway is only bound to loopback/i, 'setup-code-address'],
  [/plaintext ws:\/\/ to a non-loopback|insecure websocket url|uses plaintext ws/i, 'plaintext-refused'],
  [/proxy[_ ](?:client )?attribution(?:[_ ]is)?[_ ]required/i, 'proxy-untrusted'],
  [
    /another (?:gateway(?: \(pid \d+\))? (?:already )?owns th(?:is|at) state|OpenClaw process owns gateway-lifecycle)/i,
    'state-dir-taken',
  ],
  [/gateway already running|another gateway instance is already listening/i, 'port-taken'],
  [
    /invalid config(?:uration)?\b|config(?:uration)? (?:file )?(?:is )?invalid|config validation failed|JSON5? parse (?:failed|error)/i,
    'config-invalid',
  ],
  [
    /gateway url override requires explicit credentials|requires credentials before opening|no token\/password or paired device token|no (?:gateway )?(?:auth )?credentials (?:are )?(?:configured|found|available)|gateway auth (?:credentials )?(?:is |are )?(?:not configured|unavailable)/i,
    'no-credential',
  ],
  // The relay
  [
    /browser relay auth rejected|relay (?:key|token) (?:was )?rejected|invalid browser relay auth/i,
    'relay-key-rejected',
  ],
  [/browser relay key rotated/i, 'relay-key-rotated'],
  [/browser relay auth capacity/i, 'relay-busy'],
  [
    /no (?:chrome )?tabs? (?:is|are) (?:connected|attached)|extension (?:is )?not (?:connected|attached)|no attached (?:chrome )?tabs?/i,
    'relay-not-attached',
  ],
  // The end of a gateway's run
  [
    /gateway (?:is )?(?:restarting|draining)|gateway restart in progress|service restart\b/i,
    'gateway-restarting',
  ],
  [/gateway (?:is )?starting|startup[- ]sidecars/i, 'gateway-starting'],
  // The device or the secret that a live connection was made with
  [/\bdevice removed\b/i, 'device-token-mismatch'],
  [/\bgateway auth changed\b/i, 'gateway-secret-mismatch'],
  // Some commands say so of every failure.
  [/gateway not reachable\. is it running/i, 'connection-lost'],
];

/** What every program says of the network, of TLS and of time: a fault where it is said of a gateway. */
export const FAULTS_ON_THE_WAY: Sign<ExplainedCode> = [
  [
    /self[- ]signed certificate|(?:DEPTH_ZERO_)?SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET)\w*|CERT_\w+|ERR_TLS_CERT\w*|ERR_CERT_\w+|tls fingerprint|certificate (?:has expired|fingerprint|is not trusted)/i,
    'certificate-rejected',
  ],
  [/EADDRINUSE|address already in use|port \d+ is (?:already )?in use/i, 'port-taken'],
  [/ERR_INTERNET_DISCONNECTED|ENETDOWN|ENETUNREACH/, 'offline'],
  [/ECONNREFUSED|ERR_CONNECTION_REFUSED|connection refused/i, 'gateway-unreachable'],
  [
    /ETIMEDOUT|EHOSTUNREACH|ERR_CONNECTION_TIMED_OUT|ERR_ADDRESS_UNREACHABLE|no route to host/i,
    'address-silent',
  ],
  [/ENOTFOUND|EAI_AGAIN|ERR_NAME_NOT_RESOLVED|could not resolve host/i, 'address-silent'],
  [
    /invalid frame header|EPROTO|wrong version number|ERR_SSL_PROTOCOL_ERROR|packet length too long/i,
    'handshake-failed',
  ],
  [
    /unexpected server response: \d+|unexpected response code: \d+|websocket-upgrade-rejected|websocket upgrade (?:was )?rejected|rejected websocket upgrade|received network error or non-101|ERR_INVALID_HTTP_RESPONSE|Parse Error: Expected HTTP|socket hang up|ECONNRESET|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/i,
    'handshake-failed',
  ],
  [
    /gateway (?:request )?timeout|gateway probe budget exhausted|(?:connect|handshake)[ -]?(?:challenge )?timeout|timed out (?:after|waiting)/i,
    'gateway-not-answering',
  ],
];

/** What a close code alone proves, where no words stand beside it. */
export const BY_CLOSE_CODE: ReadonlyMap<number, ExplainedCode> = new Map([
  [1000, 'connection-lost'],
  [1001, 'connection-lost'],
  [1002, 'protocol-mismatch'],
  [1005, 'connection-lost'],
  [1006, 'connection-lost'],
  [1008, 'unknown-refusal'],
  [1009, 'connection-lost'],
  [1011, 'connection-lost'],
  [1012, 'gateway-restarting'],
  [1013, 'gateway-starting'],
  [4003, 'relay-key-rejected'],
]);

/** What says least: not worth telling beside anything that says more. */
export const VAGUE: readonly ExplainedCode[] = [
  'unknown-refusal',
  'connection-lost',
  'handshake-failed',
  'gateway-not-answering',
];

/** The client ids of the protocol, and how the gateway's log names a client: by its name, its mode and its version. */
export const CLIENT_IDS: Sign<ClientKind> = [
  [/\bopenclaw-control-ui\b|\bwebchat-ui\b/, 'dashboard'],
  [/\bopenclaw-browser-copilot\b/, 'extension'],
  [/\bopenclaw-tui\b/, 'tui'],
  [/\bopenclaw-(?:ios|android|watchos)\b/, 'phone'],
  [/\bnode-host\b/, 'node'],
  [/\bopenclaw-(?:macos|linux|worker)\b/, 'operator'],
  [/\bclient=[^=]{1,80} webchat v/, 'dashboard'],
  [/\bclient=[^=]{1,80} node v/, 'node'],
  [
    /\bclient=[^=]{1,80} (?:cli|probe) v|\bopenclaw-probe\b|\b(?:client(?:Id)?|mode)["']?[:=]\s?["']?cli\b/,
    'cli',
  ],
  // Commands, tools and the gateway itself call by that name.
  [/\bgateway-client\b|\bclient=gateway:/, 'operator'],
];

/** How each program gives itself away where it speaks itself. */
export const CLIENT_SIGNS: Sign<ClientKind> = [
  ...CLIENT_IDS,
  // By what only it does
  [/(?:^|[$#>❯%]\s{1,3})openclaw gateway run\b/, 'gateway'],
  [/\bnode host\b|\bopenclaw(?:-cli|\.mjs|\.cmd)? node (?:run|install|start|status)\b/, 'node'],
  [/\bopenclaw(?:-cli|\.mjs|\.cmd)? tui\b/, 'tui'],
  [
    /\bsub-?agents?\b|\bsessions_(?:spawn|send|list|history)\b|\[tools?\]|\bcron (?:tool|job)\b/i,
    'sub-agent',
  ],
  [
    /\bbrowser relay\b|\/browser\/extension\b|\bextension[- ]relay\b|\bchrome extension\b/i,
    'official-extension',
  ],
  // As it was typed, and not as a hint names it
  [
    /(?:^|[$#>❯%]\s{1,3})(?:(?:sudo|npx|docker|podman|compose|exec|run|--rm|-it|-T|node|[\w-]{0,30}gateway[\w-]{0,30})\s){0,8}(?:openclaw|openclaw-cli|openclaw\.mjs|openclaw\.cmd|dist\/index\.js) (?:status|doctor|gateway|devices|logs|cron|channels|message|agents?|qr|health|dashboard|nodes|browser|config|models|sessions|system|pairing|update|plugins|skills|approvals)\b/,
    'cli',
  ],
  [/^gateway disconnected: /, 'tui'],
  [/\bthis CLI\b/, 'cli'],
  [/supplied gateway secret|it needs a matching (?:token|password)/i, 'dashboard'],
  // By how a gateway speaks to it: the same refusal has another hint for each
  [/\bset gateway\.remote\.(?:token|password)\b/, 'cli'],
  // Others are told to use it: “Approve it in that gateway's Control UI”.
  [/(?<!gateway['’]s )\bcontrol ui\b|\bdashboard url\b/i, 'dashboard'],
  // By its own words
  [/\bdisconnected \(\d{4}\)/i, 'dashboard'],
  [/\b(?:chrome|moz)-extension:\/\//, 'extension'],
  [
    /\bWebSocket connection to ['"]wss?:|Firefox can.t establish a connection|\bindex-[\w-]{6,12}\.js:\d/i,
    'dashboard',
  ],
  [/gateway failed to start|\bgateway (?:service )?(?:aborted|exited)/i, 'gateway'],
];

/** A gateway says so of itself; a command line only reports that a port is taken. */
export const LISTENS = /EADDRINUSE/i;

/** What every program of OpenClaw prints: it tells of a command line, unless one of the others has begun to speak. */
export const PRINTED_BY_ALL = /\bGatewayClientRequestError\b|^Gateway target: |\bgateway closed \(\d{4}/i;

/** Programs that print the same as a command line. */
export const PROGRAMS: readonly ClientKind[] = ['node', 'tui'];

/** Who calls by a browser's own page, in a line of the gateway's log: `origin=http://…`. */
export const LOGGED_ORIGINS: Sign<ClientKind> = [
  [/\borigin["']?[=:]\s?["']?(?:chrome|moz)-extension:/, 'extension'],
  [/\borigin["']?[=:]\s?["']?https?:/, 'dashboard'],
];

/** A line of the gateway's own log about a socket: it tells of one client, and not of the one before. */
export const LOGGED =
  /\[(?:gateway\/)?ws\]|"?subsystem"?\\?"?:\\?"?gateway\/ws|\bclosed before connect\b|\bhandshake=failed\b/;

/** Where the text was printed. */
export const PLATFORM_SIGNS: Sign<Platform> = [
  [
    /\bdocker(?: compose|-compose)?\b|\bopenclaw-(?:gateway|cli)(?:-\d+)? +\||host\.docker\.internal|\/app\/(?:dist|node_modules)\b|\/home\/node\/\.openclaw/i,
    'docker',
  ],
  [/\bWSL2?\b|microsoft-standard|\/mnt\/c\//, 'wsl'],
  [/\b[A-Z]:\\(?:Users|Windows|Program)|\bPS [A-Z]:\\|\bwin32\b|schtasks|Scheduled Task/, 'windows'],
  [/\/Users\/[\w.-]+\/|LaunchAgent|launchctl/, 'macos'],
  [/\bsystemd\b|systemctl|journalctl|\/home\/[\w.-]+\/|\/root\//, 'linux'],
];

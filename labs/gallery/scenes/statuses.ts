/** A gateway in every state that there is. The types see to it that a new code, cause or finding gets its own. */
import { type Cause, causeOf } from '../../../src/gateway/causes.ts';
import type { Finding, FindingCode } from '../../../src/gateway/finding.ts';
import type { StatusCode } from '../../../src/gateway/status.ts';
import type { GatewayStatus } from '../../../src/gateway-status.ts';
import { bearingOf, isRelayFault, type RelayCause } from '../../../src/relay/causes.ts';
import type { RelayStatus } from '../../../src/relay/status.ts';
import { NOW, statusOf } from '../../../test/fixtures/statuses.ts';
import { mapped } from '../scene.ts';

export const REQUEST_ID = 'b42117a9-6ec2-4313-a3d7-103cd3ae745e';
const MINUTE_MS = 60_000;

/** What a gateway says at the end: the code of the close and its own words. */
type Ending = readonly [closeCode: number | null, words: string | null];

const ENDINGS: Readonly<Record<Cause, Ending>> = {
  'connection-lost': [1006, null],
  'gateway-unreachable': [1006, null],
  'gateway-not-answering': [null, null],
  'handshake-failed': [1002, 'Invalid frame header'],
  'handshake-timeout': [null, null],
  'not-a-gateway': [1006, null],
  'gateway-mute': [1000, null],
  'gateway-flooding': [null, null],
  'answer-too-large': [null, null],
  'address-silent': [null, null],
  'gateway-unavailable': [1013, 'service unavailable: too many pending handshakes'],
  'gateway-starting': [1013, 'gateway starting; retry shortly'],
  'gateway-restarting': [1012, 'service restart'],
  'gateway-stopping': [1001, 'gateway stopping'],
  offline: [1006, null],
  'not-paired': [1008, 'pairing required'],
  'role-upgrade': [1008, 'pairing required: role upgrade'],
  'scope-upgrade': [1008, 'pairing required: scope upgrade'],
  'metadata-upgrade': [1008, 'pairing required: metadata upgrade'],
  'rate-limited': [1008, 'unauthorized: too many failed authentication attempts (retry later)'],
  'device-token-mismatch': [1008, 'unauthorized: device token mismatch (rotate/reissue device token)'],
  'maybe-another-gateway': [1008, 'unauthorized: device token mismatch (rotate/reissue device token)'],
  'device-token-unstable': [1008, 'unauthorized: device token mismatch (rotate/reissue device token)'],
  'gateway-secret-mismatch': [1008, 'unauthorized: gateway token mismatch (provide gateway auth token)'],
  'gateway-password-mismatch': [1008, 'unauthorized: gateway password mismatch'],
  'gateway-secret-missing': [1008, 'unauthorized: gateway token missing (provide gateway auth token)'],
  'gateway-password-missing': [1008, 'unauthorized: gateway password missing'],
  'setup-code-rejected': [1008, 'unauthorized: bootstrap token invalid or expired'],
  'setup-code-expired': [null, null],
  'no-credential': [null, null],
  'credential-unanswered': [1006, null],
  'credential-unreadable': [null, null],
  'identity-unavailable': [null, null],
  'proxy-untrusted': [
    1008,
    'unauthorized: proxy client attribution is required (configure gateway.trustedProxies narrowly)',
  ],
  'proxy-source-untrusted': [1008, 'unauthorized'],
  'proxy-loopback-source': [1008, 'unauthorized'],
  'proxy-on-gateway-host': [1008, 'unauthorized'],
  'proxy-user-missing': [1008, 'unauthorized'],
  'proxy-user-not-allowed': [1008, 'unauthorized'],
  'proxy-header-missing': [1008, 'unauthorized'],
  'proxy-identity-missing': [1008, 'unauthorized: trusted proxy user missing'],
  'gateway-secret-unset': [1008, 'unauthorized: gateway token not configured on gateway'],
  'scope-mismatch': [1008, 'unauthorized: scope mismatch'],
  'origin-not-allowed': [1008, 'origin not allowed (open the Control UI from the gateway host)'],
  'gateway-too-old': [1002, 'protocol mismatch'],
  'gateway-too-new': [1002, 'protocol mismatch'],
  'protocol-mismatch': [1002, 'protocol mismatch'],
  'client-not-accepted': [1008, 'invalid connect params: at /client/id: must be equal to constant'],
  'identity-conflict': [1008, 'device identity mismatch'],
  'device-auth-invalid': [1008, 'device signature invalid'],
  'device-identity-required': [1008, 'device identity required'],
  'clock-skew': [1008, 'device signature expired'],
  'unknown-refusal': [1008, 'policy violation: not today'],
};

/** The state of a gateway that a cause of this bearing keeps us from. */
export const CODE_OF_BEARING = {
  transient: 'down',
  restart: 'starting',
  offline: 'offline',
  approval: 'approval',
  limited: 'limited',
  'needs-you': 'needs-you',
} as const;

/** A gateway that a cause keeps us from, as the projection shows it once that lasts. */
export function causedBy(cause: Cause, changes: Partial<GatewayStatus> = {}): Partial<GatewayStatus> {
  const { bearing, recovery, unblock } = causeOf(cause);
  const code = CODE_OF_BEARING[bearing];
  const [closeCode, words] = ENDINGS[cause];
  const isOurs = code !== 'needs-you' || recovery === 'await-admission';
  return {
    code,
    cause,
    closeCode,
    words,
    since: NOW - 3 * MINUTE_MS,
    provenAt: NOW - 4 * MINUTE_MS,
    latencyMs: null,
    attempt: 3,
    nextTryAt: isOurs ? NOW + (code === 'limited' ? 252_000 : 12_000) : null,
    requestId: code === 'approval' ? REQUEST_ID : null,
    canTryAgain: !isOurs && unblock === 'try-again',
    ...changes,
  };
}

export const BY_CAUSE: Readonly<Record<Cause, Partial<GatewayStatus>>> = mapped(ENDINGS, (_, cause) =>
  causedBy(cause),
);

const relayOf = (cause: RelayCause, changes: Partial<RelayStatus> = {}): RelayStatus => ({
  ...statusOf().relay,
  cause,
  bearing: bearingOf(cause),
  generation: 'v2',
  address: 'ws://127.0.0.1:18799',
  checkedAt: NOW - 9_000,
  since: NOW - 5 * MINUTE_MS,
  tookMs: 14,
  isExpected: isRelayFault(cause),
  ...changes,
});

export const BY_CODE: Readonly<Record<StatusCode, Partial<GatewayStatus>>> = {
  'needs-you': causedBy('gateway-secret-mismatch'),
  approval: causedBy('not-paired'),
  relay: { code: 'relay', relay: relayOf('relay-plugin-missing') },
  down: causedBy('gateway-unreachable'),
  offline: causedBy('offline', { reach: 'public', address: 'wss://gateway.example.net' }),
  limited: causedBy('rate-limited'),
  reconnecting: causedBy('connection-lost', {
    code: 'reconnecting',
    since: NOW - 4_000,
    nextTryAt: NOW + 4_000,
  }),
  starting: causedBy('gateway-restarting'),
  unknown: { code: 'unknown', since: null, provenAt: NOW - 20 * MINUTE_MS },
  healed: {
    code: 'healed',
    isSecretRemembered: true,
    selfRepair: 'on',
    repairedAt: NOW - 20_000,
    notice: { kind: 'repaired', at: NOW - 20_000, cause: 'device-token-mismatch', tookMs: 812 },
  },
  healthy: {},
  paused: { code: 'paused', since: NOW - 9 * MINUTE_MS, provenAt: NOW - 10 * MINUTE_MS },
  'not-set-up': { code: 'not-set-up', since: null, provenAt: null },
};

const RELAYS: Readonly<Record<RelayCause, Partial<RelayStatus>>> = {
  'relay-unchecked': { address: null, checkedAt: null, since: null, generation: 'unknown' },
  'relay-unseen': { generation: 'v1' },
  'relay-listens': { generation: 'unknown' },
  'relay-key-proved': { isKeyHeld: true, keyProvenAt: NOW - 9_000 },
  'relay-attached': { attached: 'yes', generation: 'v1' },
  'relay-answers': {},
  'relay-asleep': { isKeyHeld: true, keyProvenAt: NOW - 60 * MINUTE_MS },
  'relay-not-in-version': { generation: 'none', address: null },
  'relay-never-paired': { address: null },
  'relay-plugin-missing': {},
  'relay-key-rejected': { isKeyHeld: true, words: 'unauthorized' },
  'relay-key-rotated': { isKeyHeld: true, keyProvenAt: NOW - 600 * MINUTE_MS },
  'relay-not-proved': { isKeyHeld: true },
  'relay-profile-unknown': { isKeyHeld: true, words: 'unknown profile' },
  'relay-unreachable': {},
  'relay-not-answering': {},
  'relay-busy': { words: 'too many connections' },
  'relay-port-taken': {},
  'relay-not-attached': { attached: 'no', generation: 'v1' },
};

export const BY_RELAY: Readonly<Record<RelayCause, Partial<GatewayStatus>>> = mapped(
  RELAYS,
  (changes, cause) => ({
    code: isRelayFault(cause) ? 'relay' : 'healthy',
    relay: relayOf(cause, changes),
  }),
);

/** In the order of their sentences; see `gateway/findings.ts`. */
const FIGURES: Readonly<Record<FindingCode, Finding['figures']>> = {
  'clock-ahead': ['3 min'],
  'clock-behind': ['12 min'],
  'gateway-slow': ['6.2 s'],
  'idle-cut': ['60 s', 5],
  'gateways-alternate': [3, '2026.9.6, 2026.8.1'],
  'other-gateway-answered': ['3 min'],
  'gateway-flapping': [6, '10 min'],
  'restart-outlived': ['40 s'],
  'origin-still-refused': [],
  'devices-forgotten': [3],
};

export const BY_FINDING: Readonly<Record<FindingCode, Partial<GatewayStatus>>> = mapped(
  FIGURES,
  (figures, code) => ({
    findings: [{ code, at: NOW - 2 * MINUTE_MS, figures }],
  }),
);

/** What a careless or hostile gateway may say of itself, and a user may call it. */
export const FOREIGN = {
  words: `شَكَّلَ \u202eتسجيل الدخول\u202c ${'policy-violation/'.repeat(12)} 拒绝访问 <b>bold</b>`,
  version: `2026.9.6-\u202ebeta\u202c+${'0123456789abcdef'.repeat(4)}`,
  name: `${'Gateway of the whole department '.repeat(3)}اسم طويل جدا ${'x'.repeat(80)}`,
  address: `wss://${'a-very-long-subdomain.'.repeat(6)}example.net:18789/openclaw`,
} as const;

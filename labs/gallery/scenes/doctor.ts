import { DIAGNOSES } from '../../../src/diagnoses.ts';
import type { Looks, OwnFault } from '../../../src/doctor/types.ts';
import type { GatewayStatus } from '../../../src/gateway-status.ts';
import type { ConfigFacts, Inside } from '../../../src/inside/types.ts';
import type { RoadFinding } from '../../../src/road/judge.ts';
import { looksOf } from '../../../test/fixtures/observed.ts';
import { pageOf, roadSeen } from '../../../test/fixtures/road.ts';
import { NOW, statusOf } from '../../../test/fixtures/statuses.ts';
import { type Act, mapped, prefixed, type Scene, type Scenes, snapshotOf } from '../scene.ts';
import { ERRORS } from './popup.ts';
import { BY_CODE, BY_FINDING, BY_RELAY, causedBy, FOREIGN } from './statuses.ts';

/** Any gateway that is connected answered during the run. */
const doctorOf = (status: Partial<GatewayStatus>, looks: Partial<Looks> = {}): Scene => ({
  snapshot: snapshotOf([statusOf({ ...status, ...(status.cause == null && { provenAt: NOW }) })]),
  looks,
});

const GONE: Partial<Looks> = {
  knock: { found: 'refused', tookMs: 3 },
  http: { found: { kind: 'silent' }, tookMs: 4 },
};

const well = doctorOf({});

const OWN: Readonly<Record<OwnFault, Scene>> = {
  'worker-silent': doctorOf({}, { worker: { found: 'silent', tookMs: 2_500 } }),
  'storage-newer': { snapshot: snapshotOf([], 'newer') },
  'storage-unreadable': {
    snapshot: snapshotOf([], 'unreadable'),
    looks: { storage: { found: 'unreadable', tookMs: 2 } },
  },
  'storage-unwritable': { ...well, looks: { storage: { found: 'unwritable', tookMs: 2 } } },
  'identity-exportable': { ...well, looks: { identity: { found: 'exportable', tookMs: 2 } } },
};

const CONFIG: ConfigFacts = {
  isValid: true,
  issues: [],
  warnings: [],
  legacyIssues: [],
  isApplied: true,
  bind: 'loopback',
  customBindHost: null,
  authMode: 'token',
  hasSecret: true,
  isTls: false,
  tailscale: null,
  trustedProxies: 0,
  allowedOrigins: [],
  allowsInsecureAuth: false,
  disablesDeviceAuth: false,
  allowsHostHeader: false,
  remoteUrl: null,
  hasRemoteSecret: false,
  reloadMode: null,
  logLevel: null,
  isBrowserOff: false,
};

/** The user has allowed reading the configuration. */
const ALLOWED = {
  [`inside:${statusOf().gatewayId}`]: { version: 1, value: { readsConfig: true, last: null } },
};

const insideOf = (inside: Partial<Inside>, ...acts: Act[]): Scene => ({
  ...doctorOf({ serverVersion: '2026.9.6' }),
  stored: ALLOWED,
  inside,
  acts: [...acts, { until: '[data-testid=inside][data-state=done]' }],
});

const OPEN: Act = { click: '[data-testid=inside] summary' };
const ASKED: Act = { until: '[data-testid=inside][data-state=done]' };

const UNAPPLIED: ConfigFacts = { ...CONFIG, isApplied: false };
const AT_REST = { queueSize: 0, pendingReplies: 0, embeddedRuns: 0 };

const INSIDE: Scenes = {
  'not-allowed': { ...doctorOf({ serverVersion: '2026.9.6' }), acts: [ASKED, OPEN] },
  unsafe: { ...doctorOf({ serverVersion: '2026.8.1' }), acts: [ASKED, OPEN] },
  well: { ...insideOf({ config: { type: 'told', value: CONFIG } }), acts: [ASKED, OPEN] },
  'worth-knowing': {
    ...insideOf({ config: { type: 'told', value: { ...CONFIG, reloadMode: 'off' } } }),
    acts: [ASKED, OPEN],
  },
  untold: {
    ...insideOf({
      machine: { type: 'untold' },
      models: { type: 'untold' },
      stability: { type: 'untold' },
      jobs: { type: 'unread', reason: 'too-slow' },
      failedJobs: { type: 'unasked' },
    }),
    acts: [ASKED, OPEN],
  },
  open: insideOf({
    config: {
      type: 'told',
      value: {
        ...CONFIG,
        bind: 'lan',
        allowsInsecureAuth: true,
        isApplied: false,
        allowedOrigins: ['*', 'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
        hasRemoteSecret: true,
        remoteUrl: 'ws://127.0.0.1:18789',
      },
    },
  }),
  'restart-safe': { ...insideOf({ config: { type: 'told', value: UNAPPLIED } }), work: AT_REST },
  'restart-cuts': {
    ...insideOf({ config: { type: 'told', value: UNAPPLIED } }),
    work: { ...AT_REST, embeddedRuns: 2, pendingReplies: 1, backgroundExecSessions: 1 },
  },
  unwell: insideOf({
    config: { type: 'told', value: CONFIG },
    health: {
      type: 'told',
      value: {
        pluginErrors: [{ name: 'broken', words: 'Error: broken on purpose' }],
        pluginsUnavailable: [],
        tellsPlugins: true,
        isReloadOff: true,
        isModelRuntimeDegraded: false,
        loop: { isDegraded: true, sinceMs: 95_000, delayMs: 912, utilization: 1 },
      },
    },
    channels: {
      type: 'told',
      value: { tellsIssues: true, issues: [{ name: 'telegram', words: 'getMe failed: 401 Unauthorized' }] },
    },
    models: {
      type: 'told',
      value: { providers: [{ name: 'anthropic', status: 'expired', expiresAt: NOW - 3_600_000 }] },
    },
    failedJobs: { type: 'told', value: [{ name: 'Morning brief', lastRunAt: NOW, isOff: false }] },
  }),
};
/** One of each place on the way, as it was proved for a gateway that could not be connected to. */
const ON_THE_WAY: readonly RoadFinding[] = [
  'proxy-untrusted',
  'proxy-no-websocket',
  'login-page-in-front',
  'certificate-not-trusted',
  'scheme-wrong',
  'tls-missing',
  'wrong-port',
  'name-unknown',
  'browser-blocks-network',
  'https-only',
];

/** Only what is not encrypted can be made so. */
const addressOf = (finding: RoadFinding): string =>
  finding === 'https-only' ? 'ws://box.example.net' : 'wss://box.example.net';

const onTheWay = (finding: RoadFinding): Scene =>
  doctorOf(
    { ...causedBy('handshake-failed'), code: 'down', address: addressOf(finding), reach: 'private' },
    {
      firstFrame: { found: 'refused', tookMs: 9 },
      http: { found: { kind: 'other', status: 403, contentType: 'text/html' }, tookMs: 5 },
      // Nothing of what was found at a port answers where none was reached.
      ...(DIAGNOSES[finding].step === 'NET-LISTEN' && { ...GONE, firstFrame: null }),
      road: {
        finding,
        isOriginAdmitted: false,
        evidence: roadSeen({
          address: addressOf(finding),
          page: pageOf({ status: 403, product: 'nginx' }),
        }),
      },
    },
  );

export const DOCTOR: Scenes = {
  well,
  'nothing-set-up': { snapshot: snapshotOf([]), looks: { identity: null, knock: null, http: null } },
  'needs-permission': doctorOf({}, { http: { found: { kind: 'not-allowed' }, tookMs: 1 } }),
  ...prefixed(
    'state',
    mapped(BY_CODE, (status, code) => doctorOf(status, code === 'down' ? GONE : {})),
  ),
  'relay-not-attached': doctorOf(BY_RELAY['relay-not-attached']),
  'relay-key-rotated': doctorOf(BY_RELAY['relay-key-rotated']),
  'not-a-gateway': doctorOf(causedBy('not-a-gateway'), {
    firstFrame: { found: 'other', tookMs: 8 },
    http: { found: { kind: 'other', status: 404, contentType: 'text/html' }, tookMs: 5 },
  }),
  'origin-not-allowed': doctorOf(causedBy('origin-not-allowed')),
  ...prefixed(
    'finding',
    mapped(BY_FINDING, (status) => doctorOf(status)),
  ),
  ...prefixed('fault', OWN),
  ...prefixed('inside', INSIDE),
  ...prefixed('way', Object.fromEntries(ON_THE_WAY.map((finding) => [finding, onTheWay(finding)]))),
  'several-gateways': {
    snapshot: snapshotOf([
      statusOf({ gatewayId: 'home', name: 'Home', provenAt: NOW }),
      statusOf({ ...causedBy('not-paired'), gatewayId: 'office', name: 'Office' }),
    ]),
  },
  ...prefixed(
    'explained',
    mapped(
      { ...ERRORS, nothing: 'good morning to you' },
      (text): Scene => ({
        ...well,
        acts: [
          { click: '[data-testid=explain] summary' },
          { paste: text, into: '[data-testid=explain-text]' },
          { until: '.explained-list :is(.explained, [data-testid=explained-none])' },
        ],
      }),
    ),
  ),
  'report-open': { ...well, acts: [{ click: '.report summary' }] },
  foreign: {
    ...doctorOf({
      ...causedBy('unknown-refusal'),
      words: FOREIGN.words,
      name: FOREIGN.name,
      address: FOREIGN.address,
      reach: 'public',
      serverVersion: FOREIGN.version,
    }),
    acts: [{ click: '.report summary' }],
    isForeign: true,
  },
};

/** What the doctor's looks find in a scene. */
export const looksIn = ({ looks }: Scene): Looks => looksOf({ startedAt: NOW, ...looks });

import type { Notice } from '../../../src/gateway/state.ts';
import type { GatewayStatus } from '../../../src/gateway-status.ts';
import type {
  GatewaySecretPaste,
  NotUsablePaste,
  PasteProblem,
  Recognised,
} from '../../../src/pairing/recognised.ts';
import type { Problem } from '../../../src/words/problems.ts';
import { NOW, statusOf } from '../../../test/fixtures/statuses.ts';
import { seeded } from '../../bench/stored-past.ts';
import { type Act, mapped, prefixed, type Scene, type Scenes, sceneOf, snapshotOf } from '../scene.ts';
import { keptOthers, MANY } from './others.ts';
import { BY_CAUSE, BY_CODE, BY_FINDING, BY_RELAY, causedBy, FOREIGN } from './statuses.ts';

const FIELD = '[data-testid=pairing-link]';
const paste = (text: string): Act => ({ paste: text, into: FIELD });
const MORE: Act = { click: '.more' };

const firstRun: Scene = { snapshot: snapshotOf([]) };

export type Pasted =
  | Exclude<Recognised['kind'], 'problem' | 'not-usable' | 'gateway-secret'>
  | GatewaySecretPaste['form']
  | NotUsablePaste['what']
  | PasteProblem;

const code = (payload: object): string => btoa(JSON.stringify(payload)).replace(/=+$/, '');
const ADDRESS = 'ws://127.0.0.1:18789';
const TOKEN = '4f1c9a0be37d5286'.repeat(3);
const KEY = '0123456789abcdef'.repeat(4);

/** A text that comes to each result; `pastes.test.ts` proves it. */
export const PASTES: Readonly<Record<Pasted, string>> = {
  'setup-code': code({
    url: 'wss://gateway.example.net',
    bootstrapToken: 'boot-1',
    expiresAtMs: NOW + 600_000,
  }),
  address: 'ws://192.168.1.20:18789',
  'relay-key': `ws://127.0.0.1:18799/extension#${KEY}`,
  'dashboard-link': `http://127.0.0.1:18789/#token=${TOKEN}`,
  'address-with-secret': `${ADDRESS}#${TOKEN}`,
  'old-setup-code': code({ url: ADDRESS, token: TOKEN }),
  'bare-secret': TOKEN,
  empty: '   ',
  'too-long': 'x'.repeat(100_001),
  'damaged-setup-code': code({ url: ADDRESS, bootstrapToken: 'boot-1' }).slice(0, 40),
  'expired-setup-code': code({ url: ADDRESS, bootstrapToken: 'boot-1', expiresAtMs: NOW - 1 }),
  'loopback-only': 'Error: Gateway is only bound to loopback. Set gateway.bind=lan, enable tailscale serve.',
  'request-id': '3f2b8c1e-7d54-4a9b-9c0e-1f2a3b4c5d6e',
  'chat-code': 'K7MPX2QD',
  placeholder: '$OPENCLAW_GATEWAY_TOKEN',
  'secret-alone': 'good morning to you',
  'not-recognised': 'Hello, how do I pair?',
  'not-an-address': 'ws://',
  'unsupported-scheme': 'ftp://127.0.0.1:18789',
  'bad-port': 'ws://127.0.0.1:99999',
  'credentials-in-address': 'ws://me:secret@127.0.0.1:18789',
  'insecure-public': 'ws://gateway.example.net:18789',
  'relay-pairing-string': `ws://127.0.0.1:18792/extension?token=${KEY}`,
  'owner-bootstrap-link': 'http://127.0.0.1:18789/#bootstrapToken=b1&bootstrapProfile=owner',
  'join-link': 'https://gateway.example.net/j/Ab3_dE-gH1jK2lM3nO4pQ5',
  'share-link': 'https://gateway.example.net/share/session?token=abcdef12345',
  'deep-link': 'openclaw://gateway?host=192.168.1.20&token=abc',
  'shell-command': 'openclaw devices list',
};

const NOTICES: Readonly<Record<Notice['kind'], Partial<GatewayStatus>>> = {
  repaired: BY_CODE.healed,
  'credential-refused': {
    notice: { kind: 'credential-refused', at: NOW - 9_000, cause: 'gateway-secret-mismatch' },
  },
  'right-gateway-back': {
    notice: { kind: 'right-gateway-back', at: NOW - 9_000, since: NOW - 240_000, until: NOW - 60_000 },
  },
  updated: { notice: { kind: 'updated', at: NOW - 9_000, from: '2026.8.1', to: '2026.9.6' } },
};

const SENT: Act[] = [
  paste(PASTES['dashboard-link']),
  { click: '[data-testid=connect]' },
  { until: '.seen .problem' },
];

/** Problems that only the worker finds come with its reply. */
const refusedBy = (problem: Problem): Scene => ({
  ...firstRun,
  acts: SENT,
  reply: { ok: false, problem },
});

const several = [
  statusOf({ gatewayId: 'home', name: 'Home' }),
  statusOf({
    ...causedBy('gateway-secret-mismatch'),
    gatewayId: 'office',
    name: 'Office',
    address: 'wss://office.example.net',
  }),
  statusOf({
    ...causedBy('gateway-restarting'),
    gatewayId: 'lab',
    name: 'Lab',
    address: 'ws://192.168.1.20:18789',
  }),
];

/** What other clients print, as it is pasted. */
export const ERRORS: Readonly<Record<'command-line' | 'dashboard' | 'approval' | 'way', string>> = {
  'command-line': `$ openclaw health --token ${TOKEN}
gateway connect failed: GatewayClientRequestError: unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)
Gateway target: ws://127.0.0.1:18789`,
  dashboard: 'disconnected (1008): unauthorized: device token mismatch (rotate/reissue device token)',
  approval: `OpenClaw 2026.9.6
gateway closed (1008): pairing required: device is asking for more scopes than currently approved (requestId: 3f2b8c1e-7d54-4a9b-9c0e-1f2a3b4c5d6e)
Gateway target: wss://gateway.example.net`,
  way: `$ docker compose run --rm openclaw-cli status
gateway closed (1006 abnormal closure (no close frame)): no close reason
connect ECONNREFUSED 127.0.0.1:18789`,
};

export const POPUP: Scenes = {
  'first-run': firstRun,
  ...prefixed(
    'state',
    mapped(BY_CODE, (status) =>
      // What is loaded later belongs to the card.
      status.code === 'approval'
        ? sceneOf(status, { until: '[data-testid=open-dashboard]' })
        : sceneOf(status),
    ),
  ),
  'state-healed': { ...sceneOf(BY_CODE.healed), stored: seeded(1, NOW, () => 'one') },
  'known-before': {
    ...sceneOf({ isSecretRemembered: true, selfRepair: 'on' }),
    stored: seeded(1, NOW, () => 'one'),
  },
  ...prefixed(
    'cause',
    mapped(BY_CAUSE, (status) => sceneOf(status)),
  ),
  ...prefixed(
    'relay',
    mapped(BY_RELAY, (status) => sceneOf(status)),
  ),
  'relay-help-open': sceneOf(BY_RELAY['relay-answers'], { click: '[data-testid=relay-help]' }),
  ...prefixed(
    'notice',
    mapped(NOTICES, (status) => sceneOf(status)),
  ),
  ...prefixed(
    'finding',
    mapped(BY_FINDING, (status) => sceneOf(status)),
  ),
  ...prefixed(
    'paste',
    mapped(PASTES, (text): Scene => ({ ...firstRun, acts: [paste(text)] })),
  ),
  ...prefixed(
    'explained',
    mapped(
      ERRORS,
      (text): Scene =>
        sceneOf({ provenAt: NOW }, MORE, { click: 'footer .panel > div > button' }, paste(text), {
          until: '[data-testid=explained]',
        }),
    ),
  ),
  'paste-refused': refusedBy('storage-failed'),
  'paste-worker-unreachable': refusedBy('worker-unreachable'),
  'paste-other-gateway': sceneOf(BY_CODE['needs-you'], paste('ws://192.168.1.20:18789')),
  'several-gateways': { snapshot: snapshotOf(several) },
  'many-gateways': {
    snapshot: snapshotOf(
      Array.from({ length: 12 }, (_, index) =>
        statusOf({ gatewayId: `g${index}`, address: `ws://192.168.1.${index + 1}:18789`, reach: 'private' }),
      ),
    ),
  },
  'storage-newer': { snapshot: snapshotOf([], 'newer') },
  'storage-unreadable': { snapshot: snapshotOf([], 'unreadable') },
  'storage-unwritable': { snapshot: snapshotOf([statusOf()], 'unwritable') },
  'adding-another': sceneOf({}, MORE, { click: 'footer .panel > div > button' }),
  more: sceneOf({ isSecretRemembered: true, relay: { ...statusOf().relay, isKeyHeld: true } }, MORE),
  'forget-asking': sceneOf({}, MORE, { click: '[data-testid=forget]' }),
  'remedies-open': sceneOf(BY_CAUSE['origin-not-allowed'], { click: '.further summary' }),
  'on-a-mac': { ...sceneOf(BY_CODE['needs-you']), os: 'mac' },
  'output-to-clipboard': {
    ...sceneOf(BY_CAUSE['device-token-mismatch'], { click: '.further summary' }),
    os: 'mac',
  },
  'output-to-clipboard-chosen': {
    ...sceneOf(
      BY_CAUSE['device-token-mismatch'],
      { click: '.further summary' },
      { click: '[data-testid=to-clipboard]' },
    ),
    os: 'win',
  },
  'command-failed': {
    ...sceneOf({}, { click: '.facts button' }, { until: '.problem' }),
    reply: { ok: false, problem: 'worker-unreachable' },
  },
  'found-nothing': {
    snapshot: snapshotOf([]),
    localGateway: 'nothing',
    acts: [{ until: '.found .command' }],
  },
  'found-other': { snapshot: snapshotOf([]), localGateway: 'other', acts: [{ until: '.found' }] },
  'others-quiet': { ...sceneOf(), stored: keptOthers({}) },
  'others-many': { ...sceneOf(), stored: keptOthers(MANY) },
  'others-offered': sceneOf(BY_CODE.limited, { click: '[data-testid=others-offer] > summary' }),
  'self-repair-on': sceneOf({ isSecretRemembered: true, selfRepair: 'on' }),
  'self-repair-open': sceneOf(
    {},
    { click: '[data-testid="turn-on-self-repair"]' },
    { until: '.self-repair-form .command' },
  ),
  'self-repair-refused': {
    ...sceneOf(
      {},
      { click: '[data-testid="turn-on-self-repair"]' },
      { until: '.self-repair-form .command' },
      { click: '[data-testid="confirm-self-repair"]' },
      { until: '.self-repair-form .problem:not(:empty)' },
    ),
    reply: { ok: false, problem: 'secret-rejected-before' },
  },
  'self-repair-next-time': sceneOf(
    BY_CAUSE['device-token-mismatch'],
    { click: '[data-testid="self-repair"] summary' },
    { until: '.self-repair-form .command' },
  ),
  'without-device-token': sceneOf({
    isWithoutDeviceToken: true,
    isSecretRemembered: true,
    deviceTokenIssuedAt: null,
  }),
  'foreign-words': {
    ...sceneOf(
      causedBy('unknown-refusal', {
        words: FOREIGN.words,
        name: FOREIGN.name,
        address: FOREIGN.address,
        reach: 'public',
      }),
    ),
    isForeign: true,
  },
  'foreign-version': {
    ...sceneOf({
      serverVersion: FOREIGN.version,
      address: FOREIGN.address,
      reach: 'public',
      notice: { kind: 'updated', at: NOW, from: FOREIGN.version, to: FOREIGN.version },
    }),
    isForeign: true,
  },
  'foreign-names': {
    snapshot: snapshotOf([
      statusOf({ gatewayId: 'a', name: FOREIGN.name }),
      statusOf({ ...causedBy('offline'), gatewayId: 'b', name: FOREIGN.name }),
    ]),
    isForeign: true,
  },
};

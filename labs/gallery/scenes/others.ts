import { nothingKnown, type Others, type Refused, type Visitor } from '../../../src/others/state.ts';
import { othersItem } from '../../../src/storage/others-item.ts';
import { NOW, statusOf } from '../../../test/fixtures/statuses.ts';
import { type Act, type Scene, type Scenes, sceneOf, snapshotOf } from '../scene.ts';
import { BY_CODE, FOREIGN } from './statuses.ts';

const MINUTE_MS = 60_000;
const ago = (minutes: number): number => NOW - minutes * MINUTE_MS;

const REFUSED: Refused = {
  cause: 'unauthorized',
  reason: null,
  authReason: 'token_mismatch',
  authProvided: 'token',
  client: 'openclaw-control-ui',
  clientDisplayName: null,
  mode: 'webchat',
  version: '2026.9.6',
  platform: 'MacIntel',
  deviceId: null,
  origin: 'http://192.168.1.5:18789',
  forwardedFor: null,
  remoteAddr: '192.168.1.20',
  requestId: null,
  firstAt: ago(22),
  lastAt: ago(0),
  count: 41,
  recent: Array.from({ length: 10 }, (_, at) => NOW - (10 - at) * 5_000),
  toldAt: null,
};

const asking: Refused = {
  ...REFUSED,
  cause: 'pairing-required',
  reason: 'scope-upgrade',
  authReason: null,
  authProvided: null,
  client: 'cli',
  clientDisplayName: 'box',
  mode: 'cli',
  version: '2026.8.1',
  platform: 'linux',
  deviceId: '99bb88401742',
  origin: null,
  remoteAddr: '192.168.1.30',
  requestId: 'b42117a9-6ec2-4313-a3d7-103cd3ae745e',
  firstAt: ago(3),
  lastAt: ago(2),
  count: 3,
  recent: [],
};

const VISITOR: Visitor = {
  clientId: 'node-host',
  mode: 'node',
  host: 'shed',
  version: '2026.8.1',
  platform: 'linux',
  deviceId: '545ea5384610',
  ip: '192.168.1.31',
  reason: 'connect',
  onlineSince: ago(190),
  ts: ago(190),
};

const DASHBOARD: Visitor = {
  ...VISITOR,
  clientId: 'openclaw-control-ui',
  mode: 'webchat',
  host: null,
  version: '2026.9.6',
  platform: 'MacIntel',
  deviceId: '66cd9688a2ae',
  ip: null,
  onlineSince: ago(12),
};

const ALL: Refused[] = [
  {
    ...asking,
    deviceId: '1234567890ab',
    reason: 'not-paired',
    client: null,
    clientDisplayName: null,
    mode: null,
    version: null,
    platform: null,
    lastAt: ago(300),
    firstAt: ago(320),
  },
  { ...asking, deviceId: 'abcdefabcdef', lastAt: ago(90), firstAt: ago(95) },
  {
    ...REFUSED,
    authReason: 'device_token_mismatch',
    authProvided: 'device-token',
    client: 'node-host',
    clientDisplayName: 'shed',
    mode: 'node',
    origin: null,
    remoteAddr: '192.168.1.31',
    firstAt: ago(200),
    lastAt: ago(195),
    count: 6,
    recent: [],
  },
  {
    ...REFUSED,
    authReason: 'rate_limited',
    client: 'openclaw-control-ui',
    clientDisplayName: null,
    version: '2026.9.5',
    firstAt: ago(0.2),
    lastAt: ago(0.1),
    count: 1,
    recent: [],
  },
  asking,
  {
    ...asking,
    reason: 'not-paired',
    deviceId: '0a0b0c0d0e0f',
    client: null,
    clientDisplayName: null,
    mode: null,
    version: null,
    platform: null,
    requestId: null,
    firstAt: ago(8),
    lastAt: ago(8),
    count: 1,
  },
  {
    ...REFUSED,
    authReason: 'token_mismatch',
    client: 'gateway-client',
    clientDisplayName: 'gateway:health',
    mode: 'backend',
    platform: 'linux',
    origin: null,
    remoteAddr: '192.168.1.40',
    firstAt: ago(1),
    lastAt: ago(1),
    count: 1,
    recent: [],
  },
  REFUSED,
];

const known = (changed: Partial<Others>): Others => ({
  ...nothingKnown(ago(600)),
  readAt: ago(0.5),
  presentAt: ago(0.5),
  approved: { abcdefabcdef: ago(89) },
  ...changed,
});

/** As it is stored where the user allowed it. */
export const keptOthers = (changed: Partial<Others>, gatewayId = 'one'): Record<string, unknown> => ({
  [othersItem(gatewayId).key]: othersItem(gatewayId).encode(known(changed)),
});

/** With everything that there can be. */
export const MANY: Partial<Others> = {
  refused: ALL,
  visitors: [
    VISITOR,
    DASHBOARD,
    { ...DASHBOARD, deviceId: '777777777777', host: 'old laptop', reason: 'disconnect', ts: ago(40) },
  ],
};

const sceneWith = (changed: Partial<Others>, status = {}, ...acts: Act[]): Scene => ({
  snapshot: snapshotOf([statusOf(status)]),
  stored: keptOthers(changed),
  acts,
});

export const OTHERS: Scenes = {
  off: sceneOf(),
  quiet: sceneWith({}),
  many: sceneWith(MANY, {}, { until: '[data-testid=other-client]' }),
  earlier: sceneWith(
    MANY,
    {},
    { click: '[data-testid=earlier] > summary' },
    { click: '[data-testid=left] > summary' },
  ),
  ending: sceneWith({}, {}, { click: '[data-testid=others-end] > summary' }),
  'log-refused': sceneWith({ blind: 'refused', visitors: [VISITOR] }),
  'no-log': sceneWith({ blind: 'no-log' }),
  'not-connected': sceneWith(MANY, BY_CODE.down, { until: '[data-testid=other-client]' }),
  'nothing-set-up': { snapshot: snapshotOf([]) },
  'storage-unreadable': { snapshot: snapshotOf([], 'unreadable') },
  foreign: {
    ...sceneWith(
      {
        refused: [
          { ...asking, clientDisplayName: FOREIGN.name?.slice(0, 60) ?? null, platform: '<b>host</b>' },
        ],
        visitors: [{ ...VISITOR, host: 'x'.repeat(60) }],
      },
      { name: FOREIGN.name },
      { until: '[data-testid=other-client]' },
    ),
    isForeign: true,
  },
};

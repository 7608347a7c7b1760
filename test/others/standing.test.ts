/** Who counts as refused, who is to blame, who is there. */
import { describe, expect, it } from 'vitest';
import {
  culpritOf,
  drifts,
  isNearLockOut,
  othersLine,
  ownCulprit,
  presentNow,
  storiesOf,
} from '../../src/others/standing.ts';
import { nothingKnown, type Others, type Refused, type Visitor } from '../../src/others/state.ts';
import { statusOf } from '../fixtures/statuses.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

const REFUSED: Refused = {
  cause: 'unauthorized',
  reason: null,
  authReason: 'token_mismatch',
  authProvided: 'token',
  client: 'openclaw-control-ui',
  clientDisplayName: null,
  mode: 'webchat',
  version: '2026.9.6',
  platform: 'linux',
  deviceId: null,
  origin: 'http://192.168.1.5:18789',
  forwardedFor: null,
  remoteAddr: '192.168.1.20',
  requestId: null,
  firstAt: NOW - 20 * MINUTE,
  lastAt: NOW,
  count: 41,
  recent: [],
  toldAt: null,
};

const VISITOR: Visitor = {
  clientId: 'node-host',
  mode: 'node',
  host: 'box',
  version: '2026.9.6',
  platform: 'linux',
  deviceId: 'abcdefabcdef',
  ip: '192.168.1.30',
  reason: 'connect',
  onlineSince: NOW - MINUTE,
  ts: NOW - MINUTE,
};

const others = (refused: Partial<Refused>[], changed: Partial<Others> = {}): Others => ({
  ...nothingKnown(0),
  presentAt: NOW,
  refused: refused.map((each) => ({ ...REFUSED, ...each })),
  ...changed,
});

/** So many attempts, a few seconds apart, the last one then. */
const attempts = (count: number, last: number): number[] =>
  Array.from({ length: count }, (_, at) => last - (count - 1 - at) * 3_000);

const story = (each: Partial<Refused>, changed: Partial<Others> = {}) =>
  storiesOf(others([each], changed), NOW)[0];

describe('[O8] a story', () => {
  it.each([
    ['goes on while it is told', { lastAt: NOW - 9 * MINUTE }, {}, 'refused'],
    ['was last seen at a time', { lastAt: NOW - 11 * MINUTE }, {}, 'quiet'],
    [
      'ends with the approval of its device',
      {
        cause: 'pairing-required',
        authReason: null,
        reason: 'not-paired',
        deviceId: 'abcdefabcdef',
        lastAt: NOW - MINUTE,
      },
      { approved: { abcdefabcdef: NOW } },
      'approved',
    ],
    [
      'does not end with one of before',
      {
        cause: 'pairing-required',
        authReason: null,
        reason: 'scope-upgrade',
        deviceId: 'abcdefabcdef',
        lastAt: NOW,
      },
      { approved: { abcdefabcdef: NOW - MINUTE } },
      'refused',
    ],
    [
      'is not ended by an approval where its secret is old',
      { lastAt: NOW - MINUTE, deviceId: 'abcdefabcdef' },
      { approved: { abcdefabcdef: NOW } },
      'refused',
    ],
    [
      'ends when its client connects',
      {
        client: 'node-host',
        mode: 'node',
        origin: null,
        clientDisplayName: 'box',
        remoteAddr: '192.168.1.30',
        lastAt: NOW - 2 * MINUTE,
      },
      { visitors: [VISITOR] },
      'connected',
    ],
    [
      'does not end when another one does',
      {
        client: 'node-host',
        mode: 'node',
        origin: null,
        clientDisplayName: 'box',
        remoteAddr: '192.168.1.31',
        lastAt: NOW - 2 * MINUTE,
      },
      { visitors: [VISITOR] },
      'refused',
    ],
    [
      'does not end because its client was there before',
      {
        client: 'node-host',
        mode: 'node',
        origin: null,
        clientDisplayName: 'box',
        remoteAddr: '192.168.1.30',
        lastAt: NOW,
      },
      { visitors: [VISITOR] },
      'refused',
    ],
  ] as const)('%s', (_, refused, changed, standing) => {
    expect(story(refused as Partial<Refused>, changed as unknown as Partial<Others>)?.standing).toBe(
      standing,
    );
  });
});

it('[O9] a request can be approved for five minutes', () => {
  const asking = { cause: 'pairing-required', requestId: '00000000-0000-4000-8000-000000000001' };
  expect(story({ ...asking, lastAt: NOW - 4 * MINUTE })?.requestId).toBe(asking.requestId);
  expect(story({ ...asking, lastAt: NOW - 6 * MINUTE })?.requestId).toBeNull();
});

it('[O7] what a refusal does not say of a device was said of it elsewhere', () => {
  const asking = {
    cause: 'pairing-required',
    reason: 'not-paired',
    authReason: null,
    client: null,
    mode: null,
    origin: null,
    deviceId: 'abcdefabcdef',
  };
  expect(story(asking)?.client.kind).toBe('unknown');
  expect(story(asking, { names: { abcdefabcdef: 'cli' } })?.client.kind).toBe('cli');
  expect(story(asking, { visitors: [{ ...VISITOR, reason: 'disconnect' }] })?.client).toMatchObject({
    kind: 'node',
    name: 'box',
  });
});

describe('[O10] the culprit of a lock-out', () => {
  const locked = {
    authReason: 'rate_limited',
    remoteAddr: '192.168.1.20',
    firstAt: NOW - MINUTE,
    lastAt: NOW,
    count: 1,
  };
  const culprit = (...all: Partial<Refused>[]) => {
    const stories = storiesOf(others([locked, ...all]), NOW);
    const victim = stories.find(({ code }) => code === 'rate-limited');
    return victim && culpritOf(stories, victim);
  };

  it('is who made most of the attempts from there', () => {
    const tab = { recent: attempts(10, NOW - MINUTE) };
    expect(culprit(tab, { client: 'cli', recent: attempts(2, NOW - MINUTE) })).toMatchObject({
      count: 41,
      client: { kind: 'dashboard' },
    });
  });

  it.each([
    ['too few were seen', { recent: attempts(3, NOW - MINUTE) }],
    ['they were made long before', { recent: attempts(10, NOW - 30 * MINUTE) }],
    ['they came from elsewhere', { remoteAddr: '192.168.1.99', recent: attempts(10, NOW - MINUTE) }],
    ['they are not counted', { authReason: 'token_missing', recent: attempts(10, NOW - MINUTE) }],
    ['they are counted with the programs', { origin: null, recent: attempts(10, NOW - MINUTE) }],
  ])('is nobody where %s', (_, made) => {
    expect(culprit(made)).toBeNull();
  });

  it('of ours is another extension, on this computer', () => {
    const extension = {
      origin: 'chrome-extension://other',
      remoteAddr: '127.0.0.1',
      recent: attempts(9, NOW - MINUTE),
    };
    const stories = storiesOf(others([extension]), NOW);
    expect(ownCulprit(stories, true, NOW)?.client.kind).toBe('extension');
    expect(ownCulprit(stories, false, NOW)).toBeNull();
    expect(ownCulprit(storiesOf(others([{ recent: attempts(9, NOW) }]), NOW), true, NOW)).toBeNull();
  });

  it('is warned of before', () => {
    const near = (each: Partial<Refused>) =>
      storiesOf(others([each]), NOW).filter((one) => isNearLockOut(one, NOW)).length;
    expect(near({ recent: attempts(4, NOW) })).toBe(1);
    expect(near({ recent: attempts(3, NOW) })).toBe(0);
    expect(near({ recent: attempts(8, NOW - 2 * MINUTE) })).toBe(0);
    // Programs on the gateway's own computer are not counted; its pages are.
    expect(near({ recent: attempts(8, NOW), origin: null, remoteAddr: '127.0.0.1' })).toBe(0);
    expect(near({ recent: attempts(8, NOW), remoteAddr: '127.0.0.1' })).toBe(1);
  });
});

describe('[O11] who is connected', () => {
  const status = statusOf({ since: NOW - MINUTE });
  const present = others([], { visitors: [VISITOR, { ...VISITOR, deviceId: 'b', reason: 'disconnect' }] });

  it('is known while we are', () => {
    expect(presentNow(present, status)).toMatchObject({
      here: [{ client: { name: 'box' } }],
      left: [{ leftAt: NOW - MINUTE }],
    });
    expect(presentNow(present, statusOf({ code: 'reconnecting' }))).toBeNull();
    expect(presentNow({ ...present, presentAt: NOW - 2 * MINUTE }, status)).toBeNull();
  });

  it('and which version they run', () => {
    const client = storiesOf(others([{}]), NOW)[0]?.client;
    const run = (version: string | null) =>
      drifts({ ...(client as NonNullable<typeof client>), version }, '2026.9.6');
    expect([run('2026.9.6'), run('2026.8.1'), run('1'), run(null)]).toEqual([false, true, false, false]);
  });

  it('is one line', () => {
    expect(
      othersLine(
        { ...present, refused: [REFUSED, { ...REFUSED, client: 'cli', origin: null, mode: 'cli' }] },
        status,
        NOW,
      ),
    ).toEqual({
      connected: 1,
      refused: { kind: expect.any(String), name: null, code: 'gateway-secret-mismatch' },
      more: 1,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { CONDITIONS } from '../../harness/gateway/conditions.ts';
import { INSIDE_CODES, INSIDE_FINDINGS } from '../../src/inside/codes.ts';
import { areaResults, insideFindings, memoryTrend } from '../../src/inside/findings.ts';
import { AREAS, type FindingContext, SEVERITIES } from '../../src/inside/types.ts';
import { answered, CAPTURED, insideOf } from './fixtures.ts';

const AROUND: FindingContext = {
  reach: 'loopback',
  origin: 'chrome-extension://ihhfanmngfalclojimmjibekiibklooo',
};

const codesOf = (answers: Parameters<typeof insideOf>[0], around = AROUND, at?: number): string[] =>
  insideFindings(insideOf(answers, at), around).map(({ code }) => code);

const config = (gateway: object, rest: object = {}): Parameters<typeof insideOf>[0] => ({
  'config.get': answered({ valid: true, config: { gateway, ...rest } }),
});

describe('what real gateways say', () => {
  it.each(
    CAPTURED.filter(({ condition }) => condition === 'healthy').map((each) => [each.version, each] as const),
  )('[I6] %s as it comes out of the box has no findings', (_, { answers }) => {
    expect(codesOf(answers)).toEqual([]);
  });

  it.each(
    CAPTURED.filter(({ condition }) => condition !== 'healthy').map(
      (each) => [each.version, each.condition, each] as const,
    ),
  )('%s, %s: is found, and nothing else', (_, condition, { answers }) => {
    const proved = CONDITIONS.find(({ name }) => name === condition)?.proves ?? [];
    expect(codesOf(answers).sort()).toEqual([...proved].sort());
  });

  it('every answer is read: one that is not would prove nothing for ever', () => {
    for (const { answers, version, condition } of CAPTURED) {
      const { at: _, tookMs: __, ...told } = insideOf(answers);
      const unread = Object.entries(told).filter(([, { type }]) => type === 'unread');
      expect(unread, `${version} ${condition}`).toEqual([]);
    }
  });

  it('[I6] nothing is found where nothing was said', () => {
    expect(codesOf({})).toEqual([]);
    expect(areaResults(insideOf({}), AROUND).map(({ result }) => result)).toEqual(AREAS.map(() => 'unasked'));
  });

  it('[I1] a version that lacks a method makes its row say so', () => {
    const refused = { type: 'refused', code: 'INVALID_REQUEST' } as const;
    const results = areaResults(
      insideOf({ 'models.authStatus': refused, 'channels.status': refused }),
      AROUND,
    );
    expect(results.filter(({ result }) => result === 'untold').map(({ area }) => area)).toEqual([
      'channels',
      'models',
    ]);
  });

  it('a row with nothing but what is worth knowing warns of nothing', () => {
    const resultOf = (answers: Parameters<typeof insideOf>[0]) =>
      areaResults(insideOf(answers), AROUND)[0]?.result;
    expect(resultOf(config({ reload: { mode: 'off' } }))).toBe('note');
    expect(resultOf({ 'config.get': answered({ valid: false, config: { gateway: {} }, issues: [] }) })).toBe(
      'warn',
    );
  });

  it('an answer that never came says nothing, and neither does one that makes no sense', () => {
    const slow = { type: 'dropped', reason: 'too-slow' } as const;
    const [row] = areaResults(insideOf({ 'config.get': slow }), AROUND);
    expect(row?.result).toBe('unread');
    for (const payload of [null, 1, 'x', [], { config: 1 }, { config: { gateway: [] } }, { valid: 'x' }])
      expect(codesOf({ 'config.get': answered(payload) })).toEqual([]);
  });
});

describe('the configuration', () => {
  it.each([
    ['nothing at all', {}, []],
    ['all off', { controlUi: { allowInsecureAuth: false, dangerouslyDisableDeviceAuth: false } }, []],
    ['a string for a flag', { controlUi: { allowInsecureAuth: 'true' } }, []],
    ['sign-in off here', { bind: 'loopback', auth: { mode: 'none' } }, ['auth-off']],
    ['sign-in off for all', { bind: 'lan', auth: { mode: 'none' } }, ['open-without-auth']],
    ['bound to all with TLS', { bind: 'lan', auth: { mode: 'token' }, tls: { enabled: true } }, []],
    ['bound to all without', { bind: 'lan', auth: { mode: 'token' } }, ['open-without-tls']],
    ['bound to an address', { bind: 'custom', customBindHost: '0.0.0.0' }, ['open-without-tls']],
    ['bound to its own address', { bind: 'custom', customBindHost: '127.0.0.1' }, []],
    ['our own origin', { controlUi: { allowedOrigins: [AROUND.origin, 'https://a.example'] } }, []],
    ['the remote secret alone', { remote: { token: 'x' } }, []],
    ['two secrets', { auth: { token: 'x' }, remote: { token: 'x', url: 'ws://a' } }, ['remote-secret']],
  ])('%s', (_, gateway, expected) => {
    expect(codesOf(config(gateway))).toEqual(expected);
  });

  it.each([
    ['loopback', {}, []],
    ['private', {}, ['proxy-untrusted']],
    ['public', { trustedProxies: ['10.0.0.1'] }, []],
    ['public', { tailscale: { mode: 'serve' } }, []],
    ['public', { bind: 'lan', tls: { enabled: true } }, []],
  ] as const)(
    'a gateway that listens for its own computer alone, and is reached as %s %j',
    (reach, more, expected) => {
      const answers = config({ bind: 'loopback', auth: { mode: 'token' }, ...more });
      expect(codesOf(answers, { ...AROUND, reach })).toEqual(expected);
    },
  );

  it.each([
    ['a', 'a', []],
    ['a', 'b', ['config-unapplied']],
    ['a', undefined, []],
    [undefined, 'b', []],
  ])('the file says %s, and what runs is %s', (configRevisionHash, appliedConfigHash, expected) => {
    const payload = { valid: true, hash: 'another', configRevisionHash, appliedConfigHash };
    expect(codesOf({ 'config.get': answered(payload) })).toEqual(expected);
  });
});

describe('an update', () => {
  const offer = (latestVersion: unknown, currentVersion: unknown = '2026.8.1') => ({
    'update.available': answered({ latestVersion, currentVersion }),
  });

  it.each([
    ['2026.9.6', ['update-available']],
    ['2026.8.2-beta.1', ['update-available']],
    // Another commit of the same version, an older one, none, and nonsense.
    ['2026.8.1', []],
    ['2026.5.28', []],
    [null, []],
    ['soon', []],
    [20_269, []],
  ])('to %s of 2026.8.1', (latest, expected) => {
    expect(codesOf(offer(latest))).toEqual(expected);
  });

  it('[I6] is none where the gateway does not say what it runs', () => {
    expect(codesOf(offer('2026.9.6', null))).toEqual([]);
  });

  it('names both versions', () => {
    expect(insideFindings(insideOf(offer('2026.9.6')), AROUND)[0]?.figures).toEqual(['2026.9.6', '2026.8.1']);
  });
});

describe('the process', () => {
  const loop = (degradedSinceMs: unknown, degraded: unknown = true) => ({
    health: answered({ eventLoop: { degraded, degradedSinceMs, delayP99Ms: 812.4 } }),
  });

  it.each([
    [undefined, true, []],
    [59_000, true, []],
    [61_000, true, ['loop-blocked']],
    [61_000, false, []],
  ])('[I7] an event loop that has been blocked for %s ms', (since, degraded, expected) => {
    expect(codesOf(loop(since, degraded))).toEqual(expected);
  });

  it.each([
    [81e9, 270e9, []],
    [1.5e9, 270e9, ['disk-low']],
    [1.5e9, 2e9, []],
    [3e9, 4_000e9, []],
    [0.1e9, 270e9, ['disk-full']],
    [0, 0, []],
  ])('%d bytes free of %d', (diskAvailableBytes, diskTotalBytes, expected) => {
    expect(codesOf({ 'system.info': answered({ diskAvailableBytes, diskTotalBytes }) })).toEqual(expected);
  });

  it.each([
    [30_000, []],
    [150_000, ['model-runtime-degraded']],
    [undefined, ['model-runtime-degraded']],
  ])('[I7] models that are not ready, %s ms after the start', (uptimeMs, expected) => {
    const answers = {
      health: answered({ modelRuntime: { degraded: true } }),
      'system.info': answered({ uptimeMs }),
    };
    expect(codesOf(answers)).toEqual(expected);
  });

  const MINUTE = 60_000;
  const samples = (megabytes: (minute: number) => number, minutes: number) =>
    Array.from({ length: minutes / 5 + 1 }, (_, index) => ({
      at: index * 5 * MINUTE,
      rssBytes: megabytes(index * 5) * 1e6,
    }));

  it.each([
    ['steady', (): number => 700, 300, false],
    ['growing', (minute: number): number => 500 + 3 * minute, 300, true],
    ['growing for half an hour', (minute: number): number => 500 + 20 * minute, 30, false],
    ['growing by little', (minute: number): number => 500 + minute / 2, 300, false],
    ['a sawtooth', (minute: number): number => 500 + 10 * (minute % 60), 300, false],
    [
      'grown, and back again',
      (minute: number): number => (minute < 290 ? 500 + 3 * minute : 500),
      300,
      false,
    ],
    ['one step', (minute: number): number => (minute < 150 ? 500 : 1_000), 300, false],
  ] as const)('[I7] memory that is %s', (_, megabytes, minutes, isTold) => {
    expect(memoryTrend(samples(megabytes, minutes)) !== null).toBe(isTold);
  });

  it('[I7] what lies more than an hour back has passed', () => {
    const events = [
      { ts: 1_000, type: 'diagnostic.memory.pressure', level: 'warning', memory: { rssBytes: 2e9 } },
    ];
    const answers = { 'diagnostics.stability': answered({ events }) };
    expect(codesOf(answers, AROUND, 60_000)).toEqual(['memory-pressure']);
    expect(codesOf(answers, AROUND, 2 * 3_600_000)).toEqual([]);
    const later = {
      ...answers,
      'diagnostics.stability': answered({ events, generatedAt: '1970-01-01T02:00:00Z' }),
    };
    expect(codesOf(later, AROUND, 60_000)).toEqual([]);
  });
});

it('the gravest comes first', () => {
  const answers = config({
    auth: { mode: 'none' },
    controlUi: { allowInsecureAuth: true },
    reload: { mode: 'off' },
  });
  expect(codesOf(answers)).toEqual(['auth-off', 'insecure-auth', 'reload-off']);
});

it('every code has a row', () => {
  for (const code of INSIDE_CODES) {
    expect(AREAS).toContain(INSIDE_FINDINGS[code].area);
    expect(SEVERITIES).toContain(INSIDE_FINDINGS[code].severity);
  }
});

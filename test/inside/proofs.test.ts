/** One row a finding: an answer that proves it, and one of the same method that disproves it. */
import { describe, expect, it } from 'vitest';
import { INSIDE_CODES, type InsideCode } from '../../src/inside/codes.ts';
import { areaResults, type InsideFinding, insideFindings } from '../../src/inside/findings.ts';
import type { FindingContext, InsideMethod } from '../../src/inside/types.ts';
import { answered, insideOf } from './fixtures.ts';

const HERE: FindingContext = { reach: 'loopback', origin: 'chrome-extension://ours' };
const FROM_ELSEWHERE: FindingContext = { ...HERE, reach: 'private' };

interface Proof {
  readonly method: InsideMethod;
  readonly proof: unknown;
  readonly disproof: unknown;
  readonly figures: InsideFinding['figures'];
  readonly said?: InsideFinding['said'];
  readonly around?: FindingContext;
}

const proved = (
  method: InsideMethod,
  proof: unknown,
  disproof: unknown,
  figures: Proof['figures'] = [],
  more: Pick<Proof, 'said' | 'around'> = {},
): Proof => ({ method, proof, disproof, figures, ...more });

const setting = (
  proof: object,
  disproof: object,
  figures: Proof['figures'] = [],
  more: Pick<Proof, 'said' | 'around'> = {},
): Proof =>
  proved(
    'config.get',
    { valid: true, config: { gateway: proof } },
    { valid: true, config: { gateway: disproof } },
    figures,
    more,
  );

const ofUi = (name: string): Proof =>
  setting({ controlUi: { [name]: true } }, { controlUi: { [name]: false } });

const MINUTE_MS = 60_000;
const NOW = 100 * MINUTE_MS;
const at = (moment: number): string => new Date(moment).toISOString();

/** What the gateway went through, as it says at that moment. */
const wentThrough = (events: readonly object[], moment = NOW): object => ({
  generatedAt: at(moment),
  events,
});

/** An event of half an hour ago, and the same when two hours have passed since. */
const event = (what: object, figures: Proof['figures']): Proof => {
  const events = [{ ts: NOW - 30 * MINUTE_MS, ...what }];
  return proved(
    'diagnostics.stability',
    wentThrough(events),
    wentThrough(events, NOW + 120 * MINUTE_MS),
    figures,
  );
};

const grown = Array.from({ length: 19 }, (_, index) => ({
  ts: NOW - (90 - 5 * index) * MINUTE_MS,
  type: 'diagnostic.memory.sample',
  memory: { rssBytes: 500e6 + index * 50e6 },
}));

const provider = (status: string): object => ({ providers: [{ displayName: 'Claude', status }] });
const ofModel = (status: string): Proof =>
  proved('models.authStatus', provider(status), provider('ok'), [1], {
    said: [{ name: 'Claude', words: '' }],
  });

const issue = { path: 'gateway.bind', message: 'no such value' };
const ISSUE = { name: 'gateway.bind', words: 'no such value' };

const PROOFS: Readonly<Record<InsideCode, Proof>> = {
  'auth-off': setting(
    { bind: 'loopback', auth: { mode: 'none' } },
    { bind: 'loopback', auth: { mode: 'token' } },
  ),
  'device-auth-off': ofUi('dangerouslyDisableDeviceAuth'),
  'insecure-auth': ofUi('allowInsecureAuth'),
  'host-header-origin': ofUi('dangerouslyAllowHostHeaderOriginFallback'),
  'origins-any': setting(
    { controlUi: { allowedOrigins: ['*'] } },
    { controlUi: { allowedOrigins: ['https://*.example'] } },
  ),
  'origins-other': setting(
    { controlUi: { allowedOrigins: ['chrome-extension://theirs', HERE.origin] } },
    { controlUi: { allowedOrigins: [HERE.origin] } },
    [1],
    { said: [{ name: 'chrome-extension://theirs', words: '' }] },
  ),
  'open-without-auth': setting(
    { bind: 'lan', auth: { mode: 'none' }, tls: { enabled: true } },
    { bind: 'lan', auth: { mode: 'password' }, tls: { enabled: true } },
    ['lan'],
  ),
  'open-without-tls': setting({ bind: 'lan' }, { bind: 'lan', tls: { enabled: true } }, ['lan']),
  'proxy-untrusted': setting({ bind: 'loopback' }, { bind: 'loopback', trustedProxies: ['10.0.0.1'] }, [], {
    around: FROM_ELSEWHERE,
  }),
  'config-invalid': proved(
    'config.get',
    { valid: false, issues: [issue] },
    { valid: true, issues: [] },
    [1],
    {
      said: [ISSUE],
    },
  ),
  'config-unapplied': proved(
    'config.get',
    { valid: true, configRevisionHash: 'a', appliedConfigHash: 'b' },
    { valid: true, configRevisionHash: 'b', appliedConfigHash: 'b' },
  ),
  'config-warnings': proved(
    'config.get',
    { valid: true, warnings: [issue] },
    { valid: true, warnings: [] },
    [1],
    {
      said: [ISSUE],
    },
  ),
  'config-legacy': proved(
    'config.get',
    { valid: true, legacyIssues: [issue] },
    { valid: true, legacyIssues: [] },
    [1],
    { said: [ISSUE] },
  ),
  'reload-off': setting({ reload: { mode: 'off' } }, { reload: { mode: 'hybrid' } }),
  'reload-gave-up': proved(
    'health',
    { configReload: { hotReloadStatus: 'disabled' } },
    { configReload: { hotReloadStatus: 'active' } },
  ),
  'remote-secret': setting(
    { auth: { token: 'one' }, remote: { url: 'wss://far.example', token: 'other' } },
    { auth: { token: 'one' }, remote: { url: 'wss://far.example' } },
    ['wss://far.example'],
  ),
  'log-too-quiet': proved(
    'config.get',
    { valid: true, config: { logging: { level: 'error' } } },
    { valid: true, config: { logging: { level: 'debug' } } },
    ['error'],
  ),
  'browser-off': proved(
    'config.get',
    { valid: true, config: { browser: { enabled: false } } },
    { valid: true, config: { browser: { enabled: true } } },
  ),
  'loop-blocked': proved(
    'health',
    { eventLoop: { degraded: true, degradedSinceMs: 90_400, delayP99Ms: 812.4 } },
    { eventLoop: { degraded: false, degradedSinceMs: null, delayP99Ms: 812.4 } },
    [90, 812],
  ),
  'disk-full': proved(
    'system.info',
    { diskAvailableBytes: 100e6, diskTotalBytes: 50e9 },
    { diskAvailableBytes: 20e9, diskTotalBytes: 50e9 },
    [100],
  ),
  'disk-low': proved(
    'system.info',
    { diskAvailableBytes: 1.5e9, diskTotalBytes: 50e9 },
    { diskAvailableBytes: 20e9, diskTotalBytes: 50e9 },
    [1.5, 50],
  ),
  'memory-grows': proved(
    'diagnostics.stability',
    wentThrough(grown),
    // It came back.
    wentThrough([
      ...grown.slice(0, -4),
      ...grown.slice(-4).map((each) => ({ ...each, memory: { rssBytes: 500e6 } })),
    ]),
    [650, 1_250, 2],
  ),
  'memory-pressure': event(
    { type: 'diagnostic.memory.pressure', level: 'warning', memory: { rssBytes: 2e9 } },
    [2_000],
  ),
  'frames-rejected': event({ type: 'payload.large', action: 'rejected' }, [1]),
  'sessions-stuck': event({ type: 'session.stuck' }, [1]),
  'plugin-failed': proved(
    'health',
    { plugins: { errors: [{ id: 'broken', error: 'Error: broken' }], unavailable: [] } },
    { plugins: { errors: [], unavailable: [] } },
    [1],
    { said: [{ name: 'broken', words: 'Error: broken' }] },
  ),
  'plugin-unavailable': proved(
    'status',
    { degradedPlugins: [{ pluginId: 'browser', reason: 'not loaded' }] },
    { degradedPlugins: [] },
    [1],
    { said: [{ name: 'browser', words: 'not loaded' }] },
  ),
  'secret-unresolved': proved(
    'status',
    { degradedSecretOwners: [{ ownerId: 'custom', reason: 'secret reference was not found' }] },
    { degradedSecretOwners: [] },
    [1],
    { said: [{ name: 'custom', words: 'secret reference was not found' }] },
  ),
  'update-available': proved(
    'update.available',
    { currentVersion: '2026.8.1', latestVersion: '2026.9.6' },
    { currentVersion: '2026.9.6', latestVersion: '2026.9.6' },
    ['2026.9.6', '2026.8.1'],
  ),
  'model-runtime-degraded': proved(
    'health',
    { modelRuntime: { degraded: true } },
    { modelRuntime: { degraded: false } },
  ),
  'channel-fault': proved(
    'channels.status',
    { statusIssues: [{ channel: 'telegram', message: 'Not authorised' }] },
    { statusIssues: [] },
    [1],
    { said: [{ name: 'telegram', words: 'Not authorised' }] },
  ),
  'model-expired': ofModel('expired'),
  'model-expiring': ofModel('expiring'),
  'model-missing': ofModel('missing'),
  'jobs-off': proved('cron.status', { enabled: false, jobs: 3 }, { enabled: true, jobs: 3 }, [3]),
  'jobs-failed': proved(
    'cron.list',
    { jobs: [{ name: 'nightly', enabled: true, lastRunStatus: 'error' }] },
    { jobs: [{ name: 'nightly', enabled: true, lastRunStatus: 'ok' }] },
    [1],
    { said: [{ name: 'nightly', words: '' }] },
  ),
  'tasks-failed': proved('status', { taskAudit: { errors: 2 } }, { taskAudit: { errors: 0 } }, [2]),
};

describe.each(INSIDE_CODES.map((code) => [code, PROOFS[code]] as const))(
  '[I6] %s',
  (code, { method, proof, disproof, figures, said = [], around = HERE }) => {
    const findings = (payload: unknown) =>
      insideFindings(insideOf({ [method]: answered(payload) }, NOW), around);

    it('is found where it is proved, with its figures and the gateway’s own words, and nothing else is', () => {
      expect(findings(proof)).toEqual([{ code, figures, said }]);
    });

    it('is gone where it is disproved', () => {
      expect(findings(disproof)).toEqual([]);
    });

    it('is not found where the method says nothing, is lacking, or comes too late', () => {
      expect(findings({})).toEqual([]);
      for (const answer of [
        { type: 'refused', code: 'INVALID_REQUEST' },
        { type: 'dropped', reason: 'too-slow' },
      ] as const) {
        const results = areaResults(insideOf({ [method]: answer }, NOW), around);
        expect(results.flatMap((each) => each.findings)).toEqual([]);
      }
    });
  },
);

it('[I7] memory of which nothing was heard for an hour grows no more', () => {
  const later = wentThrough(grown, NOW + 61 * MINUTE_MS);
  const inside = insideOf({ 'diagnostics.stability': answered(later) }, NOW);
  expect(insideFindings(inside, HERE)).toEqual([]);
});

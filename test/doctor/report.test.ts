import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/doctor/checks.ts';
import { report } from '../../src/doctor/report.ts';
import type { Observations } from '../../src/doctor/types.ts';
import { verdictOf } from '../../src/doctor/verdict.ts';
import { healthOf, looksOf, seenOf } from '../fixtures/observed.ts';
import { NOW } from '../fixtures/statuses.ts';

const VERSIONS = { extension: '0.1.0', browser: 'Chromium 156, Linux' };

function write(seen: Observations, includeHosts = false): string {
  const outcomes = examine(seen);
  const verdict = verdictOf(seen, outcomes);
  return report({ seen, outcomes, verdict, versions: VERSIONS, now: NOW, includeHosts });
}

/** Evenly random, as OpenClaw's are; a generator that prefers small values would make words. */
const bytes = (length: number) =>
  fc.integer().map((seed) => createHash('sha512').update(String(seed)).digest().subarray(0, length));
const base64url = (data: Uint8Array) => Buffer.from(data).toString('base64url');

/** What OpenClaw makes: gateway secret, relay key, device token, nonce, setup code. */
const secret: fc.Arbitrary<string> = fc.oneof(
  bytes(24).map((data) => Buffer.from(data).toString('hex')),
  bytes(32).map((data) => Buffer.from(data).toString('hex')),
  bytes(32).map(base64url),
  bytes(24).map((data) =>
    Buffer.from(JSON.stringify({ url: 'ws://127.0.0.1:18789', bootstrapToken: base64url(data) })).toString(
      'base64url',
    ),
  ),
);

/** Every text of a run, with the secret in it, alone or among other words. */
function planted(value: string, frame: (secret: string) => string): Observations {
  const text = frame(value);
  const status = healthOf({
    code: 'needs-you',
    cause: 'unknown-refusal',
    words: text,
    serverVersion: text,
    requestId: text,
    notice: { kind: 'updated', at: NOW, from: text, to: text },
    findings: [{ code: 'gateways-alternate', at: NOW, figures: [text, 2] }],
  });
  const relay = { ...status.relay, words: text, address: `ws://127.0.0.1:18799/extension#${value}` };
  const address = `ws://user:${value}@gateway.example.com/${value}?token=${value}`;
  return {
    status: { ...status, relay, address },
    failure: status,
    storageProblem: null,
    looks: looksOf({
      http: { found: { kind: 'gateway', phase: 'live', version: text, failing: [text] }, tookMs: 1 },
    }),
  };
}

describe('the report', () => {
  it('holds no secret, whatever holds one', () => {
    const frame = fc.constantFrom<(value: string) => string>(
      (value) => value,
      (value) => `unauthorized: bad token ${value} (retry later)`,
      (value) => `token=${value}`,
      (value) => `{"deviceToken":"${value}"}`,
      (value) => `see http://127.0.0.1:18789/#token=${value}`,
      (value) => `Bearer ${value}`,
    );
    fc.assert(
      fc.property(secret, frame, fc.boolean(), (value, around, includeHosts) => {
        expect(write(planted(value, around), includeHosts)).not.toContain(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it('masks a secret that hyphens cut into short pieces, and leaves a request its id', () => {
    const requestId = 'b42117a9-6ec2-4313-a3d7-103cd3ae745e';
    const text = write(seenOf({ words: 'bad AbCdE-fGhIjKl-mnOp-qRsTuVwX-yZaBcDeFgHi-jKl', requestId }));
    expect(text).not.toContain('fGhIjKl');
    expect(text).toContain(requestId);
  });

  it('masks hosts, the same by the same name, unless they are wanted', () => {
    const words =
      'ENOTFOUND nas.home.arpa, then 192.168.1.20, fd12::1:2, http://other.example/ and NAS.home.arpa';
    const relay = { ...healthOf().relay, address: 'ws://nas.home.arpa:18799/extension' };
    const seen = seenOf({ address: 'ws://nas.home.arpa:18789', reach: 'private', words, relay });
    const masked = write(seen);
    expect(masked).not.toMatch(/nas|home\.arpa|192\.168|fd12|other\.example/i);
    expect(masked).toContain('ws://gateway-1:18789');
    expect(masked).toContain('ws://gateway-1:18799/extension');
    expect(masked).toContain('ENOTFOUND gateway-1, then host-');
    const open = write(seen, true);
    expect(open).toContain('ws://nas.home.arpa:18789');
    expect(open).toContain('192.168.1.20');
  });

  it.each([
    ['ai', 'fail, ai.', 'fail, gateway-1.'],
    ['pi', 'setup-code-expired, pi:1', 'setup-code-expired, gateway-1:1'],
    ['gateway', 'gateway-unreachable gateway.port', 'gateway-unreachable gateway.port'],
    ['nas', 'nas, nasal, nas.fritz.box', 'gateway-1, nasal, host-1'],
    ['example.net', 'foo.example.net, example.network', 'foo.gateway-1, example.network'],
  ])('masks %s where it is a host, and not within words', (host, words, masked) => {
    const text = write(seenOf({ address: `ws://${host}:18789`, words }));
    expect(text).toContain('| ws://gateway-1:18789 |');
    expect(text).toContain(`| ${masked} |`);
  });

  it('masks every address and name of a private network, and no clock time', () => {
    const words = 'fe80::1, fd00::5, nas.fritz.box, router.home, srv.corp, [fd00::7]:1 at 12:53:00 std::move';
    const masked = write(seenOf({ words }));
    expect(masked).not.toMatch(/fe80|fd00|fritz|router|srv/);
    expect(masked).toContain('at 12:53:00 std::move');
  });

  it('never names a person', () => {
    const words = '/home/anna/.openclaw, C:\\Users\\Berta\\x, /Users/carl/y and dora@example.com';
    expect(write(seenOf({ words }), true)).not.toMatch(/anna|berta|carl|dora/i);
  });

  it('stays Markdown, whatever a gateway says', () => {
    const words = 'a | b\n# c <img src=x> [d](http://e.example) `f` ![g](h)';
    const text = write(seenOf({ words }));
    expect(text).not.toMatch(/<img|\]\(|\n# c|!\[/);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect([4, 5, 7]).toContain(row.split('|').length);
  });

  it('has what a helper asks for first', () => {
    const text = write(
      seenOf({ code: 'down', cause: 'gateway-unreachable', closeCode: 1006, attempt: 3, repairedAt: NOW }),
    );
    for (const part of [
      '| verdict | gateway-unreachable |',
      '| fault lies in | gateway |',
      '| extension | 0.1.0 |',
      '| browser | Chromium 156, Linux |',
      '| version | 2026.9.6 |',
      '| close code | 1006 |',
      '| failed tries in a row | 3 |',
      '| NET-LISTEN | fail | gateway-unreachable |',
      '| GW-SPEAKS | skip | NET-LISTEN |',
      '| listens | no | NET-LISTEN |',
      new Date(NOW).toISOString(),
    ]) {
      expect(text).toContain(part);
    }
  });

  it('can be written where nothing is set up', () => {
    const text = write(seenOf(null, { identity: null, knock: null, http: null }));
    expect(text).toContain('| set up | no gateway |');
    expect(text).not.toContain('### Gateway');
  });
});

it('holds of a look inside the gateway codes and numbers alone', () => {
  const seen = seenOf(healthOf({}), looksOf());
  const outcomes = examine(seen);
  const said = [{ name: 'a-private-name', words: 'private words' }];
  const text = report({
    seen,
    outcomes,
    verdict: verdictOf(seen, outcomes),
    versions: VERSIONS,
    now: NOW,
    includeHosts: true,
    inside: [
      {
        area: 'channels',
        result: 'warn',
        findings: [{ code: 'channel-fault', figures: [1, 'a-private-name'], said }],
      },
    ],
  });
  expect(text).toContain('| channels | warn | channel-fault 1 |');
  expect(text).not.toContain('private');
});

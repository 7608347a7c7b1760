import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computedMs } from '../../harness/process/computed.ts';
import { redact } from '../../src/pairing/redact.ts';
import { ADDRESS, HEX_TOKEN, HEX64, JOIN_CODE, setupCode } from '../fixtures/pairing.ts';

const REQUEST_ID = '3f2b8c1e-7d54-4a9b-9c0e-1f2a3b4c5d6e';

describe('secrets are masked', () => {
  test.each([
    [`http://127.0.0.1:18789/?token=${HEX_TOKEN}`, 'http://127.0.0.1:18789/?token=[secret]'],
    ['http://127.0.0.1:18789/#token=abc', 'http://127.0.0.1:18789/#[secret]'],
    ['http://127.0.0.1:18789/#bootstrapToken=b1&bootstrapProfile=owner', 'http://127.0.0.1:18789/#[secret]'],
    [
      `ws://127.0.0.1:18799/extension?gateway=x#${HEX64}`,
      'ws://127.0.0.1:18799/extension?gateway=x#[secret]',
    ],
    ['ws://me:pw@127.0.0.1:18789', 'ws://[secret]@127.0.0.1:18789'],
    ['ws://me:p@ss:w@rd@127.0.0.1:18789', 'ws://[secret]@127.0.0.1:18789'],
    [`https://home.example.com/j/${JOIN_CODE} is used`, 'https://home.example.com/j/[secret] is used'],
    [`code ${setupCode({ url: ADDRESS, bootstrapToken: 'b' })} expired`, 'code [secret] expired'],
    [
      '{"token":"a b","password":"it\\"s","port":18789}',
      '{"token":"[secret]","password":"[secret]","port":18789}',
    ],
    ['{ "deviceToken": "abc" }', '{ "deviceToken": "[secret]" }'],
    ["password='a b' next", "password='[secret]' next"],
    ['OPENCLAW_GATEWAY_TOKEN=abc next', 'OPENCLAW_GATEWAY_TOKEN=[secret] next'],
    ['gateway.auth.password: hunter2', 'gateway.auth.password: [secret]'],
    ['relayKey=abc', 'relayKey=[secret]'],
    [`Authorization: Bearer ${HEX_TOKEN}`, 'Authorization: Bearer [secret]'],
    [`rejected ${HEX64}, sorry`, 'rejected [secret], sorry'],
    ['got Zk3_vQ9xT-a7LmN2pR8sWu4yBc6dEf1gHjKo5iV0qXt', 'got [secret]'],
    ['{\\"token\\":\\"hunter2\\",\\"port\\":18789}', '{\\"token\\":\\"[secret]\\",\\"port\\":18789}'],
    ['{\\"token\\": \\"a\\\\\\"b c\\"}', '{\\"token\\": \\"[secret]\\"}'],
    ['{\\\\\\"token\\\\\\":\\\\\\"hunter2\\\\\\"}', '{\\\\\\"token\\\\\\":\\\\\\"[secret]\\\\\\"}'],
    ['{\\"token\\":123,\\"port\\":1}', '{\\"token\\":[secret]\\"port\\":1}'],
    ['token => hunter2', 'token => [secret]'],
    ["'password' => 'hunter 2'", "'password' => '[secret]'"],
    ['openclaw health --token hunter2 --json', 'openclaw health --token [secret] --json'],
    ['openclaw health --token "hunter 2 x" --json', 'openclaw health --token "[secret]" --json'],
    ["openclaw health --gateway-password 'a b'", "openclaw health --gateway-password '[secret]'"],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic [secret]'],
    ['Authorization: Bearer abcdefghij', 'Authorization: Bearer [secret]'],
    ['Proxy-Authorization: hunter2 x', 'Proxy-Authorization: [secret]'],
    ['{"authorization":"Bearer abcdefghij","port":1}', '{"authorization":"Bearer [secret]","port":1}'],
    ['{\\"authorization\\":\\"Basic abc\\"}', '{\\"authorization\\":\\"Basic [secret]\\"}'],
    ['got aB3dE5fG7hI9jK1/lM3nO5pqR7sT9uV1.', 'got [secret].'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln!', '[secret]!'],
  ])('%s', (text, masked) => expect(redact(text)).toBe(masked));
});

describe('words, codes and ids are kept', () => {
  test.each([
    'unauthorized: device token mismatch (rotate/reissue device token)',
    'unauthorized: gateway token missing (open the dashboard URL and paste the token in Control UI settings)',
    'unauthorized: setup code invalid, expired, revoked, or already used (scan a fresh setup code)',
    'unauthorized: bootstrap token invalid or expired (scan a fresh setup code)',
    `pairing required: device is not approved yet (requestId: ${REQUEST_ID})`,
    `requestId=${REQUEST_ID}, ${REQUEST_ID.toUpperCase()}`,
    `pairing required: device is asking for more scopes (requestId: ${REQUEST_ID.slice(0, 30)}`,
    'openclaw devices approve 3f2b8c1e-7d54-4a9b-9c0e-1f2a3b4c5d6e',
    'AUTH_DEVICE_TOKEN_MISMATCH update_auth_credentials CONTROL_UI_ORIGIN_NOT_ALLOWED',
    'set gateway.controlUi.dangerouslyAllowHostHeaderOriginFallback or gateway.controlUi.allowedOrigins',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
    `moz-extension://${REQUEST_ID}`,
    'browser relay auth capacity reached; openclaw-extension-relay.v2, openclaw-browser-copilot',
    'basic authentication required, bearer authentication',
    '/Users/me/Library/ApplicationSupport/OpenClaw2/GatewayLogs/LastRun',
    'at file:///app/dist/GatewayClient/V2/ConnectRequest/index.js:512',
    'https://docs.example.com/OpenClaw2/GettingStarted/FirstSteps/OnMacOS',
    'src/components/GatewayStatusCard/V2/HealthRow',
    '"token" "--token" authorization required, token=""',
    '2026-11-20T12:53:00.000Z server 2026.9.6 protocol 4, ws://127.0.0.1:18789/openclaw',
    '',
  ])('%s', (text) => expect(redact(text)).toBe(text));
});

test('a token of 24 random bytes is never shown, in whatever words', () => {
  const token = fc
    .uint8Array({ minLength: 24, maxLength: 48 })
    .chain((bytes) =>
      fc
        .constantFrom('hex' as const, 'base64url' as const, 'base64' as const)
        .map((as) => Buffer.from(bytes).toString(as)),
    )
    .filter(
      (text) =>
        /\d/.test(text) && new Set(text).size > 8 && text.split(/[_+-]/).some((part) => part.length >= 10),
    );
  const phrase = fc.constantFrom(
    '',
    'refused ',
    'token=',
    'token: ',
    '"secret":"',
    'see (',
    'ws://127.0.0.1#',
    '(requestId: ',
  );
  fc.assert(
    fc.property(
      phrase,
      token,
      fc.constantFrom('', ' is wrong', '"', ').', ', retry'),
      (before, secret, after) => {
        expect(redact(`${before}${secret}${after}`)).not.toContain(secret);
      },
    ),
    { numRuns: 3000 },
  );
});

test('masking twice changes nothing, and nothing throws', () => {
  const pieces = fc.constantFrom(
    'token=',
    '"',
    '#',
    '://',
    '@',
    'a',
    ':',
    ' ',
    '[secret]',
    'eyJabcdefg',
    '/j/abcdefgh1',
    HEX64,
    '\\',
    '\\"',
    'bearer ',
    'authorization: ',
    '--token ',
    'aB3dE5fG7hI9jK1/lM3nO5pqR7sT9uV1',
    '=',
    '=>',
    '{',
    REQUEST_ID,
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((all) => all.join('')),
      ),
      (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      },
    ),
    { numRuns: 5000 },
  );
});

test('a long text is masked in a blink', () => {
  const units = ['token=\\', 'token:\\"\\', 'token\\\\', '\\', 'authorization: ', '--token "', 'aB3/', '/'];
  for (const unit of [...units, '://', 'http://', '://a@', 'token="', 'bearer ', 'a_', 'eyJ', '://#']) {
    const before = computedMs();
    redact(unit.repeat(100_000 / unit.length));
    expect(computedMs() - before, unit).toBeLessThan(1500);
  }
});

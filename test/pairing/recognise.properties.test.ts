import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recognise } from '../../src/pairing/recognise.ts';
import type { Recognised } from '../../src/pairing/recognised.ts';
import { Secret } from '../../src/secret.ts';
import { ADDRESS, base64url, setupCode, shown } from '../fixtures/pairing.ts';

/** Characters of every token that OpenClaw makes, and of most that people do. */
const token = fc.string({
  unit: fc.constantFrom(...'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789_-'),
  minLength: 12,
  maxLength: 64,
});

/** Every form that can carry a secret, around a planted one. */
const carriers: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `http://127.0.0.1:18789/#token=${secret}`,
  (secret) => `http://127.0.0.1:18789/?token=${secret}`,
  (secret) => `http://home.example.com/#password=${secret}`,
  (secret) => `https://home.example.com:99999/#token=${secret}`,
  (secret) => `http://127.0.0.1:18789/#bootstrapToken=${secret}&bootstrapProfile=owner`,
  (secret) => `ws://127.0.0.1:18789#${secret}`,
  (secret) => `ws://user:${secret}@127.0.0.1:18789`,
  (secret) => `ws://127.0.0.1:18799/extension?gateway=ws%3A%2F%2F127.0.0.1%3A18789#${secret}`,
  (secret) => `ws://127.0.0.1:18799/extension?gateway=ws%3A%2F%2Fx%3A${secret}%40127.0.0.1#x`,
  (secret) => `https://home.example.com/j/${secret}`,
  (secret) => `https://home.example.com/share/session?token=${secret}`,
  (secret) => `openclaw://gateway?host=127.0.0.1&token=${secret}`,
  (secret) => `openclaw gateway --token ${secret} --password=${secret}`,
  (secret) => `OPENCLAW_GATEWAY_PASSWORD=${secret}`,
  (secret) => setupCode({ url: ADDRESS, bootstrapToken: secret }),
  (secret) => setupCode({ url: `http://127.0.0.1:18789/#token=${secret}`, token: secret }),
  (secret) => setupCode({ url: 'ws://8.8.8.8', bootstrapToken: secret }),
  (secret) => setupCode({ url: ADDRESS, bootstrapToken: secret, expiresAtMs: 1 }),
  (secret) => setupCode({ bootstrapToken: secret }).slice(0, -3),
  (secret) => JSON.stringify({ url: ADDRESS, password: secret }),
  (secret) => JSON.stringify({ token: secret }),
];

const pasted = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.json(),
  fc.json().map(base64url),
  fc.json().map((json) => `oc-pair://${base64url(json)}`),
  fc
    .record({
      url: fc.anything(),
      urls: fc.anything(),
      bootstrapToken: fc.anything(),
      expiresAtMs: fc.anything(),
    })
    .map((payload) =>
      base64url(JSON.stringify(payload, (_, value) => (typeof value === 'bigint' ? 1 : value)) ?? ''),
    ),
  fc.uint8Array({ maxLength: 300 }).map(base64url),
  fc
    .array(
      fc.constantFrom(
        'ws://',
        'http://',
        '127.0.0.1',
        ':18789',
        '#',
        '?token=',
        'eyJ',
        '/j/',
        '"',
        '<',
        '\n',
        ' ',
        '{',
        '}',
        'openclaw',
        '%',
        '=',
        '[::1]',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom(...carriers), fc.string({ unit: 'binary' }))
    .map(([carry, secret]) => carry(secret)),
);

const KEYS: Record<Recognised['kind'], readonly string[]> = {
  'setup-code': ['kind', 'address', 'reach', 'setupCode', 'expiresAt'],
  'gateway-secret': ['kind', 'form', 'address', 'reach', 'secret', 'secretKind'],
  address: ['kind', 'address', 'reach'],
  'relay-key': ['kind', 'relayAddress', 'gatewayAddress', 'profile', 'key'],
  'not-usable': ['kind', 'what', 'gatewayAddress'],
  problem: ['kind', 'problem'],
};

test('[P1] nothing that is pasted throws, and every answer has its shape', () => {
  fc.assert(
    fc.property(pasted, (text) => {
      const result = recognise(text, { now: 0 });
      expect(Object.keys(result).sort()).toEqual([...KEYS[result.kind]].sort());
      for (const value of Object.values(result)) {
        if (value instanceof Secret) expect(value.reveal()).not.toBe('');
      }
    }),
    { numRuns: 5000 },
  );
});

test('[P1] no result shows a secret, however it is printed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...carriers), token, (carry, secret) => {
      const result = recognise(carry(secret), { now: 2 });
      const printed = [
        JSON.stringify(result),
        String(result),
        inspect(result, { depth: 9, showHidden: true }),
      ];
      for (const text of printed) expect(text).not.toContain(secret);
    }),
    { numRuns: 3000 },
  );
});

test('[P8] no URL of another kind is taken for a secret, whatever its scheme', () => {
  /** Of a gateway's address, or a label: `gateway.token: …`. */
  const known = /^(?:wss?|https?|openclaw)$|(?:token|password|secret)$/i;
  const scheme = fc.oneof(
    fc.constantFrom('javascript', 'JavaScript', 'data', 'mailto', 'blob', 'about', 'view-source', 'x+y'),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9+.-]{1,12}$/).filter((each) => !known.test(each)),
  );
  // A link or a setup code may be found in it all the same.
  const rest = fc.stringMatching(/^[!-~]{6,40}$/).filter((each) => !/:\/\/|eyJ|[#?]/.test(each));
  fc.assert(
    fc.property(scheme, rest, (name, what) => {
      expect(recognise(`${name}:${what}`).kind).not.toBe('gateway-secret');
    }),
    { numRuns: 2000 },
  );
  for (const text of ['javascript:alert(1)', 'data:text/html,<b>hello</b>', 'mailto:a@b.example']) {
    expect(recognise(text)).toEqual({ kind: 'problem', problem: 'unsupported-scheme' });
  }
});

test('[P1] the longest paste of the worst kind does not hang (the runner gives all of them a few seconds)', () => {
  for (const unit of [
    'eyJ ',
    'eyJh ',
    '"',
    '<(',
    '://',
    'http://',
    'ws://a#',
    '{"a":',
    'a.',
    'openclaw ',
    '/j/',
    '%4',
    '\u200b',
    '=',
    '\n',
    'token: "',
    'token: "a" ',
    'token:" #\n',
    'token:{\n',
    "auth: {'",
    'token=a\n{',
    'sk-ant-',
    'A_',
    '1234567890:',
    'MTI.',
  ]) {
    const text = unit.repeat(8192 / unit.length);
    recognise(text);
    recognise(`http://${text}`.slice(0, 8192));
    recognise(`token: ${text}`.slice(0, 8192));
  }
});

test('[P5] a planted secret comes out as it went in', () => {
  const usable = [carriers[0], carriers[1], carriers[2], carriers[6], carriers[14]];
  fc.assert(
    fc.property(fc.constantFrom(...usable), token, (carry, secret) => {
      fc.pre(!/^openclaw|^eyJ|^token|^password/i.test(secret));
      // The name of a variable, or the code of an error.
      fc.pre(!/^[A-Z\d_]+$/.test(secret));
      expect(shown(recognise(carry?.(secret) ?? ''))).toMatchObject({ kind: 'gateway-secret', secret });
    }),
    { numRuns: 2000 },
  );
});

test('[P10] no token that OpenClaw makes is taken for something else', () => {
  const bytes = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((all) => Buffer.from(all));
  const made = fc.oneof(
    bytes(24).map((each) => each.toString('hex')),
    bytes(32).map((each) => each.toString('hex')),
    bytes(32).map((each) => each.toString('base64url')),
    bytes(18).map((each) => each.toString('base64')),
    // What begins as the code of a close.
    bytes(22).map((each) => `1008${each.toString('hex')}`),
  );
  fc.assert(
    fc.property(made, (secret) => {
      // One that begins with a slash and has another one may be a path.
      fc.pre(!/^openclaw|^eyJ|^\//i.test(secret));
      expect(shown(recognise(secret))).toMatchObject({ kind: 'gateway-secret', secret });
    }),
    { numRuns: 3000 },
  );
});

test('white space and quotes around a paste change nothing', () => {
  const around = fc.constantFrom('""', "''", '``', '<>', '“”', '«»', '  ', '\n\n', '\t\r');
  fc.assert(
    fc.property(
      fc.constantFrom(...carriers),
      token,
      fc.array(around, { maxLength: 3 }),
      (carry, secret, pairs) => {
        const text = carry(secret);
        const wrapped = pairs.reduce((inner, pair) => `${pair.charAt(0)}${inner}${pair.charAt(1)}`, text);
        // A JSON object is full of quotes, so another pair of them is not the outermost.
        fc.pre(!text.startsWith('{') && new Set(pairs).size === pairs.length);
        expect(shown(recognise(wrapped))).toEqual(shown(recognise(text)));
      },
    ),
    { numRuns: 3000 },
  );
});

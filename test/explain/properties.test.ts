/** Whatever is pasted: nothing throws, no secret comes out, and a million characters take a moment. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIAGNOSES } from '../../src/diagnoses.ts';
import { CURES, curesFor } from '../../src/explain/cures.ts';
import { explain } from '../../src/explain/explain.ts';
import { CLIENT_KINDS, type Explained, isOtherCode, OTHER_CODES } from '../../src/explain/types.ts';
import type { Diagnosis } from '../../src/remedy/types.ts';
import { HEX_TOKEN, setupCode } from '../fixtures/pairing.ts';

/** Pieces of which real texts are made, and those that are hard to read. */
const PIECES = [
  'gateway closed (1008): ',
  'pairing required',
  'unauthorized: ',
  'device token mismatch',
  '(requestId: 3f2b8c1e-7d54-4a9b-9c0e-1f2a3b4c5d6e)',
  '{"type":"res","ok":false,"error":{"code":"INVALID_REQUEST","details":{"code":"AUTH_TOKEN_MISMATCH"',
  '}}}',
  'ws://127.0.0.1:18789',
  '\n',
  '\r\n  "',
  '": {',
  ',',
  '\u001b[31m',
  '$ openclaw status',
  'requestId: ',
  'ECONNREFUSED',
  '\\"',
  '￿',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 12 })), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

/** Ways in which a secret stands in what people paste. */
const WRITTEN: readonly ((secret: string) => string)[] = [
  (secret) => `OPENCLAW_GATEWAY_TOKEN=${secret}`,
  (secret) => `$ openclaw health --token ${secret}`,
  (secret) => `"token": "${secret}"`,
  (secret) => `requestId: ${secret}`,
  (secret) => `Gateway target: ws://${secret}@127.0.0.1:18789`,
  (secret) => `Gateway target: ws://127.0.0.1:18789/#token=${secret}`,
  (secret) => `reason=${secret} authReason=${secret} client=${secret} code=1008`,
  (secret) => `openclaw devices approve ${secret}`,
  (secret) => `version=${secret} host=${secret}`,
];

const shown = (explained: Explained): string => JSON.stringify(explained);

describe('[X1] [X2] any text', () => {
  test('throws nothing, and nothing comes out but codes and values that match a pattern', () => {
    fc.assert(
      fc.property(text, (pasted) => {
        const { statements, version } = explain(pasted);
        expect(statements.length).toBeLessThanOrEqual(8);
        for (const { code, client, closeCode, words, requestId, address } of statements) {
          expect(CLIENT_KINDS).toContain(client);
          expect(isOtherCode(code) || Object.hasOwn(DIAGNOSES, code)).toBe(true);
          expect(closeCode ?? 1008).toSatisfy((at: number) => at >= 1000 && at < 4100);
          for (const word of words) expect(word).toMatch(/^[A-Za-z_-]{4,80}$/);
          expect(requestId ?? '00000000-0000-4000-8000-000000000001').toMatch(
            /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
          );
          expect(address ?? 'ws://h:1').toMatch(/^wss?:\/\/[\w.[\]:-]+$/);
        }
        expect(version ?? '2026.9.6').toMatch(/^\d{4}\.\d+\.\d+$/);
      }),
      { numRuns: 500 },
    );
  });

  test('no secret comes out, wherever it stands', () => {
    const secret = fc.oneof(
      fc.constantFrom(HEX_TOKEN, setupCode({ url: 'ws://127.0.0.1:18789', bootstrapToken: 'boot-1' })),
      fc
        .uint8Array({ minLength: 24, maxLength: 32 })
        .map((bytes) => Buffer.from(bytes).toString('base64url')),
    );
    fc.assert(
      fc.property(text, secret, fc.constantFrom(...WRITTEN), text, (before, value, write, after) => {
        const explained = explain(
          `${before}\n${write(value)}\nunauthorized: gateway token mismatch\n${after}`,
        );
        expect(shown(explained)).not.toContain(value);
        expect(explained.statements.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test('that a secret was in it is known', () => {
    expect(explain(`pairing required\nOPENCLAW_GATEWAY_TOKEN=${HEX_TOKEN}`).hasSecret).toBe(true);
    expect(explain('pairing required').hasSecret).toBe(false);
  });

  test.each([
    ...PIECES,
    'x',
    ' ',
    'a-',
    'ws://',
    'token=',
    '"a": {\n',
    '{,\n"a":',
    '://a@',
    'eyJ',
    'closed before connect code=1008 reason=x\n',
    '[tools]',
    'gateway:',
    'openclaw gateway --port ',
    'ECONNREFUSED localhost:1\n',
  ])('a million characters of %j are read in a moment', (piece) => {
    // What grows with the square of the length would not end within the limit of a test.
    expect(explain(piece.repeat(1_000_000 / piece.length)).statements.length).toBeLessThanOrEqual(8);
  });
});

describe('what helps', () => {
  /** Cures of this browser's own pairing: they help no other client. */
  const OURS = [
    'new-setup-code',
    'show-secret',
    'enter-password',
    'forget-here',
    'update-extension',
    'restart-browser',
    'approve',
    'find-request',
    'allow-origin',
    'try-again',
  ];
  /** What no text of another client can come to. */
  const NEVER: readonly Diagnosis[] = [
    'device-token-unstable',
    'maybe-another-gateway',
    'credential-unanswered',
    'credential-unreadable',
    'identity-unavailable',
  ];

  test.each(CLIENT_KINDS)('%s: there is a cure for everything, and none of another client', (client) => {
    const codes = [...OTHER_CODES, ...(Object.keys(DIAGNOSES) as Diagnosis[])].filter(
      (code) => !NEVER.some((never) => never === code),
    );
    const statement = { client, count: 1, closeCode: null, words: [], requestId: null, address: null };
    const wrong = codes.flatMap((code) => {
      if (curesFor({ ...statement, code }).length > 0) return [];
      if (isOtherCode(code)) return [`${code}: nothing`];
      return DIAGNOSES[code].remedies.filter((id) => OURS.includes(id)).map((id) => `${code}: ${id}`);
    });
    expect(wrong).toEqual([]);
  });

  test('every cure is used', () => {
    const statement = { count: 1, closeCode: null, words: [], address: null };
    const used = CLIENT_KINDS.flatMap((client) =>
      [...OTHER_CODES, ...(Object.keys(DIAGNOSES) as Diagnosis[])].flatMap((code) =>
        [null, '00000000-0000-4000-8000-000000000001'].flatMap((requestId) =>
          curesFor({ ...statement, client, code, requestId }).map(({ id }) => id),
        ),
      ),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(CURES).sort());
  });
});

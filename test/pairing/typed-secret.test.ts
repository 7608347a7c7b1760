import { describe, expect, it } from 'vitest';
import { typedSecret } from '../../src/pairing/typed-secret.ts';
import { Secret } from '../../src/secret.ts';
import {
  ADDRESS,
  FOREIGN,
  FOREIGN_NAMES,
  HEX_TOKEN,
  HEX64,
  LIKE_FOREIGN,
  setupCode,
} from '../fixtures/pairing.ts';

const read = (text: string, address = ADDRESS): string => {
  const found = typedSecret(text, address);
  return found instanceof Secret ? `secret ${found.reveal()}` : found;
};

describe('the gateway secret in a field of its own', () => {
  it.each([
    ['a token', HEX_TOKEN],
    ['with what a terminal adds', `  ${HEX_TOKEN}\n`],
    ['with its name', `OPENCLAW_GATEWAY_TOKEN=${HEX_TOKEN}`],
    ['in a dashboard link', `http://127.0.0.1:18789/#token=${HEX_TOKEN}`],
    ['in an old setup code', setupCode({ url: ADDRESS, token: HEX_TOKEN })],
  ])('is read as %s', (_, text) => {
    expect(read(text)).toBe(`secret ${HEX_TOKEN}`);
  });

  it.each([
    'short',
    'x',
    'two words',
    'correct horse battery staple',
    'a:b',
    'hello:world',
    'wss',
    '100%',
    'pässwort',
    'my.dog.rex',
    'cat food is good',
    'Is this it? Yes, it is.',
    '$ecretPass1',
  ])('may be any password, such as %s', (password) => {
    expect(read(password)).toBe(`secret ${password}`);
  });

  it.each([
    '"hunter2"',
    "'hunter2'",
    '`hunter2`',
    '«hunter2»',
    '“hunter2”.',
    'password: hunter2',
    'password=hunter2',
    'Password: "hunter2"',
    '"password": "hunter2",',
    '"password": "hunter2", // since May',
    'OPENCLAW_GATEWAY_PASSWORD=hunter2',
    'OPENCLAW_GATEWAY_PASSWORD="hunter2" # since May',
    '- "OPENCLAW_GATEWAY_PASSWORD=hunter2"',
    'Environment="OPENCLAW_GATEWAY_PASSWORD=hunter2"',
    '"gateway.auth.password=hunter2"',
  ])('[P13] is the value of %s', (text) => {
    expect(read(text)).toBe('secret hunter2');
  });

  it.each([
    'password: "correct horse battery"',
    'password: correct horse battery',
    "OPENCLAW_GATEWAY_PASSWORD='correct horse battery'",
    '"correct horse battery"',
  ])('[P13] may have spaces in %s', (text) => {
    expect(read(text)).toBe('secret correct horse battery');
  });

  it.each([
    'a"b"c',
    '"ab" or "cd"',
    '"ab',
    'ab="cd"',
    'x=1',
    "don't",
    '(hunter2)',
    '(hunter22)',
    '[hunter2]',
    'the password: x',
  ])('[P13] keeps quotes and brackets that are its own: %s', (password) => {
    expect(read(password)).toBe(`secret ${password}`);
  });

  it.each([
    ['""', 'secret-needed'],
    ['password: ""', 'secret-needed'],
    ['<it>', 'placeholder'],
    ['password: "<the one from the vault>",', 'placeholder'],
    ['password: configured', 'placeholder'],
    ['password: "<your password>"', 'placeholder'],
    ['token: op://vault/openclaw', 'secret-needed'],
    ['token: unauthorized gateway token mismatch', 'not-recognised'],
    ['', 'secret-needed'],
    ['  \n', 'secret-needed'],
    [ADDRESS, 'secret-needed'],
    [setupCode({ url: ADDRESS, bootstrapToken: 'boot-1' }), 'setup-code-no-secret'],
    [`http://192.168.1.20:18789/#token=${HEX_TOKEN}`, 'secret-of-another'],
    [`ws://127.0.0.1:18789/browser/extension#${HEX64}`, 'relay-pairing-string'],
    ['openclaw gateway auth-token --show', 'shell-command'],
    ['eyJ1cmwiOiJ3czovLzEyNy4wLjAuMT', 'damaged-setup-code'],
    ['x'.repeat(200_000), 'too-long'],
    ['__OPENCLAW_REDACTED__', 'placeholder'],
    ['$OPENCLAW_GATEWAY_TOKEN', 'placeholder'],
    ['undefined', 'placeholder'],
    ['<your-token>', 'placeholder'],
    ['********', 'placeholder'],
    ['3f2b8c1e-7d54-4a9b-9c0e-1f2a3b4c5d6e', 'request-id'],
    ['K7MPX2QD', 'chat-code'],
    ['fd7a:115c:a1e0::53', 'secret-needed'],
    ['2001:db8::1', 'secret-needed'],
    ['127.0.0.1', 'secret-needed'],
    ['gateway.example.com:18789', 'secret-needed'],
    ['javascript:alert(1)', 'secret-needed'],
    ['op://vault/openclaw/token', 'secret-needed'],
    ['mailto:somebody@example.com', 'secret-needed'],
    ['unauthorized: gateway token mismatch (open the dashboard)', 'not-recognised'],
    ['Error: connect ECONNREFUSED 127.0.0.1:18789', 'not-recognised'],
    ['ECONNREFUSED', 'not-recognised'],
    ['AUTH_TOKEN_MISMATCH', 'not-recognised'],
    ['two\nlines of it', 'not-recognised'],
    ['docker compose logs gateway', 'shell-command'],
    ['~/.openclaw/openclaw.json', 'not-recognised'],
  ])('%# is said to be something else', (text, problem) => {
    expect(read(text)).toBe(problem);
  });

  it.each(FOREIGN)('[P10] is nothing that another service made: %s', (text) => {
    for (const typed of [text, `"${text}"`, `"botToken": "${text}",`, `token: ${text}`])
      expect(read(typed)).toBe('not-recognised');
    expect(read(`gateway token: ${text}`)).toBe(`secret ${text}`);
  });

  it.each([
    ...FOREIGN_NAMES,
    '"discord": { "token": "hunter22" },',
    'discord: { token: 1 }',
    '{"answer":42}',
    '"botToken": "hunter22",',
  ])('[P10] has no other name: %s', (text) => {
    expect(read(text)).toBe('not-recognised');
  });

  it.each([...LIKE_FOREIGN, 'A=b', 'PASS=word', 'sk-short', 'ghp_x', '12345:abc'])(
    '[P10] may begin like it: %s',
    (text) => {
      expect(read(text)).toBe(`secret ${text}`);
    },
  );

  it('belongs to the gateway on whose card it stands', () => {
    const elsewhere = 'wss://gateway.example.com';
    expect(read(HEX_TOKEN, elsewhere)).toBe(`secret ${HEX_TOKEN}`);
    expect(read(`https://gateway.example.com/#token=${HEX_TOKEN}`, elsewhere)).toBe(`secret ${HEX_TOKEN}`);
  });
});

import { describe, expect, it } from 'vitest';
import { repairSecret } from '../../src/pairing/repair-secret.ts';
import { Secret } from '../../src/secret.ts';
import { ADDRESS, HEX_TOKEN, HEX64, setupCode } from '../fixtures/pairing.ts';

const read = (text: string, address = ADDRESS): string => {
  const found = repairSecret(text, address);
  return found instanceof Secret ? `secret ${found.reveal()}` : found;
};

describe('the gateway secret for repairs', () => {
  it.each([
    ['a token', HEX_TOKEN],
    ['with what a terminal adds', `  ${HEX_TOKEN}\n`],
    ['with its name', `OPENCLAW_GATEWAY_TOKEN=${HEX_TOKEN}`],
    ['in a dashboard link', `http://127.0.0.1:18789/#token=${HEX_TOKEN}`],
    ['in an old setup code', setupCode({ url: ADDRESS, token: HEX_TOKEN })],
  ])('is read as %s', (_, text) => {
    expect(read(text)).toBe(`secret ${HEX_TOKEN}`);
  });

  it.each(['short', 'two words', 'a:b', 'wss', '100%'])('may be any password, such as %s', (password) => {
    expect(read(password)).toBe(`secret ${password}`);
  });

  it.each([
    ['', 'secret-needed'],
    ['  \n', 'secret-needed'],
    [ADDRESS, 'secret-needed'],
    [setupCode({ url: ADDRESS, bootstrapToken: 'boot-1' }), 'setup-code-no-secret'],
    [`http://192.168.1.20:18789/#token=${HEX_TOKEN}`, 'secret-of-another'],
    [`ws://127.0.0.1:18789/browser/extension#${HEX64}`, 'relay-pairing-string'],
    ['openclaw gateway auth-token --show', 'shell-command'],
    ['eyJ1cmwiOiJ3czovLzEyNy4wLjAuMT', 'damaged-setup-code'],
    ['x'.repeat(200_000), 'too-long'],
  ])('%# is said to be something else', (text, problem) => {
    expect(read(text)).toBe(problem);
  });

  it('belongs to the gateway on whose card it stands', () => {
    const elsewhere = 'wss://gateway.example.com';
    expect(read(HEX_TOKEN, elsewhere)).toBe(`secret ${HEX_TOKEN}`);
    expect(read(`https://gateway.example.com/#token=${HEX_TOKEN}`, elsewhere)).toBe(`secret ${HEX_TOKEN}`);
  });
});

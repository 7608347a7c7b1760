import { describe, expect, it } from 'vitest';
import { goesAtOnce } from '../../src/pairing/at-once.ts';
import { recognise } from '../../src/pairing/recognise.ts';
import { ADDRESS, HEX_TOKEN, HEX64, setupCode } from '../fixtures/pairing.ts';

const code = (url: string) => setupCode({ url, bootstrapToken: 'boot-1' });
const goes = (text: string, card: string | null = null) =>
  goesAtOnce(recognise(text, card === null ? {} : { address: card }), card);

describe('[P11] goes as soon as it is pasted', () => {
  it.each([
    ['a setup code of this computer', code(ADDRESS)],
    ['one of an encrypted address', code('wss://gateway.example.com')],
    ['a dashboard link of this computer', `http://127.0.0.1:18789/#token=${HEX_TOKEN}`],
    ['an address with its secret', `${ADDRESS}#${HEX_TOKEN}`],
  ])('%s', (_, text) => {
    expect(goes(text)).toBe(true);
  });

  it('on the card of its own gateway, and of no other', () => {
    expect(goes(code(ADDRESS), ADDRESS)).toBe(true);
    expect(goes(code(ADDRESS), 'ws://192.168.1.20:18789')).toBe(false);
  });

  it.each([
    ['a setup code that would go unencrypted over a network', code('ws://192.168.1.20:18789')],
    ['the secret of another computer', `https://gateway.example.com/#token=${HEX_TOKEN}`],
    ['a bare secret, which any word may be', HEX_TOKEN],
    ['an address without a secret', ADDRESS],
    ['a relay pairing string', `ws://127.0.0.1:18789/browser/extension#${HEX64}`],
    ['a command', `openclaw qr --setup-code-only --url ${ADDRESS}`],
    ['a damaged setup code', code(ADDRESS).slice(0, 40)],
    ['nothing', ''],
  ])('not %s', (_, text) => {
    expect(goes(text)).toBe(false);
  });
});

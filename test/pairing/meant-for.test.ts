import { describe, expect, test } from 'vitest';
import { offerFor, redirected } from '../../src/pairing/meant-for.ts';
import { recognise } from '../../src/pairing/recognise.ts';
import { ADDRESS, HEX_TOKEN, setupCode } from '../fixtures/pairing.ts';

const code = (url: string): string => setupCode({ url, bootstrapToken: 'boot-1' });
const LAN = 'ws://192.168.1.20:18789';
const offered = (text: string, card: string | null) =>
  offerFor(recognise(text, card === null ? {} : { address: card }), card);

describe('what names an address that leads elsewhere is offered for the one that we know', () => {
  test.each([
    ['a container’s own', code('ws://172.17.0.2:18789'), LAN],
    ['Podman’s', code('ws://10.88.0.3:18789'), LAN],
    ['another computer’s loopback', code(ADDRESS), LAN],
    ['another computer’s loopback, of a gateway behind TLS', code(ADDRESS), 'wss://gw.example'],
    ['a dashboard link of another computer', `http://127.0.0.1:18789/#token=${HEX_TOKEN}`, LAN],
    [
      'the gatewayUrl of a dashboard link',
      `http://localhost:5173/?gatewayUrl=ws%3A%2F%2F172.18.0.2%3A18789#token=${HEX_TOKEN}`,
      LAN,
    ],
  ])('%s', (_, text, card) => {
    expect(offered(text, card)).toMatchObject({ address: card, isLikely: true });
  });

  test('not by itself, where the other address may be meant', () => {
    expect(offered(code('ws://192.168.1.30:18789'), LAN)).toMatchObject({ address: LAN, isLikely: false });
    expect(offered(code('wss://gw.example'), LAN)).toMatchObject({ isLikely: false });
    // Of a new gateway only the usual address is known.
    expect(offered(code('ws://172.17.0.2:18789'), null)).toMatchObject({ address: ADDRESS, isLikely: false });
  });

  test.each([
    ['its own address', code(LAN), LAN],
    ['a new gateway', code(LAN), null],
    ['a bare secret', HEX_TOKEN, LAN],
    ['an address', ADDRESS, LAN],
    ['nothing', '', LAN],
  ])('nothing is offered for %s', (_, text, card) => expect(offered(text, card)).toBeNull());

  test('what is taken goes there with all that it holds', () => {
    const paste = recognise(code('ws://172.17.0.2:18789'));
    expect(redirected(paste, { address: LAN, reach: 'private' })).toEqual({
      ...paste,
      address: LAN,
      reach: 'private',
    });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AddressProblem,
  DEFAULT_ADDRESS,
  httpOrigin,
  parseGatewayAddress,
} from '../../src/pairing/address.ts';
import { encrypted, otherScheme } from '../../src/pairing/schemes.ts';
import type { Reach } from '../../src/reach.ts';

/** `text` is read as this URL and reach, or refused with this problem. */
function expectAddress(text: string, url: string, reach: Reach) {
  expect(parseGatewayAddress(text)).toEqual({ ok: true, address: { url, reach } });
}

describe('one spelling for every way of writing an address', () => {
  test.each([
    ['ws://127.0.0.1:18789', 'ws://127.0.0.1:18789'],
    ['ws://127.0.0.1:18789/', 'ws://127.0.0.1:18789'],
    ['  WS://LOCALHOST:18789/  ', 'ws://127.0.0.1:18789'],
    ['http://localhost:18789/', 'ws://127.0.0.1:18789'],
    ['http://localhost.:18789/', 'ws://127.0.0.1:18789'],
    ['ws://0.0.0.0:18789', 'ws://127.0.0.1:18789'],
    ['ws://[::]:18789', 'ws://[::1]:18789'],
    ['ws://[::ffff:127.0.0.1]:18789', 'ws://127.0.0.1:18789'],
    ['ws://[::ffff:0.0.0.0]:18789', 'ws://127.0.0.1:18789'],
    ['ws://2130706433:18789', 'ws://127.0.0.1:18789'],
    ['ws://0x7f.1:18789', 'ws://127.0.0.1:18789'],
    ['ws://0177.0.0.1:18789', 'ws://127.0.0.1:18789'],
    ['ws://１２７.0.0.1:18789', 'ws://127.0.0.1:18789'],
    ['127.0.0.1:19001', 'ws://127.0.0.1:19001'],
    ['[::1]:19001', 'ws://[::1]:19001'],
    ['http://127.0.0.1:18789/?token=x#y', 'ws://127.0.0.1:18789'],
    ['http://127.0.0.1:18789/openclaw/', 'ws://127.0.0.1:18789/openclaw'],
    ['ws://127.0.0.1:18789\\openclaw', 'ws://127.0.0.1:18789/openclaw'],
  ])('%s is %s on this machine', (text, url) => expectAddress(text, url, 'loopback'));

  test.each([
    // No port written: OpenClaw's own for ws and bare hosts, the web's for http and https.
    ['localhost', 'ws://127.0.0.1:18789', 'loopback'],
    ['ws://192.168.1.20', 'ws://192.168.1.20:18789', 'private'],
    ['nas', 'ws://nas:18789', 'private'],
    ['http://192.168.1.20/openclaw', 'ws://192.168.1.20:80/openclaw', 'private'],
    ['ws://192.168.1.20:80', 'ws://192.168.1.20:80', 'private'],
    ['https://home.example.com/', 'wss://home.example.com', 'public'],
    ['wss://home.example.com:443/', 'wss://home.example.com', 'public'],
    ['wss://home.example.com:8443', 'wss://home.example.com:8443', 'public'],
    ['https://box.tail1234.ts.net', 'wss://box.tail1234.ts.net', 'private'],
    ['https://münchen.example/', 'wss://xn--mnchen-3ya.example', 'public'],
  ] as const)('without a port, %s is %s', (text, url, reach) => expectAddress(text, url, reach));
});

describe('how far away a gateway is', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['[::1]', 'loopback'],
    ['openclaw.localhost', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['169.254.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['100.127.255.255', 'private'],
    ['[fd12:3456::1]', 'private'],
    ['[fc00::1]', 'private'],
    ['[fe80::1]', 'private'],
    ['[febf::1]', 'private'],
    ['[::ffff:192.168.0.1]', 'private'],
    ['nas', 'private'],
    ['nas.local', 'private'],
    ['nas.lan.', 'private'],
    ['host.docker.internal', 'private'],
    ['gateway.home.arpa', 'private'],
    ['8.8.8.8', 'public'],
    ['172.15.0.1', 'public'],
    ['172.32.0.1', 'public'],
    ['100.63.255.255', 'public'],
    ['100.128.0.1', 'public'],
    ['192.169.0.1', 'public'],
    ['[fec0::1]', 'public'],
    ['[2001:db8::1]', 'public'],
    ['[::2]', 'public'],
    ['[::ffff:8.8.8.8]', 'public'],
    ['[64:ff9b::127.0.0.1]', 'public'],
    ['home.example.com', 'public'],
    ['localhost.example.com', 'public'],
    ['127.0.0.1.nip.io', 'public'],
    ['notlocal', 'private'],
    // A Cyrillic o and a Greek one, as written and as a registry writes them; digits for letters.
    ['lоcalhost', 'public'],
    ['lοcalhost', 'public'],
    ['xn--lcalhost-2fg', 'public'],
    ['loca1host', 'public'],
    ['L0CALH0ST', 'public'],
    ['Iocalhost', 'public'],
    // Nobody but this network gives such a name out.
    ['büro.local', 'private'],
    ['evil.notlocal', 'public'],
    // Names of a tailnet, and those that routers give.
    ['box.tail1234.ts.net', 'private'],
    ['box.home', 'private'],
    ['box.fritz.box', 'private'],
    ['box.localdomain', 'private'],
    ['box.speedport.ip', 'private'],
    ['box.corp', 'private'],
    ['ts.net', 'public'],
    ['evilts.net', 'public'],
    ['box.home.example.com', 'public'],
    ['fritz.box.example.com', 'public'],
    ['loca1host.lan', 'public'],
    ['l0calhost.ts.net', 'public'],
  ] as const)('%s is %s', (host, reach) => {
    const parsed = parseGatewayAddress(`wss://${host}:8443`);
    expect(parsed.ok && parsed.address.reach).toBe(reach);
    // The one thing that reach decides here.
    expect(parseGatewayAddress(`ws://${host}:18789`).ok).toBe(reach !== 'public');
  });
});

test.each<[string, AddressProblem]>([
  ['', 'not-an-address'],
  ['   ', 'not-an-address'],
  ['://', 'not-an-address'],
  ['ws://', 'not-an-address'],
  ['ws:///', 'not-an-address'],
  ['ws:127.0.0.1', 'not-an-address'],
  ['http:/127.0.0.1', 'not-an-address'],
  ['two words', 'not-an-address'],
  ['ws://127.0.0.1:18789 ws://127.0.0.1:18790', 'not-an-address'],
  ['ws://127.0.0\n.1', 'not-an-address'],
  ['ws://a..b', 'not-an-address'],
  ['ws://"nas"', 'not-an-address'],
  ['ws://*.local', 'not-an-address'],
  ['ws://256.1.1.1', 'not-an-address'],
  ['ws://[::1', 'not-an-address'],
  ['ws://[fe80::1%25eth0]:18789', 'not-an-address'],
  ['javascript:alert(1)', 'not-an-address'],
  ['ftp://127.0.0.1', 'unsupported-scheme'],
  ['chrome://extensions', 'unsupported-scheme'],
  ['openclaw://gateway/add', 'unsupported-scheme'],
  ['constructor://127.0.0.1', 'unsupported-scheme'],
  ['ws://127.0.0.1:99999', 'bad-port'],
  ['ws://127.0.0.1:0', 'bad-port'],
  ['ws://127.0.0.1:port', 'bad-port'],
  ['127.0.0.1:99999', 'bad-port'],
  ['ws://user:pass@127.0.0.1:18789', 'credentials-in-address'],
  ['https://token@home.example.com', 'credentials-in-address'],
  ['ws://127.0.0.1@evil.example', 'credentials-in-address'],
  ['ws://home.example.com', 'insecure-public'],
  ['home.example.com:18789', 'insecure-public'],
  ['http://8.8.8.8:18789/', 'insecure-public'],
  ['ws://134744072:18789', 'insecure-public'],
])('%j is refused: %s', (text, problem) => {
  expect(parseGatewayAddress(text)).toEqual({ ok: false, problem });
});

describe('a place of the Control UI is no part of the address', () => {
  test.each([
    ['http://127.0.0.1:18789/chat?session=main', 'ws://127.0.0.1:18789'],
    ['http://127.0.0.1:18789/chat/main', 'ws://127.0.0.1:18789'],
    ['http://127.0.0.1:18789/overview', 'ws://127.0.0.1:18789'],
    ['http://localhost:18789/Nodes/', 'ws://127.0.0.1:18789'],
    ['ws://127.0.0.1:18789/config', 'ws://127.0.0.1:18789'],
    ['ws://127.0.0.1:18789/ws', 'ws://127.0.0.1:18789'],
    ['http://127.0.0.1:18789/index.html', 'ws://127.0.0.1:18789'],
    ['127.0.0.1:18789/sessions', 'ws://127.0.0.1:18789'],
    ['https://gw.example/chat/main', 'wss://gw.example'],
    ['https://gw.example/settings/model-providers#x', 'wss://gw.example'],
    ['https://gw.example/settings/device/permissions', 'wss://gw.example'],
    ['https://gw.example/skills/workshop', 'wss://gw.example'],
    ['https://gw.example/openclaw/chat?session=agent%3Amain%3Amain', 'wss://gw.example/openclaw'],
    ['https://gw.example/a/b/logs', 'wss://gw.example/a/b'],
    ['https://gw.example/openclaw/index.html', 'wss://gw.example/openclaw'],
    // A base path is the gateway's own.
    ['https://gw.example/openclaw', 'wss://gw.example/openclaw'],
    ['https://gw.example/apps/claw', 'wss://gw.example/apps/claw'],
    ['https://gw.example/tasks/claw/', 'wss://gw.example/tasks/claw'],
    ['https://gw.example/chatty', 'wss://gw.example/chatty'],
    ['https://gw.example/ws', 'wss://gw.example/ws'],
    ['https://gw.example/chat/browser/extension', 'wss://gw.example/chat/browser/extension'],
  ])('%s is %s', (text, url) => expect(parseGatewayAddress(text)).toMatchObject({ address: { url } }));

  test('whatever is pasted of one gateway, at whatever place: it is one address', () => {
    const base = fc.stringMatching(/^(?:\/(?:oc|claw|gw|x[a-z]{1,6})){0,2}$/);
    const place = fc.constantFrom(
      '',
      '/',
      '/chat',
      '/chat/main',
      '/overview',
      '/config/',
      '/settings/a/b',
      '/new',
    );
    fc.assert(
      fc.property(base, place, place, (path, one, other) => {
        const at = (where: string) => parseGatewayAddress(`https://gw.example${path}${where}?a#b`);
        expect(at(one)).toEqual(at(other));
        expect(at(one)).toEqual(parseGatewayAddress(`wss://gw.example${path}`));
      }),
    );
  });
});

test.each([
  ['ws://192.168.1.20:18789/oc', 'wss://192.168.1.20:18789/oc'],
  ['wss://192.168.1.20:18789', 'ws://192.168.1.20:18789'],
  ['wss://box.lan', 'ws://box.lan:443'],
  ['wss://[fd00::1]/oc', 'ws://[fd00::1]:443/oc'],
  ['wss://gw.example', null],
])('the other scheme of %s is %s', (one, other) => expect(otherScheme(one)).toBe(other));

test.each([
  ['ws://gw.example:18789/oc', 'wss://gw.example:18789/oc'],
  ['http://gw.example/#token=t', 'https://gw.example/#token=t'],
  [' gw.example ', 'https://gw.example'],
  ['two words', null],
])('%s is %s where it is encrypted', (text, safe) => expect(encrypted(text)).toBe(safe));

test('no name that only looks like this computer’s gets a secret over an open line', () => {
  const looks: Readonly<Record<string, string>> = {
    l: 'lIi1ӏⅼΙ',
    o: 'o0оοօ',
    c: 'cсϲ',
    a: 'aаɑ',
    h: 'hһհ',
    s: 's5ѕ',
    t: 'tт',
  };
  const letters = [...'localhost'].map((letter) => fc.constantFrom(...(looks[letter] ?? letter)));
  fc.assert(
    fc.property(fc.tuple(...letters), (picked) => {
      const name = picked.join('');
      const parsed = parseGatewayAddress(`ws://${name}:18789`);
      // What the browser itself reads as `localhost` is this computer.
      if (URL.canParse(`http://${name}`) && new URL(`http://${name}`).hostname === 'localhost') {
        expect(parsed).toMatchObject({ ok: true, address: { reach: 'loopback' } });
      } else expect(parsed).toEqual({ ok: false, problem: 'insecure-public' });
    }),
    { numRuns: 2000 },
  );
});

test('the default address is one', () => expectAddress(DEFAULT_ADDRESS, DEFAULT_ADDRESS, 'loopback'));

test.each([
  ['ws://127.0.0.1:18789', 'http://127.0.0.1:18789'],
  ['ws://192.168.1.20:80/openclaw', 'http://192.168.1.20'],
  ['wss://home.example.com/openclaw', 'https://home.example.com'],
  ['ws://[::1]:18789', 'http://[::1]:18789'],
])('a knock for %s goes to %s', (url, origin) => expect(httpOrigin(url)).toBe(origin));

const addressLike = fc
  .tuple(
    fc.constantFrom('', 'ws://', 'wss://', 'http://', 'https://', 'HTTP://', 'ftp://'),
    fc.oneof(
      fc.ipV4(),
      fc.ipV4Extended(),
      fc.ipV6().map((ip) => `[${ip}]`),
      fc.domain(),
      fc.constantFrom('localhost', 'nas', '0.0.0.0', '[::]', 'x.', '[::ffff:0:1]'),
    ),
    fc.oneof(
      fc.constant(''),
      fc.integer({ min: -1, max: 70_000 }).map((port) => `:${port}`),
    ),
    fc.oneof(fc.constant(''), fc.webPath(), fc.constantFrom('/', '//', '/a/', '/a//', '/./', '?q', '#f')),
  )
  .map((parts) => parts.join(''));

test('never throws, and reading a result again changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(addressLike, fc.webUrl(), fc.string({ unit: 'binary' })), (text) => {
      const parsed = parseGatewayAddress(text);
      if (!parsed.ok) return;
      expect(parseGatewayAddress(parsed.address.url)).toEqual(parsed);
      expect(() => httpOrigin(parsed.address.url)).not.toThrow();
      expect(parsed.address.url).toMatch(/^(?:ws:\/\/[^/@?#]+:\d+|wss:\/\/[^/@?#]+)(?:\/[^?#]*[^/?#])?$/);
    }),
    { numRuns: 3000 },
  );
});

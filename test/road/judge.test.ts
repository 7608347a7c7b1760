import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Page, RoadEvidence } from '../../src/road/evidence.ts';
import { isOriginAdmitted, judgeRoad, type RoadFinding } from '../../src/road/judge.ts';
import { faultOf, nameOfError } from '../../src/road/net-errors.ts';
import { ANSWERED, failed, pageOf, roadSeen as seen } from '../fixtures/road.ts';

const page = (changes: Partial<Page>): Partial<RoadEvidence> => ({ page: pageOf(changes) });

const WSS = { address: 'wss://gw.example', reach: 'public' } as const;
const LOCAL = { address: 'ws://127.0.0.1:18789', reach: 'loopback' } as const;

describe('[W1] [W2] what is proved of the way', () => {
  test.each<[string, Partial<RoadEvidence>, RoadFinding]>([
    ['a port that browsers never use', { address: 'ws://box.lan:6000', own: failed() }, 'port-unsafe'],
    ['the same by the browser’s word', { own: failed('net::ERR_UNSAFE_PORT') }, 'port-unsafe'],
    ['a name that nobody knows', { own: failed('net::ERR_NAME_NOT_RESOLVED'), socket: null }, 'name-unknown'],
    ['a name in Firefox', { own: failed('NS_ERROR_UNKNOWN_HOST'), socket: null }, 'name-unknown'],
    ['no way to the host', { own: failed('net::ERR_ADDRESS_UNREACHABLE') }, 'host-unreachable'],
    ['dropped packets', { own: failed('net::ERR_CONNECTION_TIMED_OUT') }, 'host-unreachable'],
    [
      'a browser that keeps to itself',
      { own: failed('net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS') },
      'browser-blocks-network',
    ],
    ['a closed port elsewhere', { own: failed('net::ERR_CONNECTION_REFUSED') }, 'port-closed'],
    [
      'the port of another part of OpenClaw',
      { address: 'ws://127.0.0.1:18791', reach: 'loopback', own: failed(), socket: null },
      'wrong-port',
    ],
    [
      'the same where HTTP answers',
      { address: 'ws://127.0.0.1:18792', ...page({ status: 401 }) },
      'wrong-port',
    ],
    [
      'a tunnel that ends nowhere',
      { ...LOCAL, own: failed('net::ERR_EMPTY_RESPONSE') },
      'tunnel-without-gateway',
    ],
    [
      'a tunnel that resets',
      { ...LOCAL, own: failed('net::ERR_CONNECTION_RESET') },
      'tunnel-without-gateway',
    ],
    [
      'a certificate of nobody',
      { ...WSS, own: failed('net::ERR_CERT_AUTHORITY_INVALID') },
      'certificate-not-trusted',
    ],
    [
      'the same in Firefox',
      { ...WSS, own: failed('MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT') },
      'certificate-not-trusted',
    ],
    ['one that is old', { ...WSS, own: failed('net::ERR_CERT_DATE_INVALID') }, 'certificate-expired'],
    [
      'one that is old, in Firefox',
      { ...WSS, own: failed('SEC_ERROR_EXPIRED_CERTIFICATE') },
      'certificate-expired',
    ],
    ['one of another name', { ...WSS, own: failed('net::ERR_CERT_COMMON_NAME_INVALID') }, 'certificate-name'],
    [
      'TLS that fails otherwise',
      { ...WSS, own: failed('net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH') },
      'tls-failed',
    ],
    [
      'a gateway that does not trust who asks',
      page({ status: 403, contentType: 'application/json', isUnattributed: true }),
      'proxy-untrusted',
    ],
    ['basic authentication', page({ status: 401, isBasic: true }), 'basic-auth-in-front'],
    ['a login elsewhere', page({ status: 0, leads: 'elsewhere' }), 'login-page-in-front'],
    ['a login for everything', page({ isLogin: true }), 'login-page-in-front'],
    ['a page that wants a login', page({ status: 401 }), 'login-page-in-front'],
    ['a path with a slash', page({ status: 0, leads: 'slash' }), 'path-moves'],
    ['a path without anything', page({ status: 404 }), 'path-not-served'],
    ['502', page({ status: 502 }), 'proxy-no-gateway'],
    ['503', page({ status: 503 }), 'proxy-no-gateway'],
    ['504', page({ status: 504 }), 'proxy-no-gateway'],
    ['what Cloudflare says of a server that is away', page({ status: 521 }), 'proxy-no-gateway'],
    ['403', page({ status: 403 }), 'proxy-denies'],
    ['somebody else’s page', page({}), 'other-program'],
  ])('%s', (_, changes, finding) => expect(judgeRoad(seen(changes))).toBe(finding));

  test.each<[string, Partial<RoadEvidence>]>([
    ['an address that answers', {}],
    ['a port that is refused, where the browser says no more', { own: failed() }],
    [
      'a closed port on this computer, which is the gateway’s',
      { ...LOCAL, own: failed('net::ERR_CONNECTION_REFUSED') },
    ],
    ['an error without a meaning here', { own: failed('net::ERR_FAILED') }],
    ['silence', { own: { found: 'timeout', error: null }, socket: null }],
    ['a gateway’s own 503, in JSON', page({ status: 503, contentType: 'application/json' })],
    ['a gateway’s own 403, in JSON', page({ status: 403, contentType: 'application/json' })],
    ['a status of no meaning', page({ status: 418 })],
    ['a redirect whose end may not be seen', page({ status: 0, leads: 'unseen' })],
    ['a redirect to encryption that is not there', page({ status: 0, leads: 'encrypted' })],
  ])('nothing of %s', (_, changes) => expect(judgeRoad(seen(changes))).toBeNull());
});

describe('[W3] the scheme', () => {
  test.each<[string, Partial<RoadEvidence>, RoadFinding | null]>([
    ['ws asked of TLS, with a good certificate', { own: failed(), other: ANSWERED }, 'scheme-wrong'],
    [
      'ws asked of TLS, with a bad certificate',
      { own: failed('net::ERR_EMPTY_RESPONSE'), other: failed('net::ERR_CERT_AUTHORITY_INVALID') },
      'scheme-wrong',
    ],
    ['ws asked of nginx’s TLS', { ...page({ status: 400 }), other: ANSWERED }, 'scheme-wrong'],
    [
      'ws that is sent to https',
      { ...page({ status: 0, leads: 'encrypted' }), other: ANSWERED },
      'scheme-wrong',
    ],
    [
      'wss asked of a plain gateway',
      { ...WSS, reach: 'private', own: failed(), other: ANSWERED, otherSocket: 'challenge' },
      'scheme-wrong',
    ],
    [
      'wss asked of a plain server',
      { ...WSS, reach: 'private', own: failed('net::ERR_SSL_PROTOCOL_ERROR'), other: ANSWERED },
      'scheme-wrong',
    ],
    [
      'wss asked of a plain gateway at a public address',
      { ...WSS, own: failed(), other: ANSWERED, otherSocket: 'challenge' },
      'tls-missing',
    ],
    [
      'wss asked of a plain server at a public address',
      { ...WSS, own: failed('net::ERR_SSL_PROTOCOL_ERROR'), other: ANSWERED },
      'tls-missing',
    ],
    [
      'ws asked of TLS at a public address',
      { reach: 'public', own: failed(), other: ANSWERED },
      'scheme-wrong',
    ],
    [
      'wss where plain HTTP is answered, which servers of TLS do as well',
      { ...WSS, own: failed(), other: ANSWERED },
      null,
    ],
    ['ws that the browser itself encrypts', { isUpgraded: true, own: failed() }, 'https-only'],
    ['a 400 where there is no TLS', { ...page({ status: 400 }), other: failed() }, null],
  ])('%s', (_, changes, finding) => expect(judgeRoad(seen(changes))).toBe(finding));
});

describe('[W4] a gateway that shows itself and lets no WebSocket open', () => {
  test.each<[string, Partial<RoadEvidence>]>([
    ['by its page', page({ isControlUi: true })],
    ['by its health', { health: { version: '2026.9.6', tellsStart: true } }],
    [
      'by its health, where the page is another',
      { ...page({ status: 404 }), health: { version: null, tellsStart: false } },
    ],
  ])('%s', (_, changes) => expect(judgeRoad(seen(changes))).toBe('proxy-no-websocket'));
});

test('[W5] a page of OpenClaw is no other program’s', () => {
  expect(judgeRoad(seen({ ...page({ isControlUi: true }), socket: null }))).toBeNull();
});

const any: fc.Arbitrary<RoadEvidence> = fc.record({
  address: fc.constantFrom(
    'ws://127.0.0.1:18789',
    'wss://gw.example',
    'ws://box.lan:18791',
    'ws://box.lan:6000',
  ),
  reach: fc.constantFrom('loopback', 'private', 'public'),
  isAllowed: fc.boolean(),
  isSeen: fc.boolean(),
  own: fc.record({
    found: fc.constantFrom('answered', 'refused', 'timeout'),
    error: fc.constantFrom(null, 'net::ERR_CONNECTION_REFUSED', 'net::ERR_CERT_DATE_INVALID', 'net::ERR_X'),
  }),
  other: fc.option(
    fc.record({ found: fc.constantFrom('answered', 'refused', 'timeout'), error: fc.constant(null) }),
  ),
  isUpgraded: fc.boolean(),
  page: fc.option(
    fc.record({
      status: fc.integer({ min: 0, max: 600 }),
      contentType: fc.constantFrom('', 'text/html', 'application/json'),
      product: fc.constant(null),
      isBasic: fc.boolean(),
      leads: fc.constantFrom(null, 'slash', 'encrypted', 'elsewhere', 'unseen'),
      isUnattributed: fc.boolean(),
      isControlUi: fc.boolean(),
      isLogin: fc.boolean(),
    }),
  ),
  health: fc.option(fc.record({ version: fc.constantFrom(null, '2026.9.6'), tellsStart: fc.boolean() })),
  socket: fc.constantFrom(null, 'challenge', 'other', 'silent', 'refused'),
  otherSocket: fc.constantFrom(null, 'challenge', 'other', 'silent', 'refused'),
}) as fc.Arbitrary<RoadEvidence>;

test('[W6] a WebSocket that opened leaves nothing to tell of the way', () => {
  fc.assert(
    fc.property(any, (evidence) => {
      fc.pre(evidence.socket !== null && evidence.socket !== 'refused');
      expect(judgeRoad(evidence)).toBeNull();
    }),
  );
});

test('[W1] without a permission nothing is told but of ports and schemes', () => {
  fc.assert(
    fc.property(any, (evidence) => {
      const blind = judgeRoad({
        ...evidence,
        page: null,
        health: null,
        isUpgraded: false,
        own: { ...evidence.own, error: null },
        other: evidence.other && { ...evidence.other, error: null },
      });
      expect([null, 'port-unsafe', 'wrong-port', 'scheme-wrong', 'tls-missing']).toContain(blind);
    }),
  );
});

test('[W7] gateways since 2026.8.1 admit a Chromium extension', () => {
  const at = (version: string | null, origin = 'chrome-extension://abc') =>
    isOriginAdmitted(seen({ health: { version, tellsStart: false } }), origin);
  expect(at('2026.9.6')).toBe(true);
  expect(at('2026.8.1')).toBe(true);
  expect(at('2027.1.1')).toBe(true);
  expect(at('2026.7.33')).toBe(false);
  expect(at(null)).toBe(false);
  const admits = (origin: string) =>
    isOriginAdmitted(seen({ health: { version: null, tellsStart: true } }), origin);
  expect(admits('chrome-extension://abc')).toBe(true);
  expect(admits('moz-extension://abc')).toBe(false);
  expect(at('2026.9.6', 'moz-extension://abc')).toBe(false);
});

test.each([
  ['net::ERR_CERT_DATE_INVALID', 'expired'],
  ['NS_ERROR_UNKNOWN_HOST', 'name'],
  ['Peer’s Certificate has expired.', 'expired'],
  ['Peer’s Certificate issuer is not recognized.', 'untrusted'],
  ['The certificate is not trusted because it is self-signed.', 'untrusted'],
  ['The server presented a certificate that is not yet valid.', 'expired'],
  [
    'Unable to communicate securely with peer: requested domain name does not match the server’s certificate.',
    'other-name',
  ],
  ['SSL received a record that exceeded the maximum permissible length.', 'tls'],
  // In another language it says no more than that it is of encryption.
  ['Das Zertifikat der Gegenstelle ist abgelaufen.', 'encryption'],
])('what a browser says, %j, is %s', (said, fault) => expect(faultOf(nameOfError(said))).toBe(fault));

test('where all that is known is that encryption failed, the scheme is not said to be wrong', () => {
  const unnamed = { ...WSS, own: failed('SEC_ERROR_UNNAMED'), other: ANSWERED };
  expect(judgeRoad(seen(unnamed))).toBe('tls-failed');
});

test('an error that no browser has is none that we know', () => {
  expect(faultOf('net::ERR_SOMETHING_NEW')).toBeNull();
  expect(faultOf(null)).toBeNull();
});

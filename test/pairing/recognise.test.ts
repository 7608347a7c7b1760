import { describe, expect, test } from 'vitest';
import { MAX_PASTE_LENGTH, recognise } from '../../src/pairing/recognise.ts';
import type { PasteDefaults } from '../../src/pairing/recognised.ts';
import {
  ADDRESS,
  base64url,
  FOREIGN,
  FOREIGN_NAMES,
  HEX_TOKEN,
  HEX64,
  JOIN_CODE,
  LIKE_FOREIGN,
  setupCode,
  shown,
} from '../fixtures/pairing.ts';

const read = (text: string, defaults?: PasteDefaults) => shown(recognise(text, defaults));

const paired = {
  kind: 'setup-code',
  address: ADDRESS,
  reach: 'loopback',
  setupCode: 'boot-1',
  expiresAt: null,
};
const secret = { kind: 'gateway-secret', address: ADDRESS, reach: 'loopback', secretKind: 'token' };
const dashboard = { ...secret, form: 'dashboard-link', secret: HEX_TOKEN };
const unusable = (what: string, gatewayAddress: string | null) => ({
  kind: 'not-usable',
  what,
  gatewayAddress,
});
const problem = (code: string) => ({ kind: 'problem', problem: code });

describe('[P2] setup codes', () => {
  const code = setupCode({ url: ADDRESS, bootstrapToken: 'boot-1', expiresAtMs: 1_900_000_000_000 });

  test('since 2026.8.1 they say when they expire', () => {
    expect(read(code)).toEqual({ ...paired, expiresAt: 1_900_000_000_000 });
  });

  test('2026.3.13 to 7.x do not', () => {
    expect(read(setupCode({ url: ADDRESS, bootstrapToken: 'boot-1' }))).toEqual(paired);
  });

  test('up to 2026.3.11 they hold the gateway secret itself', () => {
    const old = { ...secret, form: 'old-setup-code' };
    expect(read(setupCode({ url: ADDRESS, token: HEX_TOKEN }))).toEqual({ ...old, secret: HEX_TOKEN });
    expect(read(setupCode({ url: ADDRESS, password: 'a b' }))).toEqual({
      ...old,
      secret: 'a b',
      secretKind: 'password',
    });
  });

  test('one with both never makes us keep the permanent secret', () => {
    expect(read(setupCode({ url: ADDRESS, bootstrapToken: 'boot-1', token: HEX_TOKEN }))).toEqual(paired);
  });

  test('standard base64 with padding is read as well', () => {
    const json = JSON.stringify({ url: ADDRESS, bootstrapToken: 'boot-1', note: '~~~???>>>' });
    const standard = Buffer.from(json).toString('base64');
    expect(standard).toMatch(/[+/]/);
    expect(read(standard)).toEqual(paired);
  });

  test('the first address that we may use is taken', () => {
    const urls = ['ws://8.8.8.8:18789', 'ws://192.168.1.20:18789', ADDRESS];
    expect(read(setupCode({ url: urls[0], urls, bootstrapToken: 'boot-1' }))).toEqual({
      ...paired,
      address: 'ws://192.168.1.20:18789',
      reach: 'private',
    });
  });

  test.each([
    ['its link', `oc-pair://${code}`],
    ['a node command', `npx openclaw connect oc-pair://${code}`],
    ['a line of the command', `Setup code: ${code}`],
    ['a line without space', `Setup code:${code}`],
    ['a full stop', `${code}.`],
    ['lines broken by the terminal', code.replace(/(.{40})/g, '$1\n  ')],
    ['lines broken by Windows', `${code.replace(/(.{60})/g, '$1\r\n')}\r\n`],
    [
      'openclaw qr --json',
      JSON.stringify({ setupCode: code, gatewayUrl: ADDRESS, auth: 'token', access: 'full' }, null, 2),
    ],
    ['a minified object', JSON.stringify({ setupCode: code, gatewayUrl: ADDRESS })],
    [
      'the object inside',
      JSON.stringify({ url: ADDRESS, bootstrapToken: 'boot-1', expiresAtMs: 1_900_000_000_000 }),
    ],
    [
      'the whole output of openclaw qr',
      `Pairing QR\nScan this with the OpenClaw mobile app (Onboarding -> Scan QR).\n\n█▀▀▀▀▀█ ▄▀█\n█ ███ █ ▀▄▀\n\nSetup code: ${code}\nGateway: ${ADDRESS}\nAuth: token\nAccess: full\nSource: --url\n\nApprove after scan with:\n  openclaw devices list\n  openclaw devices approve <requestId>`,
    ],
    ['a prompt and the command', `$ openclaw qr --setup-code-only --url ${ADDRESS}\n${code}\n$ `],
  ])('is found in %s', (_, text) => {
    expect(read(text)).toEqual({ ...paired, expiresAt: 1_900_000_000_000 });
  });

  test('one that is past its time is refused, by the clock that the caller gives', () => {
    const at = (now: number) => read(code, { now });
    expect(at(1_900_000_000_000)).toEqual(problem('expired-setup-code'));
    expect(at(1_899_999_999_999)).toMatchObject({ kind: 'setup-code' });
  });

  test.each([
    ['cut off', code.slice(0, 40)],
    ['cut off with dots', `${code.slice(0, 40)}...`],
    ['cut off with an ellipsis', `${code.slice(0, 40)}…`],
    ['without a credential', setupCode({ url: ADDRESS })],
    ['without an address', setupCode({ bootstrapToken: 'boot-1' })],
    ['with an address that is no text', setupCode({ url: 1, bootstrapToken: 'boot-1' })],
    ['not UTF-8', base64url(Buffer.from('7b2261ff227d', 'hex'))],
    ['a link with nothing behind it', 'oc-pair://'],
    ['a link with something else', 'oc-pair://hello'],
    ['two halves that do not belong together', `${code.slice(0, 40)}\n${code.slice(60)}`],
  ])('one that is damaged (%s) is said to be so', (_, text) => {
    expect(read(text)).toEqual(problem('damaged-setup-code'));
  });

  test.each([
    'Error: Gateway is only bound to loopback. Set gateway.bind=lan, enable tailscale serve, or configure plugins.entries.device-pair.config.publicUrl.',
    '│  gateway is only bound to loopback.',
  ])('what is said in place of one where the address was not told: %s', (text) => {
    expect(read(text)).toEqual(problem('loopback-only'));
  });

  test('[P9] one for a public ws:// address is refused', () => {
    expect(read(setupCode({ url: 'ws://8.8.8.8:18789', bootstrapToken: 'b' }))).toEqual(
      problem('insecure-public'),
    );
  });
});

describe('dashboard links', () => {
  test.each([
    ['up to 2026.2.3', `http://127.0.0.1:18789/?token=${HEX_TOKEN}`],
    ['2026.2.6 to 3.13', `http://127.0.0.1:18789/#token=${HEX_TOKEN}`],
    ['2026.2.19', `http://localhost:18789/#token=${HEX_TOKEN}`],
    ['without slash', `http://127.0.0.1:18789#token=${HEX_TOKEN}`],
    ['the line of the command', `Dashboard URL: http://127.0.0.1:18789/#token=${HEX_TOKEN}`],
    ['a sentence', `(Open http://127.0.0.1:18789/#token=${HEX_TOKEN}).`],
    ['Markdown', `[dashboard](http://127.0.0.1:18789/#token=${HEX_TOKEN}), please`],
    ['an HTML attribute', `<a href="http://127.0.0.1:18789/#token=${HEX_TOKEN}">dashboard</a>`],
    [
      'the whole output',
      `🦞 OpenClaw 2026.3.13 (abc1234)\nDashboard URL: http://127.0.0.1:18789/#token=${HEX_TOKEN}\nCopied to clipboard.\nRun openclaw doctor if it fails. Docs: https://docs.openclaw.ai/web/dashboard`,
    ],
    [
      'its other gateway',
      `http://localhost:5173/?gatewayUrl=ws%3A%2F%2F127.0.0.1%3A18789#token=${HEX_TOKEN}`,
    ],
    [
      'dashboard --json',
      JSON.stringify(
        {
          ok: true,
          url: `http://127.0.0.1:18789/#token=${HEX_TOKEN}`,
          httpUrl: 'http://127.0.0.1:18789/',
          wsUrl: ADDRESS,
          port: 18789,
          tokenIncluded: true,
          browserUrl:
            'http://127.0.0.1:18789/#bootstrapToken=b1&bootstrapProfile=owner&gatewayUrl=ws%3A%2F%2F127.0.0.1%3A18789',
        },
        null,
        2,
      ),
    ],
    [
      'dashboard --json after a warning',
      `[secrets] note\n${JSON.stringify({ url: `http://127.0.0.1:18789/#token=${HEX_TOKEN}` })}`,
    ],
  ])('carry the token: %s', (_, text) => expect(read(text)).toEqual(dashboard));

  test('a password is one', () => {
    const asPassword = { ...dashboard, secret: 'p w', secretKind: 'password' };
    expect(read('http://127.0.0.1:18789/#password=p%20w')).toEqual(asPassword);
    const json = { ok: true, url: 'http://127.0.0.1:18789/', wsUrl: ADDRESS, gatewayPassword: 'p w' };
    expect(read(JSON.stringify(json))).toEqual(asPassword);
  });

  test('[P6] secrets are percent-decoded once, and + stays +', () => {
    const link = (token: string) => read(`http://127.0.0.1:18789/#token=${token}`);
    const awkward = 'a+b/c= d&e#f%41ü';
    expect(link(encodeURIComponent(awkward))).toMatchObject({ secret: awkward });
    expect(link('a+b')).toMatchObject({ secret: 'a+b' });
    expect(link('a%zzb')).toMatchObject({ secret: 'a%zzb' });
  });

  test('one without a token is an address', () => {
    const address = { kind: 'address', address: ADDRESS, reach: 'loopback' };
    for (const text of [
      'http://127.0.0.1:18789/',
      'http://127.0.0.1:18789/#token=',
      'http://127.0.0.1:18789/#token=<your-token>',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: what people copy
      'http://127.0.0.1:18789/?token=${OPENCLAW_GATEWAY_TOKEN}',
      'http://127.0.0.1:18789/#overview',
      'Dashboard URL: http://127.0.0.1:18789/\nOne-time browser pairing included in browser/clipboard URL.\nCopied to clipboard.\nBrowser launch disabled (--no-open). One-time browser pairing URL copied to clipboard.',
      '$ openclaw dashboard --no-open\nDashboard URL: http://127.0.0.1:18789/',
    ]) {
      expect(read(text)).toEqual(address);
    }
  });

  test('[P9] one to a public host without TLS is refused with its token', () => {
    expect(read(`http://home.example.com:18789/#token=${HEX_TOKEN}`)).toEqual(problem('insecure-public'));
    expect(read(`http://me:pw@127.0.0.1:18789/#token=${HEX_TOKEN}`)).toEqual(
      problem('credentials-in-address'),
    );
  });

  test('one below a path, as the gateway is', () => {
    expect(read(`https://home.example.com/openclaw/#token=${HEX_TOKEN}`)).toEqual({
      ...dashboard,
      address: 'wss://home.example.com/openclaw',
      reach: 'public',
    });
  });
});

describe('addresses', () => {
  test.each([
    ['ws://127.0.0.1:18789', ADDRESS],
    ['localhost:18789', ADDRESS],
    ['localhost', ADDRESS],
    ['192.168.1.20', 'ws://192.168.1.20:18789'],
    ['nas.local', 'ws://nas.local:18789'],
    ['[::1]:18789', 'ws://[::1]:18789'],
    ['Gateway: wss://home.example.com', 'wss://home.example.com'],
    ['Probe target: ws://127.0.0.1:18789\nDocs: https://docs.openclaw.ai/', ADDRESS],
    ['https://home.example.com/openclaw', 'wss://home.example.com/openclaw'],
  ])('%s is one', (text, address) => expect(read(text)).toMatchObject({ kind: 'address', address }));

  test.each([
    ['ws://127.0.0.1:18789#hunter22', 'hunter22'],
    ['ws://127.0.0.1:18789/#hunter22', 'hunter22'],
    ['127.0.0.1:18789#hunter22', 'hunter22'],
    ['localhost:18789/#token=t1', 't1'],
    ['ws://127.0.0.1:18789?token=t1', 't1'],
    [`"ws://127.0.0.1:18789#${HEX64}"`, HEX64],
    ['ws://127.0.0.1:18789#a%41+b/c==', 'a%41+b/c=='],
  ])('[P5] %s carries its secret', (text, value) => {
    expect(read(text)).toEqual({ ...secret, form: 'address-with-secret', secret: value });
  });

  test.each([
    ['ws://8.8.8.8:18789', 'insecure-public'],
    ['gateway.example.com', 'insecure-public'],
    ['ws://a:b@127.0.0.1:18789', 'credentials-in-address'],
    ['ws://127.0.0.1:99999', 'bad-port'],
    ['localhost:99999', 'bad-port'],
    ['ftp://127.0.0.1', 'unsupported-scheme'],
    ['chrome-extension://abcdefghijklmnop/popup.html', 'unsupported-scheme'],
    ['ws://', 'not-an-address'],
    ['ws://lоcalhost:18789#some-gateway-secret', 'insecure-public'],
    ['ws:127.0.0.1:18789', 'not-an-address'],
    ['http:some-gateway-secret', 'not-an-address'],
    ['nas:123456789', 'bad-port'],
  ])('[P9] %s is refused: %s', (text, code) => expect(read(text)).toEqual(problem(code)));
});

const relayKey = (relayAddress: string, gatewayAddress: string | null, profile: string | null = null) => ({
  kind: 'relay-key',
  relayAddress,
  gatewayAddress,
  profile,
  key: HEX64,
});
const OWN_PORT = 'ws://127.0.0.1:18799/extension';

describe('[P3] a relay pairing string is recognised and never used as a gateway secret', () => {
  test.each([
    ['7.1', `${OWN_PORT}#${HEX64}`, relayKey(OWN_PORT, null)],
    [
      '7.1 over the gateway',
      `wss://home.example.com/browser/extension#${HEX64}`,
      relayKey('wss://home.example.com/browser/extension', 'wss://home.example.com'),
    ],
    ['8.1', `${OWN_PORT}?gateway=ws%3A%2F%2F127.0.0.1%3A18789#${HEX64}`, relayKey(OWN_PORT, ADDRESS)],
    [
      '9.6 --local-gateway',
      `${ADDRESS}/browser/extension?gateway=ws%3A%2F%2F127.0.0.1%3A18789#${HEX64}`,
      relayKey(`${ADDRESS}/browser/extension`, ADDRESS),
    ],
    [
      '9.6 with a profile',
      `${ADDRESS}/browser/extension?profile=work&gateway=ws%3A%2F%2F127.0.0.1%3A18789#${HEX64}`,
      relayKey(`${ADDRESS}/browser/extension`, ADDRESS, 'work'),
    ],
    [
      'a hint that is not encoded',
      `${OWN_PORT}?gateway=ws://127.0.0.1:18789#${HEX64}`,
      relayKey(OWN_PORT, ADDRESS),
    ],
    [
      'a hint that we would refuse',
      `${OWN_PORT}?gateway=ws%3A%2F%2F8.8.8.8#${HEX64}`,
      relayKey(OWN_PORT, null),
    ],
    [
      'under another name of this computer',
      `ws://localhost:18799/extension#${HEX64}`,
      relayKey(OWN_PORT, null),
    ],
    ['without scheme', `127.0.0.1:18799/extension#${HEX64}`, relayKey(OWN_PORT, null)],
    [
      'below a proxy path',
      `wss://home.example.com/oc/browser/extension#${HEX64}`,
      relayKey('wss://home.example.com/oc/browser/extension', 'wss://home.example.com/oc'),
    ],
    [
      '--json',
      JSON.stringify({
        pairingString: `${OWN_PORT}?gateway=ws%3A%2F%2F127.0.0.1%3A18789#${HEX64}`,
        relayPort: 18799,
        remote: false,
      }),
      relayKey(OWN_PORT, ADDRESS),
    ],
    [
      'the whole output',
      `Run this on the machine that hosts the browser (gateway host or browser node).\n1. Load the extension: chrome://extensions → Developer mode → Load unpacked →\n   /usr/lib/node_modules/openclaw/dist/extensions/browser/chrome-extension\n2. Open the OpenClaw popup and paste this pairing string:\n\n${OWN_PORT}?gateway=ws%3A%2F%2F127.0.0.1%3A18789#${HEX64}\n`,
      relayKey(OWN_PORT, ADDRESS),
    ],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  test.each([
    ['before 3.22', 'ws://127.0.0.1:18792/extension?token=abcdef1234', null],
    ['a cut-off key', `${OWN_PORT}#abc`, null],
    ['a key with something behind it', `${ADDRESS}/browser/extension#${HEX64}ff`, ADDRESS],
    ['no key', `${ADDRESS}/browser/extension`, ADDRESS],
    ['a profile that is none', `${ADDRESS}/browser/extension?profile=a%2Fb#${HEX64}`, ADDRESS],
  ])('%s is of no use', (_, text, gateway) =>
    expect(read(text)).toEqual(unusable('relay-pairing-string', gateway)),
  );

  test('[P9] nor is one that would go over the internet in the clear', () => {
    expect(read(`ws://8.8.8.8:18789/browser/extension#${HEX64}`)).toEqual(problem('insecure-public'));
  });
});

describe('[P4] what only another program can use is named', () => {
  const owner = 'http://127.0.0.1:18789/#bootstrapToken=b1&bootstrapProfile=owner';
  test.each([
    ['an owner link', owner, 'owner-bootstrap-link', ADDRESS],
    [
      'an owner link with its gateway',
      `http://localhost:5173/#bootstrapToken=b1&bootstrapProfile=owner&gatewayUrl=ws%3A%2F%2F127.0.0.1%3A18789`,
      'owner-bootstrap-link',
      ADDRESS,
    ],
    [
      'dashboard --json without token',
      JSON.stringify({
        ok: true,
        url: 'http://127.0.0.1:18789/',
        httpUrl: 'http://127.0.0.1:18789/',
        wsUrl: ADDRESS,
        port: 18789,
        tokenIncluded: false,
        browserUrl: owner,
      }),
      'owner-bootstrap-link',
      ADDRESS,
    ],
    ['a join link', `https://home.example.com/j/${JOIN_CODE}`, 'join-link', 'wss://home.example.com'],
    ['a local join link', `http://127.0.0.1:18789/j/${JOIN_CODE}`, 'join-link', ADDRESS],
    [
      'a join link below a path',
      `https://home.example.com/oc/j/${JOIN_CODE}`,
      'join-link',
      'wss://home.example.com/oc',
    ],
    [
      'the output of join-code',
      `https://home.example.com/j/${JOIN_CODE}\nnpx openclaw connect 'https://home.example.com/j/${JOIN_CODE}'`,
      'join-link',
      'wss://home.example.com',
    ],
    [
      'the join command',
      `npx openclaw connect https://home.example.com/j/${JOIN_CODE}`,
      'join-link',
      'wss://home.example.com',
    ],
    [
      'a shared transcript',
      'https://home.example.com/share/session?token=abcdef12345',
      'share-link',
      'wss://home.example.com',
    ],
    ['a deep link', 'openclaw://gateway?host=192.168.1.20&token=abc', 'deep-link', null],
    [
      'a deep link to add a gateway',
      'openclaw://gateway/add?url=https%3A%2F%2Fgateway.example.com%2Foperator%2F&name=Research',
      'deep-link',
      'wss://gateway.example.com/operator',
    ],
  ])('%s', (_, text, what, gateway) => expect(read(text)).toEqual(unusable(what, gateway)));
});

describe('[P7] a command is not its output', () => {
  test.each([
    `openclaw qr --setup-code-only --url ${ADDRESS}`,
    'openclaw dashboard',
    '$ openclaw dashboard --no-open',
    'openclaw',
    'openclaw devices approve 3f2b8c1e-7d54-4a9b-9c0e-1f2a3b4c5d6e',
    'openclaw gateway auth-token --show',
    'npx openclaw devices list --json',
    'docker compose run --rm openclaw-cli dashboard --no-open',
    'docker exec -it gw /usr/local/bin/openclaw browser extension pair --gateway-url wss://home.example.com',
    'C:\\Users\\me\\AppData\\Roaming\\npm\\openclaw.cmd qr',
    'Run `openclaw dashboard` to get a link',
  ])('%s', (text) => expect(read(text)).toEqual(unusable('shell-command', null)));
});

describe('[P8] bare secrets', () => {
  const bare = { ...secret, form: 'bare-secret' };

  test.each([
    HEX_TOKEN,
    HEX64,
    'hunter22',
    'correct-horse-battery-staple',
    'k9/Xq2+Zr7Lw0A==',
    '/9j+Xq2Zr7Lw0A==',
    'MTIzNDU2.Nzg5MDEy',
    'p@ss:w0rd!.',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
    'x'.repeat(512),
  ])('%s is one', (text) => expect(read(text)).toEqual({ ...bare, secret: text }));

  test.each([
    ['short12', 'secret-alone'],
    ['x'.repeat(513), 'not-recognised'],
    ['two words here', 'secret-alone'],
    ['pässwort123', 'secret-alone'],
    ['/home/me/.openclaw/openclaw.json', 'not-recognised'],
    ['~/.openclaw/openclaw.json', 'not-recognised'],
    ['C:\\openclaw\\config', 'not-recognised'],
    ['openclaw-gateway', 'not-recognised'],
    ['{"answer":42}', 'not-recognised'],
    ['mailto://somebody', 'unsupported-scheme'],
  ])('%s is none', (text, code) => expect(read(text)).toEqual(problem(code)));

  test.each([
    [`OPENCLAW_GATEWAY_TOKEN=${HEX_TOKEN}`, 'token'],
    [`export OPENCLAW_GATEWAY_TOKEN="${HEX_TOKEN}"`, 'token'],
    [`$env:OPENCLAW_GATEWAY_PASSWORD = '${HEX_TOKEN}'`, 'password'],
    [`Gateway token: ${HEX_TOKEN}`, 'token'],
    [`gateway.auth.token = ${HEX_TOKEN}`, 'token'],
    [`"token": "${HEX_TOKEN}",`, 'token'],
    [`PORT=18789\nOPENCLAW_GATEWAY_TOKEN=${HEX_TOKEN}\n`, 'token'],
    [JSON.stringify({ mode: 'password', password: HEX_TOKEN }), 'password'],
  ])('with a name before it: %s', (text, secretKind) => {
    expect(read(text)).toEqual({ ...bare, secret: HEX_TOKEN, secretKind });
  });

  test.each([
    ['password=hunter2', 'hunter2'],
    ['token=abc123', 'abc123'],
    ['token: x', 'x'],
    ['token: `abc123`', 'abc123'],
    ['gateway.auth.token=secret1', 'secret1'],
    ['CLAWDBOT_GATEWAY_TOKEN=abc123', 'abc123'],
    ['password=openclaw', 'openclaw'],
    ['password=pässwort', 'pässwort'],
    ['token=/9j+Xq2Zr7Lw0A==', '/9j+Xq2Zr7Lw0A=='],
    ['password: "correct horse battery"', 'correct horse battery'],
    ['password: “correct horse battery”', 'correct horse battery'],
    ['"password": "correct # horse", // since May', 'correct # horse'],
    ["PORT=18789\n- 'OPENCLAW_GATEWAY_TOKEN=abc123'\n", 'abc123'],
  ])('[P13] the value without its name: %s', (text, value) => {
    expect(read(text)).toMatchObject({
      ...bare,
      secret: value,
      secretKind: /password/.test(text) ? 'password' : 'token',
    });
  });

  test.each([
    ['token: "abcd…wxyz"', 'placeholder'],
    ['token: configured', 'placeholder'],
    ['token: <from-the-vault>', 'placeholder'],
    ['token: `cat token.txt`', 'not-recognised'],
    ['password: ""', 'placeholder'],
    ['OPENCLAW_GATEWAY_TOKEN="your token here"', 'placeholder'],
    ['Password: correct horse battery', 'not-recognised'],
    ['"token": {', 'not-recognised'],
    ['token: op://vault/openclaw', 'not-recognised'],
    ['token=op://vault/openclaw', 'not-an-address'],
  ])('[P13] no value: %s', (text, code) => expect(read(text)).toEqual(problem(code)));

  test.each([
    ['3f2b8c1e-7d54-4a9b-9c0e-1f2a3b4c5d6e', 'request-id'],
    ['K7MPX2QD', 'chat-code'],
    ['__OPENCLAW_REDACTED__', 'placeholder'],
    ['$OPENCLAW_GATEWAY_TOKEN', 'placeholder'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what people copy
    ['${OPENCLAW_GATEWAY_TOKEN}', 'placeholder'],
    ['%OPENCLAW_GATEWAY_TOKEN%', 'placeholder'],
    ['undefined', 'placeholder'],
    ['your-gateway-token-here', 'placeholder'],
    ['YOUR_TOKEN_HERE', 'placeholder'],
    ['replace-me', 'placeholder'],
    ['changeme', 'placeholder'],
    ['$gateway_token', 'placeholder'],
    ['$env:OPENCLAW_GATEWAY_TOKEN', 'placeholder'],
    ['process.env.OPENCLAW_GATEWAY_TOKEN', 'placeholder'],
    ['{{ gateway_token }}', 'placeholder'],
    ['$(cat token.txt)', 'placeholder'],
    ['[REDACTED]', 'placeholder'],
    ['***REDACTED***', 'placeholder'],
    ['xxxxxxxxxxxx', 'placeholder'],
    ['••••••••', 'placeholder'],
    ['4f1c…5286', 'placeholder'],
    ['4f1c9a...7d5286', 'placeholder'],
    ['ERR_CONNECTION_REFUSED', 'not-recognised'],
    ['MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT', 'not-recognised'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'unsupported-scheme'],
    ['proxy_attribution_required', 'not-recognised'],
    ['pairing-required', 'not-recognised'],
    ['unauthorized:', 'unsupported-scheme'],
    ['disconnected(1008):', 'not-recognised'],
    ['2026.9.6', 'not-recognised'],
    ['00:1a:2b:3c:4d:5e', 'not-recognised'],
    ['op://vault/openclaw/token', 'unsupported-scheme'],
    ['vault:secret/data/gateway', 'unsupported-scheme'],
    ['Error: connect ECONNREFUSED 127.0.0.1', 'not-recognised'],
    ['unauthorized gateway token mismatch', 'not-recognised'],
    ['AUTH_TOKEN_MISMATCH', 'not-recognised'],
    ['device_token_mismatch', 'not-recognised'],
    ['scope-upgrade', 'not-recognised'],
    ['ECONNREFUSED', 'not-recognised'],
    ['root@gateway:~/openclaw#', 'not-recognised'],
  ])('[P10] %s is no secret', (text, code) => {
    expect(read(text)).toEqual(problem(code));
    // A name before it says that it is one, but of a placeholder.
    const named = read(`token: ${text}`);
    if (code === 'placeholder' && !text.includes(' ')) expect(named).toEqual(problem(code));
    if (code === 'request-id' || code === 'chat-code') expect(named).toMatchObject({ secret: text });
  });

  test.each(FOREIGN)('[P10] what another service made is no secret of a gateway: %s', (text) => {
    expect(read(text)).toEqual(problem('not-recognised'));
    expect(read(`token: ${text}`)).toEqual(problem('not-recognised'));
    expect(read(`token=${text}`)).toEqual(problem('not-recognised'));
    expect(read(JSON.stringify({ enabled: true, token: text }))).toEqual(problem('not-recognised'));
    // A gateway's owner may have chosen it all the same.
    expect(read(`OPENCLAW_GATEWAY_TOKEN=${text}`)).toMatchObject({ secret: text });
    expect(read(`Gateway token: ${text}`)).toMatchObject({ secret: text });
  });

  test.each(FOREIGN_NAMES)('[P10] a variable with another name is none: %s', (text) => {
    expect(read(text)).toEqual(problem('not-recognised'));
  });

  test.each(LIKE_FOREIGN)('[P10] what only begins like it may be one: %s', (text) => {
    expect(read(text)).toMatchObject({ secret: text });
  });

  const discord = '"discord": {\n  "enabled": true,\n  "token": "hunter22"\n}';
  const auth = '"gateway": {\n  "auth": {\n    "mode": "token",\n    "token": "abc123", // ours\n  },\n},';
  test.each([
    ['the whole file', `// openclaw.json\n{\n"channels": {\n${discord},\n},\n${auth}\n}`],
    ['the whole file, the other way round', `{\n${auth}\n"channels": {\n${discord},\n},\n}`],
    ['without quotes', "{\n  gateway: {\n    auth: {\n      token: 'abc123',\n    },\n  },\n}"],
    ['a part of it', auth],
    ['a smaller part', '"auth": {\n  "mode": "token",\n  "token": "abc123",\n}'],
    ['the smallest part', '"auth": { "mode": "token", "token": "abc123" },'],
    ['without what is around it', '{\n  "mode": "token",\n  "token": "abc123",\n}'],
    ['valid JSON', JSON.stringify({ gateway: { port: 18789, auth: { token: 'abc123' } } }, null, 2)],
    ['a part that is valid JSON', JSON.stringify({ auth: { mode: 'token', token: 'abc123' } })],
    ['behind a sentence', 'That is what it says:\n{ "mode": "token", "token": "abc123" }'],
    ['its variables', `{\n"env": {\n  "OPENCLAW_GATEWAY_TOKEN": "abc123",\n},\n${discord},\n}`],
    ['the same twice', 'token: abc123\ngateway:\n  token: abc123'],
    ['a file of variables', 'DISCORD_TOKEN=hunter22\nTOKEN=hunter23\nOPENCLAW_GATEWAY_TOKEN=abc123'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what people copy
    ['a variable beside it', '"token": "${GATEWAY}"\n"token": "abc123"'],
  ])('[P14] of a configuration only what is the gateway’s counts: %s', (_, text) => {
    expect(read(text)).toEqual({ ...bare, secret: 'abc123' });
  });

  test.each([
    ['a channel', discord],
    ['a channel with a comment', discord.replace('true,', 'true, // yes')],
    ['a channel on one line', '"discord": { "token": "hunter22" },'],
    ['all channels', `{\n"channels": {\n${discord},\n},\n}`],
    ['all channels in valid JSON', `{"channels": {${discord}}}`],
    ['another gateway', '"gateway": {\n  "remote": {\n    "token": "hunter22",\n  },\n},'],
    ['what a service is logged in with', '"service": {\n  "auth": {\n    "token": "hunter22",\n  },\n},'],
    ['a list of objects', '"accounts": [\n  {\n    "token": "hunter22",\n  },\n],'],
    ['a list in valid JSON', '"accounts": [{ "token": "hunter22" }]'],
    ['several', 'token: hunter22\ntoken: hunter23'],
    ['several that are the gateway’s', 'Gateway token: hunter22\nGateway password: hunter23'],
  ])('[P14] nothing else is, and nothing is guessed: %s', (_, text) => {
    expect(read(text)).toEqual(problem('not-recognised'));
  });

  test.each([
    ['#token=undefined', 'address'],
    ['#token=__OPENCLAW_REDACTED__', 'address'],
    ['?token=$OPENCLAW_GATEWAY_TOKEN', 'address'],
    ['#password=%5BREDACTED%5D', 'address'],
    ['#null', 'address'],
  ])('[P10] a placeholder in a link is none: %s', (rest, kind) => {
    expect(read(`ws://127.0.0.1:18789/${rest}`)).toMatchObject({ kind, address: ADDRESS });
  });

  test('[P10] nor is one in a configuration', () => {
    expect(read('{"token":"__OPENCLAW_REDACTED__"}')).toEqual(problem('placeholder'));
    expect(read('OPENCLAW_GATEWAY_TOKEN=your-token-here')).toEqual(problem('placeholder'));
  });

  test.each([
    ['2001:db8::1', 'problem'],
    ['fd7a:115c:a1e0::53', 'address'],
    ['fe80::1', 'address'],
    ['::1', 'address'],
    ['[fd7a:115c:a1e0::53]', 'address'],
  ])('[P10] an IPv6 address is an address: %s', (text, kind) => {
    expect(read(text).kind).toBe(kind);
    if (kind === 'problem') expect(read(text)).toEqual(problem('insecure-public'));
  });

  test.each([
    'docker compose exec openclaw-gateway printenv',
    'docker exec gw env',
    'kubectl get secret gw -o yaml',
    '$ tailscale serve --bg 18789',
    'cat ~/.openclaw/secrets.json',
    'sudo systemctl restart gateway',
    'echo $TOKEN',
  ])('[P7] a command of another program is no secret: %s', (text) => {
    expect(read(text)).toEqual(unusable('shell-command', null));
  });

  test('[P5] one goes to the gateway of the card it was pasted on', () => {
    const address = 'wss://home.example.com';
    expect(read('hunter22', { address })).toMatchObject({ address, reach: 'public' });
    expect(read('hunter22', { address: 'nonsense :' })).toMatchObject({ address: ADDRESS });
  });

  test('[P5] [P9] one goes to the address beside it, or nowhere', () => {
    const beside = (address: string) => read(`URL: ${address}\nToken: hunter22`);
    expect(beside('ws://192.168.1.20:18789')).toMatchObject({ address: 'ws://192.168.1.20:18789' });
    expect(beside('ws://8.8.8.8:18789')).toEqual(problem('insecure-public'));
  });
});

test.each([
  ['', 'empty'],
  [' \n\t ', 'empty'],
  ['\u200b\ufeff', 'empty'],
  ['""', 'empty'],
  ['x'.repeat(MAX_PASTE_LENGTH + 1), 'too-long'],
  [' '.repeat(MAX_PASTE_LENGTH + 1), 'too-long'],
  ['[1,2,3]', 'not-recognised'],
  ['Hello, how do I pair?', 'not-recognised'],
])('[P1] %j is refused: %s', (text, code) => expect(read(text)).toEqual(problem(code)));

describe('what surrounds a paste does not matter', () => {
  const pastes = [
    setupCode({ url: ADDRESS, bootstrapToken: 'boot-1' }),
    `http://127.0.0.1:18789/#token=${HEX_TOKEN}`,
    `ws://127.0.0.1:18789#${HEX_TOKEN}`,
    `ws://127.0.0.1:18799/extension#${HEX64}`,
    `https://home.example.com/j/${JOIN_CODE}`,
    ADDRESS,
    'localhost:18789',
    'openclaw dashboard',
    HEX_TOKEN,
  ];
  const around: [string, (text: string) => string][] = [
    ['line breaks', (text) => `\r\n${text}\n\n`],
    ['straight quotes', (text) => `"${text}"`],
    ['apostrophes', (text) => `'${text}'`],
    ['backticks', (text) => `\`${text}\``],
    ['angle brackets', (text) => `<${text}>`],
    ['English quotes', (text) => `“${text}”`],
    ['German quotes', (text) => `„${text}“`],
    ['French quotes', (text) => `« ${text} »`],
    ['a quoted sentence', (text) => ` "${text}". `],
    ['zero-width characters', (text) => `\u200b${text.slice(0, 9)}\u200d${text.slice(9)}\ufeff`],
    ['non-breaking spaces', (text) => `\u00a0${text}\u202f`],
  ];
  for (const [name, wrap] of around) {
    test(name, () => {
      for (const text of pastes) expect(read(wrap(text)), text).toEqual(read(text));
    });
  }
});

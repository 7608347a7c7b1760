import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureFromClose, LARGEST_READ, parseFrame, parseLiveFrame } from '../../src/gateway/protocol.ts';

/** Frames as a 2026.9.6 gateway sent them, secrets replaced. */
const CHALLENGE =
  '{"type":"event","event":"connect.challenge","payload":{"nonce":"4a94f0d5-e984","ts":1795178934923,"capabilities":["model-catalog-snapshot"]}}';
const HELLO =
  '{"type":"res","id":"connect","ok":true,"payload":{"type":"hello-ok","protocol":4,"server":{"version":"2026.9.6","bootId":"766b5c5e","connId":"3ed012f6"},"features":{"methods":["health"],"events":[]},"pluginSurfaceUrls":{"canvas":"http://127.0.0.1:1/__openclaw__/cap/CAPABILITY-CANARY"},"auth":{"method":"bootstrap-token","role":"operator","scopes":["operator.read"],"deviceToken":"TOKEN-CANARY","issuedAtMs":1795178990298},"policy":{"tickIntervalMs":30000}}}';
const PAIRING =
  '{"type":"res","id":"connect","ok":false,"error":{"code":"NOT_PAIRED","message":"pairing required: device is not approved yet","details":{"code":"PAIRING_REQUIRED","reason":"not-paired","requestId":"0e902af9-2046","remediationHint":"Approve this device from the pending pairing requests.","deviceId":"aedc","requestedRole":"operator","requestedScopes":["operator.read"]}}}';
const STARTING =
  '{"type":"res","id":"connect","ok":false,"error":{"code":"UNAVAILABLE","message":"gateway starting; retry shortly","retryable":true,"retryAfterMs":500,"details":{"reason":"startup-sidecars"}}}';

describe('parseFrame', () => {
  it('reads the challenge with the gateway’s own time', () => {
    expect(parseFrame(CHALLENGE)).toEqual({
      type: 'challenge',
      nonce: '4a94f0d5-e984',
      issuedAt: 1795178934923,
    });
  });

  it('reads hello-ok, keeps the device token unprintable and drops everything else', () => {
    const frame = parseFrame(HELLO);
    expect(frame).toMatchObject({
      type: 'hello',
      hello: {
        protocol: 4,
        serverVersion: '2026.9.6',
        bootId: '766b5c5e',
        deviceTokenIssuedAt: 1795178990298,
      },
    });
    expect(frame.type === 'hello' && frame.hello.deviceToken?.reveal()).toBe('TOKEN-CANARY');
    expect(JSON.stringify(frame)).not.toContain('CANARY');
  });

  it('reads a hello-ok without auth block (a gateway that issues no device token)', () => {
    const bare = '{"type":"res","id":"connect","ok":true,"payload":{"type":"hello-ok","protocol":3}}';
    expect(parseFrame(bare)).toMatchObject({
      type: 'hello',
      hello: { deviceToken: null, serverVersion: null },
    });
  });

  it.each([
    [{ currentVersion: '2026.8.1', latestVersion: '2026.9.6', commits: ['said'] }, '2026.9.6'],
    [{ currentVersion: '2026.8.1', latestVersion: 'x'.repeat(513) }, null],
    [null, null],
    [undefined, null],
    ['2026.9.6', null],
  ])('reads which version a gateway could be updated to: %j', (updateAvailable, latestVersion) => {
    const payload = { type: 'hello-ok', protocol: 4, snapshot: { uptimeMs: 7, updateAvailable } };
    const hello = { uptimeMs: 7, offer: { latestVersion } };
    expect(parseFrame(JSON.stringify({ type: 'res', id: 'connect', ok: true, payload }))).toMatchObject({
      hello,
    });
    const event = { type: 'event', event: 'update.available', payload: { updateAvailable } };
    const frame = parseLiveFrame(JSON.stringify(event));
    expect(frame).toMatchObject({ type: 'update', offer: { latestVersion } });
    expect(JSON.stringify(frame)).not.toContain('said');
  });

  it('reads refusals', () => {
    expect(parseFrame(PAIRING)).toMatchObject({
      type: 'rejected',
      failure: {
        detailCode: 'PAIRING_REQUIRED',
        pairing: { reason: 'not-paired', requestId: '0e902af9-2046' },
      },
    });
    expect(parseFrame(STARTING)).toMatchObject({
      type: 'rejected',
      failure: { errorCode: 'UNAVAILABLE', isRetryable: true, retryAfterMs: 500, pairing: null },
    });
  });

  it('reads a refusal without details, as gateways up to 2026.2.21 send it', () => {
    const bare =
      '{"type":"res","id":"connect","ok":false,"error":{"code":"INVALID_REQUEST","message":"device nonce mismatch"}}';
    expect(parseFrame(bare)).toMatchObject({
      type: 'rejected',
      failure: {
        errorCode: 'INVALID_REQUEST',
        detailCode: null,
        message: 'device nonce mismatch',
        pairing: null,
      },
    });
  });

  it('never shows a request id that could be a piece of shell', () => {
    const frame = parseFrame(PAIRING.replace('0e902af9-2046', 'x; rm -rf ~'));
    expect(frame).toMatchObject({ type: 'rejected', failure: { pairing: { requestId: null } } });
  });

  it('tells a stop from a restart', () => {
    const shutdown = (payload: string) => `{"type":"event","event":"shutdown","payload":${payload}}`;
    expect(parseFrame(shutdown('{"reason":"gateway stopping"}'))).toEqual({
      type: 'shutdown',
      restartExpectedMs: null,
    });
    expect(parseFrame(shutdown('{"reason":"gateway restarting","restartExpectedMs":1500}'))).toEqual({
      type: 'shutdown',
      restartExpectedMs: 1500,
    });
  });

  it('reads the gateway’s time from a tick', () => {
    const tick = (ts: string) => parseFrame(`{"type":"event","event":"tick","payload":{"ts":${ts}},"seq":4}`);
    expect(tick('1795178934923')).toEqual({ type: 'event', issuedAt: 1_795_178_934_923 });
    for (const odd of ['-1', '"now"', '1e300', 'null']) expect(tick(odd)).toEqual({ type: 'event' });
  });

  it('reads any event and any other answer as a sign of life', () => {
    expect(parseFrame('{"type":"event","event":"tick","payload":{}}')).toEqual({ type: 'event' });
    expect(parseFrame('{"type":"res","id":"ask-1","ok":false,"error":{}}')).toEqual({
      type: 'answer',
      id: 'ask-1',
    });
  });

  it('does not trip over objects that cannot be compared', () => {
    const odd = '{"length":{"toString":1,"valueOf":1}}';
    expect(
      parseFrame(`{"type":"event","event":"connect.challenge","payload":{"nonce":${odd},"ts":1}}`),
    ).toEqual({ type: 'event' });
    expect(parseFrame(`{"type":"res","id":"connect","ok":false,"error":{"code":${odd}}}`)).toEqual({
      type: 'malformed',
    });
  });

  it.each(['', 'null', '[]', '{', '{"type":"res"}', '{"type":"res","id":"connect","ok":"yes"}', '<html>'])(
    'calls %j malformed',
    (raw) => {
      expect(parseFrame(raw)).toEqual({ type: 'malformed' });
    },
  );

  it('never throws, whatever comes', () => {
    const shapes = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
    );
    const mutated = fc
      .tuple(fc.constantFrom(CHALLENGE, HELLO, PAIRING, STARTING), fc.nat(400), fc.string())
      .map(([frame, at, insert]) => frame.slice(0, at) + insert + frame.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(shapes, mutated), (raw) => parseFrame(raw).type.length > 0),
      { numRuns: 5_000 },
    );
  });
});

describe('the size of a frame', () => {
  const event = (size: number): string =>
    JSON.stringify({ type: 'event', event: 'agent', payload: 'x'.repeat(size) });

  it('[B4] one that is larger than anything we read is not read', () => {
    const hello = HELLO.replace('"features":{', `"features":{"more":"${'x'.repeat(LARGEST_READ)}",`);
    expect(parseFrame(hello)).toEqual({ type: 'too-large' });
    expect(parseFrame(event(LARGEST_READ))).toEqual({ type: 'too-large' });
  });

  it('of a refusal’s words only the beginning is kept', () => {
    const refusal = { type: 'res', id: 'connect', ok: false, error: { message: 'no '.repeat(1_000_000) } };
    const frame = parseFrame(JSON.stringify(refusal));
    expect(frame.type === 'rejected' && frame.failure.message).toHaveLength(2_000);
  });

  it('[B3] after hello-ok whatever says nothing to us is a sign of life, and is not even read', () => {
    for (const raw of [
      event(10),
      'x'.repeat(25_000_000),
      '{',
      '',
      'x'.repeat(100_000),
      '"res"'.repeat(20_000),
    ]) {
      expect(parseLiveFrame(raw)).toEqual({ type: 'event' });
    }
    expect(parseLiveFrame('{"type":"res","id":"ask-1","ok":true}')).toEqual({ type: 'answer', id: 'ask-1' });
    const shutdown = '{"type":"event","event":"shutdown","payload":{"restartExpectedMs":1500}}';
    expect(parseLiveFrame(shutdown)).toEqual({ type: 'shutdown', restartExpectedMs: 1_500 });
  });
});

describe('failureFromClose', () => {
  it('reads the request id of a pairing reason', () => {
    expect(
      failureFromClose('pairing required: device is not approved yet (requestId: abc-1)').pairing,
    ).toEqual({
      reason: 'not-paired',
      requestId: 'abc-1',
    });
    expect(failureFromClose('unauthorized: device token mismatch').pairing).toBeNull();
  });
});

/** What a log may hold beside refusals, and a hostile one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hear, type Reader } from '../../src/others/log.ts';
import { meet } from '../../src/others/presence.ts';
import { storiesOf } from '../../src/others/standing.ts';
import { nothingKnown, type Others, othersSchema } from '../../src/others/state.ts';
import { parsed } from '../../src/parse.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const READER: Reader = {
  port: 18_789,
  host: 'gateway.example',
  ownDevices: ['a'.repeat(64)],
  ownOrigin: 'chrome-extension://own',
  skewMs: 0,
  now: NOW,
};

const FACTS = {
  cause: 'unauthorized',
  handshake: 'failed',
  host: '127.0.0.1:18789',
  localPort: 18_789,
  remoteAddr: '192.168.1.20',
  authProvided: 'token',
  authReason: 'token_mismatch',
  client: 'openclaw-tui',
  clientDisplayName: 'box',
  mode: 'ui',
  version: '2026.9.6',
  platform: 'linux',
};

const line = (facts: object = {}, changed: object = {}): string =>
  JSON.stringify({
    '0': '{"subsystem":"gateway/ws"}',
    '1': { ...FACTS, ...facts },
    '2': 'closed before connect',
    time: '2026-01-01T11:59:00.000+00:00',
    ...changed,
  });
const said = (words: string): string =>
  JSON.stringify({ '0': '{"subsystem":"gateway"}', '1': words, time: '2026-01-01T11:59:00Z' });

const heard = (lines: readonly string[], reader = READER, before = nothingKnown(0)): Others =>
  hear(before, lines, reader, false);

describe('[O2] a line', () => {
  it.each([
    ['of another subsystem', line({}, { '0': '{"subsystem":"agent"}' })],
    ['without a time', line({}, { time: 'soon' })],
    ['of a socket that was let in', line({ handshake: 'connected' })],
    ['that is no JSON', 'handshake":"failed" unauthorized client=cli'],
    ['that quotes a refusal', said(line())],
    ['of a gateway that starts', line({ cause: 'startup-sidecars-pending' })],
    ['of nobody', line({ cause: 'x'.repeat(80) })],
    ['that is longer than any refusal', line({ more: 'x'.repeat(20_000) })],
    ['of an agent that speaks of approvals', said('the user says: device pairing approved device=abc')],
  ])('%s counts for nothing', (_, text) => {
    const before = nothingKnown(0);
    expect(heard([text], READER, before)).toBe(before);
  });

  it('that was not logged each time counts as often as it happened', () => {
    const many = line({}, { '2': 'closed before connect code=1008 suppressed=12' });
    expect(heard([many, line()]).refused[0]?.count).toBe(14);
  });
});

describe('[O3] of another gateway in the same log', () => {
  it.each([
    ['by its port', { localPort: 19_001, host: '127.0.0.1:19001' }, 0],
    ['by our port', { localPort: 18_789, host: 'localhost:18789' }, 1],
    ['by the host that we call it by, behind a proxy', { localPort: 19_001, host: 'gateway.example' }, 1],
    ['by the port of its host, where it logs none', { localPort: undefined, host: '127.0.0.1:18789' }, 1],
    ['by another host’s port', { localPort: undefined, host: '127.0.0.1:19001' }, 0],
  ])('%s', (_, facts, count) => {
    expect(heard([line(facts)]).refused).toHaveLength(count);
  });

  it('where nothing is known of its port, the host decides', () => {
    const reader = { ...READER, port: null };
    expect(heard([line()], reader).refused).toHaveLength(0);
    expect(heard([line({ host: 'gateway.example' })], reader).refused).toHaveLength(1);
  });
});

it('[O4] leaves us out, and nobody else', () => {
  const lines = [
    line({ origin: 'chrome-extension://own', client: 'openclaw-browser-copilot' }),
    line({ cause: 'pairing-required', reason: 'not-paired', deviceId: 'a'.repeat(64) }),
    line({
      origin: 'chrome-extension://own',
      deviceId: 'b'.repeat(64),
      cause: 'pairing-required',
      reason: 'not-paired',
    }),
  ];
  expect(heard(lines).refused.map(({ deviceId }) => deviceId)).toEqual(['b'.repeat(12)]);
});

it('[O5] reads nothing twice', () => {
  const first = heard([line()]);
  expect(hear(first, [line()], READER, true)).toBe(first);
  const later = line({}, { time: '2026-01-01T11:59:30.000+00:00' });
  expect(hear(first, [line(), later], READER, true).refused[0]?.count).toBe(2);
});

it('[O5] what is read again counts once, however the comparison of the clocks wavers', () => {
  const read = (before: Others, skewMs: number, lines = [line()]) =>
    hear(before, lines, { ...READER, skewMs }, true);
  const others = [2_500, 2_480, 2_465, 2_440, 1_400].reduce(
    (before, skewMs) => read(before, skewMs),
    nothingKnown(0),
  );
  expect(others.refused).toMatchObject([{ count: 1, recent: [NOW - 62_500] }]);
  const later = line({}, { time: '2026-01-01T11:59:04.000+00:00' });
  expect(read(others, 2_440, [line(), later]).refused).toMatchObject([{ count: 2 }]);
  // An approval that follows at once is heard.
  const next = said('device pairing approved device=abcdefabcdef').replace('59:00Z', '59:00.200Z');
  expect(read(others, 2_500, [next]).approved).toEqual({ abcdefabcdef: NOW - 62_300 });
});

it('[O5] keeps thirty days, and the newest of very many', () => {
  const many = Array.from({ length: 500 }, (_, at) => line({ clientDisplayName: `box ${at}` }));
  const all = heard(many);
  expect(all.refused.length).toBeLessThanOrEqual(60);
  expect(all.refused.at(-1)?.clientDisplayName).toBe('box 499');
  const much = NOW + 31 * 86_400_000;
  const late = line({}, { time: new Date(much).toISOString() });
  expect(heard([late], { ...READER, now: much }, all).refused).toHaveLength(1);
});

it('times are ours, and never later than now', () => {
  const at = (skewMs: number) => heard([line()], { ...READER, skewMs }).refused[0]?.lastAt;
  expect(at(-30_000)).toBe(NOW - 30_000);
  expect(at(-600_000)).toBe(NOW);
});

describe('a hostile gateway', () => {
  const foreign = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'constructor',
      '__proto__',
      '$(reboot)',
      '<img src=x>',
      '\u202egnp',
      'token=hunter2hunter2hunter2',
    ),
    fc.json(),
    fc.double(),
    fc.constant(null),
    fc.array(fc.string()),
  );
  const facts = fc.record(
    Object.fromEntries(
      [...Object.keys(FACTS), 'deviceId', 'requestId', 'origin', 'forwardedFor', 'reason'].map((key) => [
        key,
        foreign,
      ]),
    ),
    { requiredKeys: [] },
  );
  const lines = fc.array(
    fc.oneof(
      fc.string(),
      fc.json(),
      facts.map((each) => line(each)),
      facts.map((each) => line({}, each)),
      fc.string().map((words) => said(`device pairing approved device=${'c'.repeat(64)} ${words}`)),
      fc
        .string()
        .map((words) =>
          said(`security audit: device access upgrade requested device=${words} client=cli conn=`),
        ),
    ),
    { maxLength: 30 },
  );

  it('[O1] never throws, and what is kept has our shape and none of its words', () => {
    fc.assert(
      fc.property(lines, foreign, (each, payload) => {
        const others = meet(heard(each), payload, { ...READER, isFollowed: false });
        expect(parsed(othersSchema, JSON.parse(JSON.stringify(others)))).toBeDefined();
        const kept = JSON.stringify(others);
        expect(kept).not.toContain('hunter2');
        expect(kept).not.toContain('\u202e');
        for (const { requestId, client } of storiesOf(others, NOW)) {
          expect(requestId ?? '').toMatch(/^[\da-f-]*$/);
          expect(client.address ?? '').toMatch(/^[\da-f.:]*$/i);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('[O6] a list of clients is a list, or nothing', () => {
    const entry = fc.record({
      reason: fc.constantFrom('connect', 'disconnect', 'self'),
      host: foreign,
      deviceId: foreign,
      ts: foreign,
    });
    fc.assert(
      fc.property(fc.oneof(fc.array(entry), fc.record({ presence: fc.array(entry) }), foreign), (payload) => {
        const others = meet(nothingKnown(0), payload, { ...READER, isFollowed: true });
        expect(others.visitors.length).toBeLessThanOrEqual(60);
        expect(parsed(othersSchema, JSON.parse(JSON.stringify(others)))).toBeDefined();
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROAD_CAUSES } from '../../src/road/causes.ts';
import type { RoadEvidence } from '../../src/road/evidence.ts';
import { judgeRoad, type RoadFinding } from '../../src/road/judge.ts';
import { ROAD_STEPS, walkRoad } from '../../src/road/steps.ts';
import { ANSWERED, failed, roadSeen } from '../fixtures/road.ts';

/** As seen without a permission. */
const seen = (changes: Partial<RoadEvidence> = {}): RoadEvidence =>
  roadSeen({
    address: 'wss://gw.example',
    reach: 'public',
    isAllowed: false,
    isSeen: false,
    own: failed(),
    ...changes,
  });

const MARKS = { proved: '+', failed: 'x', 'not-reached': '.', unseen: '?' } as const;
const walked = (evidence: RoadEvidence, finding = judgeRoad(evidence)): string =>
  walkRoad(evidence, finding)
    .map(({ result }) => MARKS[result])
    .join('');

describe('[W8] the way, step by step', () => {
  test.each<[string, Partial<RoadEvidence>, string]>([
    ['nothing may be seen', {}, '????????'],
    ['something answers, and nobody may see what', { own: ANSWERED }, '+++++???'],
    ['a name that nobody knows', { own: failed('net::ERR_NAME_NOT_RESOLVED') }, 'x.......'],
    ['no way to the host', { own: failed('net::ERR_ADDRESS_UNREACHABLE') }, '+x......'],
    ['a closed port', { own: failed('net::ERR_CONNECTION_REFUSED') }, '++x.....'],
    ['an expired certificate', { own: failed('net::ERR_CERT_DATE_INVALID') }, '+++x....'],
    ['a tunnel with nothing at its end', { own: failed('net::ERR_CONNECTION_CLOSED') }, '++++x...'],
    [
      'a gateway behind a proxy that passes no WebSocket',
      { own: ANSWERED, health: { version: null, tellsStart: true } },
      '++++++x.',
    ],
    ['another server of WebSockets', { own: ANSWERED, socket: 'other' }, '+++++++x'],
    ['a server of WebSockets that says nothing', { own: ANSWERED, socket: 'silent' }, '+++++++?'],
    ['a gateway', { own: ANSWERED, socket: 'challenge' }, '++++++++'],
    // No name, no encryption
    [
      'a closed port of this computer',
      { address: 'ws://127.0.0.1:18789', reach: 'loopback', own: failed('net::ERR_CONNECTION_REFUSED') },
      '+x....',
    ],
    [
      'encryption where none was meant',
      { address: 'ws://192.168.1.20:18789', reach: 'private', other: ANSWERED },
      '++x....',
    ],
    [
      'a port of something else, which answers nothing',
      { address: 'ws://127.0.0.1:18791', reach: 'loopback' },
      '???x..',
    ],
  ])('%s', (_, changes, marks) => {
    expect(walked(seen(changes))).toBe(marks);
  });

  test('what stands on the way stands at one step, and behind it nothing was reached', () => {
    const evidence = fc.record({
      address: fc.constantFrom('ws://192.168.1.20:18789', 'wss://gw.example', 'ws://localhost:18789'),
      reach: fc.constantFrom('loopback', 'private', 'public'),
      own: fc.constantFrom(
        ANSWERED,
        failed(),
        failed('net::ERR_CONNECTION_REFUSED'),
        failed('net::ERR_SSL_X'),
      ),
      socket: fc.constantFrom('challenge', 'other', 'silent', 'refused', null),
    });
    const finding = fc.constantFrom<RoadFinding | null>(null, 'proxy-untrusted', ...ROAD_CAUSES);
    fc.assert(
      fc.property(evidence, finding, (changes, cause) => {
        const marks = walked(seen(changes as Partial<RoadEvidence>), cause);
        expect(marks).toMatch(/^[+?]*(?:x\.*)?$/);
        expect(marks.length).toBeGreaterThanOrEqual(ROAD_STEPS.length - 2);
      }),
    );
  });
});

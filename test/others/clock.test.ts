/** What a clock that was ahead noted of other clients, once it is set right. */
import { expect, it } from 'vitest';
import { planOthers } from '../../src/notify/others.ts';
import { othersWithoutFuture } from '../../src/others/clock.ts';
import { hear, type Reader } from '../../src/others/log.ts';
import { meet } from '../../src/others/presence.ts';
import { storiesOf } from '../../src/others/standing.ts';
import { nothingKnown, type Others } from '../../src/others/state.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const DAY = 86_400_000;
const DEVICE = 'b'.repeat(64);

/** `ahead`: how much this computer's clock is ahead of the gateway's. */
const reader = (now: number, ahead = 0): Reader => ({
  port: 18_789,
  host: 'gateway.example',
  ownDevices: [],
  ownOrigin: 'chrome-extension://own',
  skewMs: -ahead,
  now: now + ahead,
});

const asking = (at: number): string =>
  JSON.stringify({
    '0': '{"subsystem":"gateway/ws"}',
    '1': {
      cause: 'pairing-required',
      reason: 'not-paired',
      handshake: 'failed',
      host: '127.0.0.1:18789',
      localPort: 18_789,
      deviceId: DEVICE,
      requestId: '00000000-0000-4000-8000-000000000001',
    },
    time: new Date(at).toISOString(),
  });
const approval = (at: number): string =>
  JSON.stringify({
    '0': '{"subsystem":"gateway"}',
    '1': `device pairing approved device=${DEVICE.slice(0, 12)}`,
    time: new Date(at).toISOString(),
  });

/** Asked for an approval twenty minutes ago and again, was told of, and somebody came: all by a clock that was a day ahead. */
function noted(): Others {
  const lines = [asking(NOW - 20 * MINUTE), asking(NOW - 15 * MINUTE)];
  const heard = hear(nothingKnown(NOW - DAY), lines, reader(NOW - 14 * MINUTE, DAY), false);
  const told = heard.refused.map((each) => ({ ...each, toldAt: NOW - 14 * MINUTE + DAY }));
  const box = { presence: [{ reason: 'connect', host: 'box', mode: 'node', ts: NOW }] };
  const met = meet({ ...heard, refused: told }, box, { ...reader(NOW, DAY), isFollowed: true });
  return { ...met, readAt: NOW - 30 * MINUTE + DAY, presentAt: NOW - 30 * MINUTE + DAY };
}

const right = othersWithoutFuture(noted(), NOW);

it('[O13] all of it is moved back by as much as the clock was, and keeps its distances', () => {
  expect(right).toMatchObject({
    since: NOW - DAY,
    readAt: NOW - 30 * MINUTE,
    presentAt: NOW - 30 * MINUTE,
    visitors: [{ ts: NOW, onlineSince: NOW }],
    refused: [
      {
        firstAt: NOW - 20 * MINUTE,
        lastAt: NOW - 15 * MINUTE,
        toldAt: NOW - 14 * MINUTE,
        recent: [NOW - 20 * MINUTE, NOW - 15 * MINUTE],
        count: 2,
      },
    ],
  });
  expect(othersWithoutFuture(right, NOW)).toBe(right);
});

it('[O8] [O9] [O13] who was refused long ago is quiet, and a request that has expired is not offered', () => {
  expect(storiesOf(noted(), NOW)).toMatchObject([{ standing: 'refused', requestId: expect.any(String) }]);
  expect(storiesOf(right, NOW)).toMatchObject([{ standing: 'quiet', requestId: null }]);
});

it('[O8] [O13] an approval of now ends the story', () => {
  const later = NOW + MINUTE;
  const approved = hear(right, [approval(later)], reader(later), false);
  expect(storiesOf(approved, later)).toMatchObject([{ standing: 'approved' }]);
  expect(planOthers(approved, true, later).isOver).toBe(true);
});

it('[O5] [O13] a refusal of now counts also where the log is read anew', () => {
  const later = NOW + MINUTE;
  const again = hear(right, [asking(NOW - 15 * MINUTE), asking(later)], reader(later), true);
  expect(again.refused).toMatchObject([{ count: 3, lastAt: later }]);
});

it('[O13] what was noted of the past stays before it', () => {
  const mixed: Others = { ...nothingKnown(0), approved: { a: NOW - MINUTE, b: NOW + MINUTE, c: NOW + DAY } };
  expect(othersWithoutFuture(mixed, NOW).approved).toEqual({ a: NOW - MINUTE, b: NOW - MINUTE, c: NOW });
});

it('[O13] a name that looks like a moment of the future is a name', () => {
  const known = { ...nothingKnown(NOW + DAY), names: { a: `${NOW + DAY}` } };
  expect(othersWithoutFuture(known, NOW)).toEqual({ ...known, since: NOW });
});

it('[O13] a fraction of a second changes nothing', () => {
  const known = nothingKnown(NOW + 900);
  expect(othersWithoutFuture(known, NOW)).toBe(known);
});

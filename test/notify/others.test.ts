/** When another client is worth a disturbance: what waits for a person, once, and not in every moment. */
import { describe, expect, it } from 'vitest';
import { planOthers } from '../../src/notify/others.ts';
import { hear } from '../../src/others/log.ts';
import { nothingKnown, type Others, type Refused, type Visitor } from '../../src/others/state.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

const WAITING: Refused = {
  cause: 'pairing-required',
  reason: 'not-paired',
  authReason: null,
  authProvided: null,
  client: null,
  clientDisplayName: null,
  mode: null,
  version: null,
  platform: null,
  deviceId: 'abcdefabcdef',
  origin: null,
  forwardedFor: null,
  remoteAddr: '192.168.1.20',
  requestId: '00000000-0000-4000-8000-000000000001',
  firstAt: NOW,
  lastAt: NOW,
  count: 1,
  recent: [NOW],
  toldAt: null,
};

const STALE: Refused = {
  ...WAITING,
  cause: 'unauthorized',
  reason: null,
  authReason: 'token_mismatch',
  client: 'cli',
  deviceId: null,
  requestId: null,
  count: 2,
  recent: [NOW - MINUTE, NOW],
};

const others = (...refused: Refused[]): Others => ({ ...nothingKnown(0), refused });
const plan = (known: Others, now = NOW, mayTell = true) => planOthers(known, mayTell, now);

describe('[N6] what is told', () => {
  it('a request that waits, and who is refused more than once', () => {
    expect(plan(others(WAITING)).show).toMatchObject({ story: { code: 'not-paired' }, more: 0 });
    expect(plan(others(STALE)).show).toMatchObject({ story: { code: 'gateway-secret-mismatch' } });
  });

  it.each([
    ['who was refused once, and may have healed itself', { ...STALE, count: 1, recent: [NOW] }, NOW],
    ['a request that has expired', WAITING, NOW + 6 * MINUTE],
    ['who is quiet', STALE, NOW + 11 * MINUTE],
    ['who is refused again after a day', { ...STALE, recent: [NOW - 1_440 * MINUTE, NOW] }, NOW],
  ])('not %s', (_, refused, now) => {
    const known = others(refused);
    expect(plan(known, now)).toMatchObject({ show: null, isOver: false });
    expect(plan(known, now).others).toBe(known);
  });

  it('nothing where the user does not want it now, and it then, if it still holds', () => {
    const known = others(WAITING);
    expect(plan(known, NOW, false)).toEqual({ others: known, show: null, isOver: false, refused: 1 });
    expect(plan(known, NOW + MINUTE).show).not.toBeNull();
  });
});

describe('[N7] how often', () => {
  it('a client and a cause once, also by another worker', () => {
    const told = plan(others(STALE)).others;
    expect(told.refused[0]?.toldAt).toBe(NOW);
    expect(plan(told, NOW + 6 * MINUTE)).toEqual({ others: told, show: null, isOver: false, refused: 1 });
  });

  it('several together: the last one, and how many more', () => {
    const { show, others: told } = plan(others(STALE, WAITING));
    expect(show).toMatchObject({ story: { code: 'not-paired' }, more: 1 });
    expect(told.refused.map(({ toldAt }) => toldAt)).toEqual([NOW, NOW]);
  });

  it('one within five minutes, also where the clock was set back', () => {
    const told = plan(others(STALE)).others;
    const later = { ...WAITING, lastAt: NOW + MINUTE };
    const both = { ...told, refused: [...told.refused, later] };
    expect(plan(both, NOW + MINUTE).show).toBeNull();
    expect(plan(both, NOW + 5 * MINUTE).show).toMatchObject({ more: 0, story: { code: 'not-paired' } });
    const ahead = others({ ...STALE, toldAt: NOW + 60 * MINUTE }, WAITING);
    expect(plan(ahead).show).toMatchObject({ story: { code: 'not-paired' } });
  });

  it('again after a silence', () => {
    const line = JSON.stringify({
      '0': '{"subsystem":"gateway/ws"}',
      '1': {
        cause: 'unauthorized',
        handshake: 'failed',
        host: '127.0.0.1:18789',
        authReason: 'token_mismatch',
        authProvided: 'token',
        client: 'cli',
        remoteAddr: '192.168.1.20',
      },
      time: new Date(NOW + 20 * MINUTE).toISOString(),
    });
    const reader = { port: 18_789, host: '', ownDevices: [], ownOrigin: '', skewMs: 0 };
    const known = others({ ...STALE, authProvided: 'token', toldAt: NOW });
    const back = hear(known, [line, line], { ...reader, now: NOW + 20 * MINUTE }, false);
    expect(back.refused).toMatchObject([{ count: 4, toldAt: null }]);
    expect(plan(back, NOW + 20 * MINUTE).show).not.toBeNull();
  });

  it('it is taken back when all that it told of is over, and told again from then on', () => {
    const told = plan(others({ ...STALE, clientDisplayName: 'box' }, WAITING)).others;
    const approved = { ...told, approved: { abcdefabcdef: NOW + MINUTE } };
    const half = plan(approved, NOW + MINUTE);
    expect(half).toMatchObject({ show: null, isOver: false });
    const back: Visitor = {
      clientId: 'cli',
      mode: null,
      host: 'box',
      version: null,
      platform: null,
      deviceId: null,
      ip: '192.168.1.20',
      reason: 'connect',
      onlineSince: NOW + MINUTE,
      ts: NOW + MINUTE,
    };
    const whole = plan({ ...half.others, visitors: [back] }, NOW + MINUTE);
    expect(whole).toMatchObject({ show: null, isOver: true });
    expect(whole.others.refused.map(({ toldAt }) => toldAt)).toEqual([null, null]);
    expect(plan(whole.others, NOW + MINUTE).isOver).toBe(false);
  });
});

/** The computer's clock is set back: deadlines that were made before must not be waited for. */
import { describe, expect, it } from 'vitest';
import { durable } from '../../src/gateway/state.ts';
import {
  challenge,
  closed,
  gatewaySecret,
  handshake,
  hello,
  Play,
  type Played,
  rejection,
  T0,
} from '../fixtures/play.ts';

const SECRET = { type: 'gateway-secret-added', serial: 's', isRemembered: true } as const;
const HOURS = 3 * 3_600_000;
/** The slowest look at the clock: the alarm's. */
const LOOK_MS = 60_000;

describe('a clock that was set back', () => {
  it('delays no knock [C9]', () => {
    const play = new Play().on(SECRET, { type: 'knock-failed', reason: 'refused' });
    play.after(-HOURS).on({ type: 'clock-ticked' });
    expect(play.last).toEqual([{ type: 'knock' }]);
  });

  it('delays no attempt that a new worker finds [C9]', () => {
    const play = new Play().on(SECRET, { type: 'knock-answered' });
    play.on({ type: 'socket-closed', code: 1006, reason: '' });
    expect(play.state.phase).toMatchObject({ name: 'waiting', why: 'backoff' });
    play.after(-HOURS).on({ type: 'worker-started' });
    expect(play.last).toEqual([{ type: 'knock' }]);
  });

  it('keeps no silent handshake, and blames nobody for it [C9]', () => {
    const play = new Play().on(SECRET, { type: 'knock-answered' }, { type: 'socket-opened' });
    play.after(-HOURS).on({ type: 'clock-ticked' });
    expect(play.last).toEqual([{ type: 'close-socket', generation: 1 }]);
    expect(play.state.trouble?.cause).toBe('handshake-timeout');
  });

  it('keeps no credential aside for longer [C9] [R18]', () => {
    const play = new Play().on(SECRET, { type: 'knock-answered' }, challenge());
    play
      .on(rejection({ detailCode: 'AUTH_TOKEN_MISMATCH' }))
      .after(-HOURS)
      .on({ type: 'clock-ticked' });
    play.on({ type: 'knock-failed', reason: 'refused' }).whenDue();
    play.on({ type: 'knock-answered' }, challenge());
    expect(play.sent).toEqual(['gateway-secret', 'gateway-secret']);
  });

  it('lets no gateway hang unnoticed [C9]', () => {
    const play = new Play().on(SECRET, { type: 'knock-answered' }, challenge(), hello());
    play.after(-HOURS).on({ type: 'clock-ticked' });
    expect(play.last).toEqual([{ type: 'ask', generation: 1 }]);
    play.after(LOOK_MS / 6).on({ type: 'clock-ticked' });
    expect(play.state.trouble?.cause).toBe('gateway-not-answering');
  });

  it.each(['clock-ticked', 'worker-started'] as const)(
    'neither ends a lock-out nor makes it last for hours: %s [C9] [R9]',
    (type) => {
      const play = new Play().on(SECRET, { type: 'knock-answered' }, challenge());
      play.on(rejection({ detailCode: 'AUTH_RATE_LIMITED', isRetryable: true, retryAfterMs: 300_000 }));
      const { lockedUntil } = play.state;
      play.after(-HOURS).on({ type });
      expect(play.last).toEqual([]);
      expect(play.state.lockedUntil).toBe((lockedUntil ?? 0) - HOURS);
      expect(play.state.phase).toEqual({ name: 'waiting', why: 'limited', retryAt: play.state.lockedUntil });
      play.after(299_000).on({ type: 'clock-ticked' }, { type: 'check-requested', by: 'user' });
      expect(play.last).toEqual([]);
      play.after(4_000).on({ type: 'clock-ticked' });
      expect(play.last).toEqual([{ type: 'knock' }]);
    },
  );

  it('by less than the lock-out has lasted changes nothing of it [R9]', () => {
    const play = new Play().on(SECRET, { type: 'knock-answered' }, challenge());
    play.on(rejection({ detailCode: 'AUTH_RATE_LIMITED', isRetryable: true, retryAfterMs: 300_000 }));
    const { lockedUntil } = play.state;
    play.after(200_000).after(-150_000).on({ type: 'clock-ticked' });
    expect(play.last).toEqual([]);
    expect(play.state.lockedUntil).toBe(lockedUntil);
  });

  it('brings no lock-out back that is over, and puts none off that a pause has hidden [C9]', () => {
    const play = new Play().on(SECRET, { type: 'knock-answered' }, challenge());
    play.on(rejection({ detailCode: 'AUTH_RATE_LIMITED', isRetryable: true, retryAfterMs: 300_000 }));
    const before = play.state;
    play.after(303_000).on({ type: 'clock-ticked' });
    expect(play.last).toEqual([{ type: 'knock' }]);
    play.after(-HOURS).on({ type: 'knock-failed', reason: 'refused' }).whenDue();
    expect(play.last).toEqual([{ type: 'knock' }]);

    play.state = { ...before, phase: { name: 'paused' }, trouble: null };
    play.on({ type: 'resume-requested' });
    expect(play.status.code).toBe('limited');
    expect(play.status.nextTryAt).toBeLessThanOrEqual(play.now + 3_600_000);
  });
});

describe('a clock that was ahead and is set right', () => {
  const AHEAD = 3_600_000;
  const tick = (issuedAt: number): Played => ({ type: 'frame-received', latencyMs: null, issuedAt });
  const paired = (): Play => new Play().on(gatewaySecret(), ...handshake, hello());

  it('leaves nothing that begins in the future, nor a difference of clocks that is none [C10]', () => {
    const play = paired();
    play
      .on(closed(1006))
      .after(AHEAD)
      .on({ type: 'clock-ticked' }, ...handshake, hello())
      .after(5_000);
    play.on({ type: 'frame-received', latencyMs: 3 });
    expect(play.status.findings.map(({ code }) => code)).toEqual(['clock-behind']);
    play.after(-AHEAD).on({ type: 'clock-ticked' });
    expect(play.status).toMatchObject({ since: play.now, provenAt: play.now, skewMs: null, findings: [] });
    expect(play.state.evidence.servers.every(({ at }) => at <= play.now)).toBe(true);
    play.after(20_000).on(tick(play.now));
    expect(play.status).toMatchObject({ since: play.now - 20_000, skewMs: 0, findings: [] });
  });

  it('counts an outage from now on, and calls it down when that is due [C10]', () => {
    const play = paired().after(AHEAD).on(closed(1006), { type: 'knock-failed', reason: 'refused' });
    play.after(-AHEAD).on({ type: 'clock-ticked' });
    expect(play.status).toMatchObject({ code: 'reconnecting', since: play.now });
    expect(play.after(30_000).status.code).toBe('down');
  });

  it('forgets no credential and no gateway that was met [C10]', () => {
    const play = new Play().after(AHEAD).on(gatewaySecret(), ...handshake, hello());
    const { held, server } = play.state;
    play.after(-AHEAD).on({ type: 'clock-ticked' });
    expect(play.state).toMatchObject({ held, server });
    expect(play.state.evidence.challengedAt).toBe(play.now);
  });

  it('is not noticed where it slipped by less than a second [C10]', () => {
    const play = paired();
    const { evidence } = play.state;
    play.after(-900).on({ type: 'frame-received', latencyMs: 1 });
    expect(play.state.evidence).toBe(evidence);
  });
});

describe('[E4] a tick compares the clocks anew', () => {
  const tick = (issuedAt: number): Played => ({ type: 'frame-received', latencyMs: null, issuedAt });
  const paired = (skewMs: number): Play =>
    new Play().on(gatewaySecret(), { type: 'knock-answered' }, challenge(T0 + skewMs), hello());

  it.each([
    ['ahead', 300_000],
    ['behind', -300_000],
  ])('so a gateway’s clock that was %s and is set right is found out', (_, skewMs) => {
    const play = paired(skewMs).after(16_000);
    expect(play.on(tick(play.now + skewMs)).status.findings).toHaveLength(1);
    play.after(16_000).on(tick(play.now - 4));
    expect(play.status).toMatchObject({ findings: [], skewMs: 0 });
  });

  it('so ours that was behind is: the frame before it was noted by the wrong clock, the next is not', () => {
    const play = paired(300_000)
      .after(10_000)
      .on(tick(T0 + 310_000));
    play.after(300_000 + 10_000).on(tick(play.now));
    expect(play.status.findings).toHaveLength(1);
    play.after(10_000).on(tick(play.now));
    expect(play.status.findings).toEqual([]);
  });

  it('and proves nothing where this computer may have slept since the frame before it', () => {
    const play = paired(0);
    play.after(3_600_000).on(tick(play.now - 1_800_000));
    expect(play.status.skewMs).toBe(0);
  });

  it('without a write for what jitters', () => {
    const play = paired(0);
    for (const late of [3, 400, 999, 0]) {
      const before = durable(play.state);
      play.after(5_000).on(tick(play.now - late));
      expect(JSON.parse(durable(play.state)).evidence).toEqual(JSON.parse(before).evidence);
    }
  });
});

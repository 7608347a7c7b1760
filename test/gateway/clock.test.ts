/** The computer's clock is set back: deadlines that were made before must not be waited for. */
import { describe, expect, it } from 'vitest';
import { challenge, hello, Play, rejection } from './play.ts';

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

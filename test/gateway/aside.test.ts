/** [R18] [R19] [R20] Whoever answers on the port, a pairing is never lost. */
import { describe, expect, it } from 'vitest';
import { findings } from '../../src/gateway/findings.ts';
import { ASIDE_LASTS_MS, UNWATCHED_MS } from '../../src/gateway/recovery.ts';
import {
  challenge,
  closed,
  connectedPlay,
  gatewaySecret,
  handshake,
  hello,
  Play,
  pairingRequired,
  rejection,
  setupCode,
  staleToken,
  T0,
  wrongSecret,
} from '../fixtures/play.ts';

const MINUTE = 60_000;
const wrongCode = () => rejection({ detailCode: 'AUTH_BOOTSTRAP_TOKEN_INVALID' });

/** The port is closed for a while: a run is over. */
const outage = (play: Play, ms = 4_000): Play => {
  if (play.state.phase.name === 'waiting') play.whenDue();
  play.on({ type: 'knock-failed', reason: 'refused' });
  return play.after(ms).on({ type: 'clock-ticked' });
};

/** Somebody answers at the port, until we speak to them. */
const answered = (play: Play): Play => {
  for (let i = 0; i < 20 && play.state.phase.name !== 'handshaking'; i += 1) {
    if (play.state.phase.name === 'waiting') play.whenDue();
    play.on({ type: 'knock-answered' });
  }
  return play.on(challenge());
};

/** Connected, then the gateway goes and another one has the port. */
function takenOver(remembers: boolean): Play {
  const play = connectedPlay({ remembers }).on(closed(1006));
  outage(play).on(...handshake, staleToken());
  play.effects.length = 0;
  return play;
}

describe('another gateway on the port', () => {
  for (const remembers of [true, false]) {
    it(`[R18] ${remembers ? 'with' : 'without'} a remembered secret: one attempt, nothing forgotten, back by itself`, () => {
      const play = takenOver(remembers);
      expect(play.status).toMatchObject({ code: 'needs-you', cause: 'maybe-another-gateway' });
      // [R20] For half an hour somebody answers, and gets nothing but knocks.
      for (let i = 0; i < 600; i += 1) play.whenDue().on({ type: 'knock-answered' });
      expect(play.sent).toEqual([]);
      expect(play.count('open-socket')).toBe(0);
      const until = play.now;
      outage(play).on(...handshake, hello('token-1b'));
      expect(play.sent).toEqual(['device-token']);
      expect(play.count('forget')).toBe(0);
      expect(play.status).toMatchObject({ code: 'healthy', notice: { kind: 'right-gateway-back' } });
      // [E11]
      const [finding] = findings(play.state, play.now);
      expect(finding?.code).toBe('other-gateway-answered');
      expect(Math.abs((finding?.at ?? 0) - until)).toBeLessThan(5_000);
      expect(play.state.held.gatewaySecret !== null).toBe(remembers);
    });
  }

  it('[R18] one that restarts again and again is asked once a run, and seldom', () => {
    const play = takenOver(false);
    for (let i = 0; i < 200; i += 1) {
      outage(play, 5_000);
      for (let links = 0; links < 2 && play.state.phase.name === 'knocking'; links += 1) {
        play.on({ type: 'knock-answered' });
      }
      if (play.state.phase.name === 'handshaking') play.on(challenge(), staleToken());
    }
    // 17 minutes: after 10 s, four times after 30 s, then doubled.
    expect(play.sent.length).toBeGreaterThan(4);
    expect(play.sent.length).toBeLessThan(12);
    answered(outage(play.after(3_600_000), 5_000)).on(hello('token-1b'));
    expect(play.status.code).toBe('healthy');
  });

  it('[R18] the run that refused a secret is not asked again because its boot id is news', () => {
    const play = takenOver(true).on({ type: 'check-requested', by: 'user' });
    answered(play).on(wrongSecret());
    expect(play.status.cause).toBe('gateway-secret-mismatch');
    play.on(setupCode());
    answered(play).on(hello('token-2', { bootId: 'boot-2' }));
    play.after(MINUTE).on(closed(4001), ...handshake, staleToken());
    expect(play.sent).toEqual(['gateway-secret', 'setup-code', 'device-token']);
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'device-token-mismatch' });
  });

  it('[R19] a click says that it is the right one, and pairs anew with what is saved', () => {
    const play = takenOver(true);
    expect(play.status.canTryAgain).toBe(true);
    play.on({ type: 'check-requested', by: 'user' }, ...handshake);
    expect(play.sent).toEqual(['gateway-secret']);
    play.on(hello('token-2'));
    expect(play.status.code).toBe('healthy');
    expect(play.last).toEqual([{ type: 'forget', credential: 'device-token', serial: 'token-1' }]);
  });

  it('[R10] a click counts while the watched port is being looked at', () => {
    const play = takenOver(true).whenDue();
    expect(play.state.phase.name).toBe('knocking');
    play.on({ type: 'check-requested', by: 'user' });
    expect(play.last).toEqual([]);
    play.on({ type: 'knock-answered' }, challenge());
    expect(play.sent).toEqual(['gateway-secret']);
    play.on(pairingRequired());
    expect(play.status.code).toBe('approval');
  });

  it('[R19] a command that is meant for all gateways says of none that it is the right one', () => {
    const play = takenOver(true).on({ type: 'check-requested', by: 'fleet' });
    for (let i = 0; i < 20; i += 1) {
      if (play.state.phase.name === 'waiting') play.whenDue();
      play.on({ type: 'knock-answered' }).on({ type: 'check-requested', by: 'fleet' });
    }
    expect(play.sent).toEqual([]);
    expect(play.status.cause).toBe('maybe-another-gateway');
  });

  it('[R10] a click that has nothing to send ends no watch', () => {
    const play = connectedPlay({ remembers: false });
    play.state = { ...play.state, repairs: [play.now, play.now, play.now] };
    play.on(closed(4001), ...handshake, staleToken());
    expect(play.status).toMatchObject({ cause: 'device-token-unstable', canTryAgain: false });
    play.on({ type: 'check-requested', by: 'user' });
    answered(outage(play, 10_000)).on(hello('token-1b'));
    expect(play.status.code).toBe('healthy');
  });

  it('[R20] nothing to sign in with is no end while a token is aside', () => {
    const play = takenOver(true).on({ type: 'check-requested', by: 'user' }, ...handshake, pairingRequired());
    play.on({ type: 'gateway-secret-withdrawn' }).whenDue().on({ type: 'knock-answered' });
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'no-credential' });
    answered(outage(play, 15_000)).on(hello('token-1b'));
    expect(play.status.code).toBe('healthy');
  });

  it('[R19] a token that is refused by the run that took it is stale: repaired at once', () => {
    const play = connectedPlay({ remembers: true }).on(closed(4001), ...handshake, staleToken(), challenge());
    expect(play.sent).toEqual(['device-token', 'gateway-secret']);
  });

  it('[R19] also while a request for approval waits, nothing goes to somebody else', () => {
    const play = connectedPlay({ remembers: true }).on(closed(4001), ...handshake, staleToken(), challenge());
    play.on(pairingRequired());
    expect(play.status.code).toBe('approval');
    play.effects.length = 0;
    outage(play).on(...handshake);
    expect(play.sent).not.toContain('gateway-secret');
  });

  it('[R18] a secret and a setup code too, while the first approval is waited for', () => {
    for (const [paste, refusal] of [
      [gatewaySecret(), wrongSecret()],
      [setupCode(), wrongCode()],
    ] as const) {
      const play = new Play().on(paste, ...handshake, pairingRequired());
      answered(outage(play, 10_000)).on(refusal);
      expect(play.status.code).toBe('needs-you');
      answered(outage(play, 15_000)).on(pairingRequired());
      expect(play.status).toMatchObject({ code: 'approval', requestId: 'req-1' });
      answered(play).on(hello());
      expect(play.status.code).toBe('healthy');
    }
  });

  it('[R18] another version that does not know our name is no end either', () => {
    const unknownClient = rejection({
      message: 'invalid connect params: at /client/id: must be equal to one of the allowed values',
    });
    for (const remembers of [true, false]) {
      const play = connectedPlay({ remembers }).on(closed(1006));
      play.effects.length = 0;
      outage(play).on(...handshake, unknownClient);
      expect(play.status).toMatchObject({ code: 'needs-you', cause: 'client-not-accepted' });
      expect(play.sent).toEqual(['device-token']);
      outage(play).on(...handshake, hello('token-1b'));
      expect(play.status.code).toBe('healthy');
      expect(play.sent).toEqual(['device-token', 'device-token']);
    }
  });
});

describe('what is aside', () => {
  it('[R18] survives the worker, and an hour that nobody watched counts as another run', () => {
    const play = takenOver(false).on({ type: 'worker-started' });
    expect(play.status.code).toBe('needs-you');
    play.after(UNWATCHED_MS + MINUTE).on({ type: 'worker-started' });
    play.on({ type: 'knock-answered' }, ...handshake, hello('token-1b'));
    expect(play.sent).toEqual(['device-token']);
    expect(play.status.code).toBe('healthy');
  });

  it('[R18] the hour that nobody watched counts after a pause too', () => {
    const play = takenOver(false).on({ type: 'pause-requested' });
    play.after(UNWATCHED_MS + MINUTE).on({ type: 'resume-requested' });
    answered(play).on(hello('token-1b'));
    expect(play.sent).toEqual(['device-token']);
    expect(play.status.code).toBe('healthy');
  });

  it('[R18] and where silence was all that there was of that hour', () => {
    const play = takenOver(false).after(UNWATCHED_MS + MINUTE);
    play.whenDue().on({ type: 'knock-failed', reason: 'timeout' });
    expect(play.status.cause).toBe('maybe-another-gateway');
    answered(play);
    expect(play.sent).toEqual(['device-token']);
  });

  it('[R11] [R18] a network that changes during a pause starts nothing, and counts afterwards', () => {
    const play = takenOver(false);
    play.circumstances = { ...play.circumstances, isLocal: false };
    play.on({ type: 'pause-requested' }).after(MINUTE).on({ type: 'network-returned' });
    expect(play.state.phase.name).toBe('paused');
    expect(play.last).toEqual([]);
    answered(play.on({ type: 'resume-requested' }));
    expect(play.sent).toEqual(['device-token']);
  });

  it('[R18] goes after a week, and then only the user goes on', () => {
    const play = takenOver(false);
    play.after(ASIDE_LASTS_MS + MINUTE);
    outage(play);
    expect(play.effects).toContainEqual({ type: 'forget', credential: 'device-token', serial: 'token-1' });
    expect(play.sent).toEqual([]);
  });

  it.each([
    ['so does a setup code that tells no expiry', null, ASIDE_LASTS_MS + MINUTE],
    ['a setup code that tells its expiry goes then', T0 + 10 * MINUTE, 11 * MINUTE],
  ])('[R18] %s', (_, expiresAt, later) => {
    const play = new Play().on(setupCode(expiresAt), ...handshake, wrongCode());
    expect(play.count('forget')).toBe(0);
    outage(play.after(later));
    expect(play.effects).toContainEqual({ type: 'forget', credential: 'setup-code', serial: 'code-1' });
    expect(play.count('send-connect')).toBe(1);
  });

  it('[R18] also where the run that refused it never ends', () => {
    const play = new Play().on(setupCode(), ...handshake, wrongCode());
    play.after(ASIDE_LASTS_MS + MINUTE).on({ type: 'clock-ticked' });
    expect(play.effects).toContainEqual({ type: 'forget', credential: 'setup-code', serial: 'code-1' });
    expect(play.count('send-connect')).toBe(1);
  });

  it('[R18] a secret that worked comes back when a newer one is refused, and goes when a newer one works', () => {
    const newer = { type: 'gateway-secret-added', serial: 'secret-2', isRemembered: true } as const;
    const refused = connectedPlay({ remembers: true }).on(newer, ...handshake, wrongSecret());
    expect(refused.effects).toContainEqual({
      type: 'forget',
      credential: 'gateway-secret',
      serial: 'secret-2',
    });
    expect(refused.state.held.gatewaySecret).toMatchObject({ serial: 'secret-1', isProven: true });
    refused.on(challenge(), hello('token-2'));
    expect(refused.sent).toEqual(['gateway-secret', 'device-token']);

    const taken = connectedPlay({ remembers: true }).on(newer, ...handshake, hello('token-2'));
    expect(taken.effects).toContainEqual({
      type: 'forget',
      credential: 'gateway-secret',
      serial: 'secret-1',
    });
  });

  it('[R18] a secret that was not to be remembered is kept for an hour at most', () => {
    const play = new Play().on(gatewaySecret(false), ...handshake, wrongSecret());
    play.after(61 * MINUTE);
    outage(play);
    expect(play.effects).toContainEqual({
      type: 'forget',
      credential: 'gateway-secret',
      serial: 'secret-1',
    });
  });

  it('[R18] nor longer by a clock that was set back [C9]', () => {
    const play = new Play().on(gatewaySecret(false), ...handshake, wrongSecret());
    outage(play.after(-48 * 60 * MINUTE).on({ type: 'clock-ticked' }));
    expect(play.effects).toContainEqual({
      type: 'forget',
      credential: 'gateway-secret',
      serial: 'secret-1',
    });
  });

  it('[R18] goes with the user’s word', () => {
    const play = new Play().on(gatewaySecret(), ...handshake, wrongSecret());
    play.on({ type: 'gateway-secret-withdrawn' });
    expect(play.last).toEqual([{ type: 'forget', credential: 'gateway-secret', serial: 'secret-1' }]);
    expect(play.status.isSecretRemembered).toBe(false);
  });
});

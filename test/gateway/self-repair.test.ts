/** [R22] A gateway secret that is given for repairs while all is well: tried once, and nothing is at stake. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  challenge,
  closed,
  connectedPlay,
  handshake,
  hello,
  Play,
  type Played,
  pairingRequired,
  rejection,
  staleToken,
  starting,
  wrongSecret,
} from '../fixtures/play.ts';

const given: Played = { type: 'repair-secret-added', serial: 'repair-1' };

/** Connected by a setup code, and the secret is on its way to the gateway. */
const trying = (): Play => connectedPlay({ remembers: false }).on(given, ...handshake);

/** Whoever waits gets its turn, and the gateway lets the device token in. */
function comeBack(play: Play): Play {
  for (let turns = 0; play.state.phase.name !== 'connected' && turns < 20; turns += 1) {
    const { phase } = play.state;
    if (phase.name === 'waiting') play.whenDue();
    else if (phase.name === 'knocking') play.on({ type: 'knock-answered' });
    else if (phase.name === 'handshaking' && phase.sent === null) play.on(challenge());
    else play.on(hello('token-1'));
  }
  return play;
}

describe('[R22] a secret for repairs', () => {
  it('is sent once; accepted, it is kept, and the device token that it brought is used from then on', () => {
    const play = trying();
    expect(play.sent).toEqual(['gateway-secret']);
    expect(play.status).toMatchObject({ code: 'healthy', selfRepair: 'checking' });
    play.on(hello('token-2'));
    expect(play.status).toMatchObject({ code: 'healthy', selfRepair: 'on', isSecretRemembered: true });
    expect(play.state.held.gatewaySecret).toEqual({
      serial: 'repair-1',
      isRemembered: true,
      isProven: true,
      unanswered: 0,
      refusal: null,
    });
    expect(play.state.held.deviceToken?.serial).toBe('token-2');
    play.on(closed(1006)).on({ type: 'knock-answered' }, challenge());
    if (play.state.phase.name === 'waiting') play.whenDue().on(...handshake);
    expect(play.sent).toEqual(['gateway-secret', 'device-token']);
  });

  it('repairs a stale device token later', () => {
    const play = trying().on(hello('token-2'), closed(4001));
    if (play.state.phase.name === 'waiting') play.whenDue();
    play.on(...handshake, staleToken(), challenge(), hello('token-3'));
    expect(play.sent).toEqual(['gateway-secret', 'device-token', 'gateway-secret']);
    expect(play.status.code).toBe('healed');
  });

  it('rejected, it makes way for the device token at once, and says so', () => {
    const play = trying().on(wrongSecret(), challenge());
    expect(play.sent).toEqual(['gateway-secret', 'device-token']);
    play.on(hello('token-1'));
    expect(play.status).toMatchObject({
      code: 'healthy',
      selfRepair: 'off',
      notice: { kind: 'credential-refused', cause: 'gateway-secret-mismatch' },
    });
    expect(play.state.held.deviceToken?.serial).toBe('token-1');
    // Other runs ask the device token first, and that one is good.
    play.on(closed(1012)).on({ type: 'knock-failed', reason: 'refused' });
    comeBack(play);
    expect(play.sent.filter((kind) => kind === 'gateway-secret')).toHaveLength(1);
    expect(play.status.selfRepair).toBe('off');
  });

  it.each<[string, Played[]]>([
    ['a refusal of an unknown kind', [rejection({ detailCode: 'SOMETHING_NEW' })]],
    ['a gateway that lost its own secret', [rejection({ detailCode: 'AUTH_TOKEN_NOT_CONFIGURED' })]],
    ['a lock-out', [rejection({ detailCode: 'AUTH_RATE_LIMITED', retryAfterMs: 60_000 })]],
    ['a gateway that is starting', [starting()]],
    ['a cut', [closed(1006)]],
    ['a restart', [closed(1012), { type: 'knock-failed', reason: 'refused' }]],
    ['a death of the worker', [{ type: 'worker-started' }]],
    ['a flood', [{ type: 'flood-detected' }]],
    ['a pause', [{ type: 'pause-requested' }, { type: 'resume-requested' }]],
    ['a vault that does not open', [{ type: 'credential-unreadable', credential: 'gateway-secret' }]],
  ])('after %s the device token is back, and the secret is not sent again', (_, events) => {
    const play = comeBack(trying().on(...events));
    expect(play.sent).toEqual(['gateway-secret', 'device-token']);
    expect(play.state.held).toMatchObject({ deviceToken: { serial: 'token-1' }, gatewaySecret: null });
    expect(play.status).toMatchObject({ code: 'healthy', selfRepair: 'off' });
    expect(play.effects).toContainEqual({ type: 'forget', credential: 'gateway-secret', serial: 'repair-1' });
  });

  it('that would want an approval is right all the same, and the device token goes on', () => {
    const play = comeBack(trying().on(pairingRequired('req-1', 'scope-upgrade')));
    expect(play.sent).toEqual(['gateway-secret', 'device-token']);
    expect(play.status).toMatchObject({ code: 'healthy', selfRepair: 'on' });
  });

  it('is not sent to another run than the one that it was given for', () => {
    const play = connectedPlay({ remembers: false }).on(given);
    play.on({ type: 'knock-failed', reason: 'refused' });
    comeBack(play);
    expect(play.sent).toEqual(['device-token']);
    expect(play.state.held.gatewaySecret).toBeNull();
  });

  it('replaces one that worked only if it works itself', () => {
    const play = connectedPlay({ remembers: true }).on(
      given,
      ...handshake,
      wrongSecret(),
      challenge(),
      hello(),
    );
    expect(play.state.held.gatewaySecret).toMatchObject({ serial: 'secret-1', isProven: true });
    expect(play.status.selfRepair).toBe('on');
  });

  it('is forgotten at once where no device token works, and where nobody is connected', () => {
    for (const play of [
      new Play(),
      new Play().on({ type: 'gateway-secret-added', serial: 's', isRemembered: true }),
    ]) {
      const before = play.state;
      play.on(given);
      expect(play.last).toEqual([{ type: 'forget', credential: 'gateway-secret', serial: 'repair-1' }]);
      expect(play.state).toEqual(before);
    }
  });

  it('is deleted when it is turned off', () => {
    const play = trying().on(hello('token-2'), { type: 'gateway-secret-withdrawn' });
    expect(play.status).toMatchObject({ selfRepair: 'off', isSecretRemembered: false });
    expect(play.last).toEqual([{ type: 'forget', credential: 'gateway-secret', serial: 'repair-1' }]);
  });

  it('goes to the gateway once whatever happens, and costs no device token', () => {
    const happenings = fc.constantFrom<Played>(
      { type: 'worker-started' },
      { type: 'clock-ticked' },
      { type: 'network-returned' },
      { type: 'check-requested', by: 'page' },
      { type: 'pause-requested' },
      { type: 'resume-requested' },
      { type: 'knock-answered' },
      { type: 'knock-failed', reason: 'refused' },
      { type: 'knock-failed', reason: 'timeout' },
      challenge(),
      closed(1006),
      closed(1012),
      closed(1008),
      wrongSecret(),
      starting(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(happenings, fc.nat(20_000)), { maxLength: 60 }), (story) => {
        const play = connectedPlay({ remembers: false }).on(given);
        for (const [event, later] of story) {
          const { phase } = play.state;
          // A wrong secret is refused as one, a device token is right.
          const isSecret = phase.name === 'handshaking' && phase.sent === 'gateway-secret';
          if (event.type === 'connect-rejected' && !isSecret) continue;
          play.after(later).on(event);
        }
        expect(play.sent.filter((kind) => kind === 'gateway-secret').length).toBeLessThanOrEqual(1);
        expect(play.state.held.deviceToken?.serial).toBe('token-1');
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import {
  challenge,
  closed,
  gatewaySecret,
  handshake,
  hello,
  Play,
  type Played,
  rejection,
  setupCode,
  staleToken,
} from '../fixtures/play.ts';

const unknownClient = rejection({
  message: 'invalid connect params: at /client/id: must be equal to one of the allowed values',
});
const unknownField = rejection({
  message: "invalid connect params: at /auth: unexpected property 'deviceToken'",
});
const originRefused = rejection({
  detailCode: 'CONTROL_UI_ORIGIN_NOT_ALLOWED',
  message: 'origin not allowed',
});
const clients = (play: Play) =>
  play.effects.flatMap((effect) => (effect.type === 'send-connect' ? [effect.profile.client] : []));
const fields = (play: Play) =>
  play.effects.flatMap((effect) => (effect.type === 'send-connect' ? [effect.profile.deviceTokenField] : []));

/** A gateway of the years before the copilot: it knows the generic client only. */
const old: Played[] = [...handshake, unknownClient];

describe('[K4] the ladder', () => {
  it('an unknown client id leads to the other one at once, and to it alone from then on', () => {
    const play = new Play().on(gatewaySecret(), ...old);
    expect(play.last.at(-1)).toEqual({ type: 'open-socket', generation: 2 });
    play
      .on(challenge(), hello())
      .after(20_000)
      .on(closed(1006), ...handshake, hello());
    expect(clients(play)).toEqual(['copilot', 'generic', 'generic']);
    expect(play.sent).toEqual(['gateway-secret', 'gateway-secret', 'device-token']);
  });

  it('where every rung is refused, the refusal that says most is shown, and we look again by ourselves', () => {
    const play = new Play().on(gatewaySecret(), ...old, challenge(), originRefused);
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'origin-not-allowed' });
    play.whenDue();
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'origin-not-allowed' });
    // The generic client is refused by origin, the copilot is unknown: still a matter of origin.
    play.on(...handshake, originRefused, challenge(), unknownClient);
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'origin-not-allowed' });
    expect(play.state.phase).toMatchObject({ name: 'waiting' });
  });

  it('connects by itself once the owner has listed our origin', () => {
    const play = new Play().on(gatewaySecret(), ...old, challenge(), originRefused);
    const { client } = play.state.profile;
    play.whenDue().on(...handshake, hello());
    expect(client).toBe('generic');
    expect(play.status.code).toBe('healthy');
  });

  it('a refusal before authentication burns no attempt', () => {
    const play = new Play().on(setupCode());
    for (let i = 0; i < 5; i += 1) {
      play.on(...old, challenge(), originRefused).whenDue();
    }
    expect(play.state.held.setupCode?.unanswered).toBe(0);
    expect(play.status.cause).toBe('origin-not-allowed');
  });

  it('up to 2026.2.21 the device token travels in auth.token, from then on in its own field', () => {
    const play = new Play().on(
      gatewaySecret(),
      ...old,
      challenge(),
      hello('t1', { serverVersion: 'dev', protocol: 3 }),
    );
    play.after(20_000).on(closed(1006), ...handshake, unknownField, challenge());
    expect(fields(play).slice(-2)).toEqual(['deviceToken', 'token']);
    play
      .on(hello('t2', { serverVersion: 'dev', protocol: 3 }))
      .after(20_000)
      .on(closed(1006), ...handshake);
    expect(fields(play).at(-1)).toBe('token');
    // The gateway was updated: its next hello names another version.
    play
      .on(hello('t3', { serverVersion: '2026.9.6' }))
      .after(20_000)
      .on(closed(1006), ...handshake);
    expect(fields(play).at(-1)).toBe('deviceToken');
  });
});

describe('updates', () => {
  it('[R19] a gateway that no longer admits our origin may be another one: no new pairing, and back once it does', () => {
    const play = new Play().on(gatewaySecret(), ...old, challenge(), hello());
    play.after(20_000).on(closed(1012), ...handshake, originRefused);
    // The device token was issued to the generic client, so the copilot would have to pair anew.
    expect(clients(play).at(-1)).toBe('generic');
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'origin-not-allowed' });
    play.whenDue().on(...handshake, hello('t2'));
    expect(play.status.code).toBe('healthy');
    expect(play.state.held.deviceToken).toMatchObject({ serial: 't2', client: 'generic' });
  });

  it('[K4] a gateway that stops admitting our origin while we hold nothing for the other name', () => {
    const play = new Play().on(setupCode(), ...old, challenge(), hello());
    play.after(20_000).on(closed(1008, 'origin not allowed'), ...handshake, originRefused);
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'origin-not-allowed' });
    play
      .on({ type: 'worker-started' })
      .whenDue()
      .on(...handshake, hello('t2'));
    expect(play.status.code).toBe('healthy');
  });
});

describe('a new version', () => {
  it('is noted when the gateway comes back with it', () => {
    const play = new Play().on(gatewaySecret(), ...handshake, hello('t1', { serverVersion: '2026.8.1' }));
    play.after(20_000).on(closed(1012), ...handshake, hello('t2', { serverVersion: '2026.9.6' }));
    expect(play.status).toMatchObject({
      code: 'healthy',
      notice: { kind: 'updated', from: '2026.8.1', to: '2026.9.6' },
    });
  });
});

describe('[K5] a gateway that issues no device token', () => {
  it('works with the secret alone, keeps it though it was not to be remembered, and says so', () => {
    const play = new Play().on(gatewaySecret(false), ...old, challenge(), hello(null));
    expect(play.status).toMatchObject({ code: 'healthy', isWithoutDeviceToken: true });
    play.after(20_000).on(closed(1006), ...handshake, hello(null));
    expect(play.sent.at(-1)).toBe('gateway-secret');
    expect(play.status.code).toBe('healthy');
  });
});

describe('without a secret', () => {
  it('is tried where the user declined to give one, and answered by the gateway', () => {
    const open = new Play().on({ type: 'secret-declined' }, ...handshake, hello());
    expect(open.sent).toEqual(['none']);
    expect(open.status.code).toBe('healthy');
    const closedOne = new Play().on({ type: 'secret-declined' }, ...handshake);
    closedOne.on(rejection({ detailCode: 'AUTH_TOKEN_MISSING' }));
    expect(closedOne.status).toMatchObject({ code: 'needs-you', cause: 'gateway-secret-missing' });
  });

  it('a refused device token is followed by a try without one where that worked before', () => {
    const play = new Play().on({ type: 'secret-declined' }, ...handshake, hello());
    play.after(20_000).on(closed(4001), ...handshake, staleToken());
    expect(play.on(challenge()).sent.at(-1)).toBe('none');
  });
});

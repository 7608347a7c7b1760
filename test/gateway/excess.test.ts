/** [B2] [B4] A gateway, or whoever talks like one, that sends more than anybody reads. */
import { describe, expect, it } from 'vitest';
import {
  challenge,
  closed,
  connectedPlay,
  flooded,
  gatewaySecret,
  handshake,
  hello,
  oversized,
  Play,
  type Played,
  setupCode,
  socketOpened,
} from '../fixtures/play.ts';

const answered: Played = { type: 'knock-answered' };

describe('a flood', () => {
  it.each<[string, () => Play]>([
    ['of a gateway that has let us in', () => connectedPlay({ remembers: true })],
    ['before the challenge', () => new Play().on(setupCode(), answered, socketOpened())],
    ['in place of an answer', () => new Play().on(setupCode(), ...handshake)],
  ])('[B2] %s ends its connection, and begins a pause that a page does not cut short', (_, start) => {
    const play = start().on(flooded());
    expect(play.last).toEqual([{ type: 'close-socket', generation: 1 }]);
    expect(play.status).toMatchObject({ code: 'reconnecting', cause: 'gateway-flooding' });
    const { retryAt } = play.state.phase as { retryAt: number };
    expect(retryAt - play.now).toBe(60_000);
    play.on(
      { type: 'check-requested', by: 'page' },
      { type: 'network-returned' },
      { type: 'worker-started' },
    );
    expect(play.state.phase).toMatchObject({ name: 'waiting', retryAt });
    expect(play.on({ type: 'check-requested', by: 'user' }).state.phase.name).toBe('knocking');
  });

  it('[B2] spoils no pairing, and who has calmed down is connected again', () => {
    const play = connectedPlay({ remembers: true }).on(flooded());
    const { held } = play.state;
    play.whenDue().on(...handshake, hello());
    expect(play.sent).toEqual(['device-token']);
    expect(play.status).toMatchObject({ code: 'healthy', cause: null });
    expect(play.state.held.gatewaySecret).toEqual(held.gatewaySecret);
  });

  it('[B2] that comes back each time costs an attempt a minute', () => {
    const play = connectedPlay({ remembers: false }).on(flooded());
    const began = play.now;
    for (let i = 0; i < 10; i += 1) play.whenDue().on(...handshake, hello(), flooded());
    expect(play.now - began).toBe(600_000);
  });

  it('[R8] leaves a secret in doubt that it was sent instead of an answer to', () => {
    const play = new Play().on(gatewaySecret(), ...handshake, flooded()).whenDue();
    play
      .on(...handshake, flooded())
      .whenDue()
      .on(answered);
    expect(play.sent).toEqual(['gateway-secret', 'gateway-secret']);
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'credential-unanswered' });
  });
});

describe('a frame larger than anything we read', () => {
  it('[B4] as the answer to our connect is said to be what it is, and the credential is not in doubt', () => {
    const play = new Play().on(gatewaySecret());
    for (let i = 0; i < 5; i += 1) {
      const before = play.now;
      play.on(...handshake, oversized());
      expect(play.status).toMatchObject({ cause: 'answer-too-large' });
      play.whenDue();
      expect(play.now - before).toBe(60_000);
    }
    expect(play.on(...handshake, hello()).status.code).toBe('healthy');
  });

  it('[D8] is no gateway’s first one', () => {
    const play = new Play().on(setupCode(), answered, socketOpened(), oversized());
    expect(play.status.cause).toBe('not-a-gateway');
  });

  it('[B4] changes nothing where a gateway has let us in', () => {
    const play = connectedPlay({ remembers: true });
    const before = play.state;
    expect(play.on(oversized()).state).toBe(before);
    expect(play.last).toEqual([]);
  });

  it('what comes after a flood is of a socket that we have left', () => {
    const play = connectedPlay({ remembers: true }).on(flooded());
    const before = play.state;
    expect(play.on(flooded(), oversized(), challenge(), hello(), closed(1006)).state).toBe(before);
  });
});

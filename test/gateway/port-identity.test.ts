/** What is at an address that is no working gateway: told apart as far as it shows, and looked at politely. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as recovery from '../../src/gateway/recovery.ts';
import { durable } from '../../src/gateway/state.ts';
import {
  challenge,
  closed,
  connectedPlay,
  foreignFrame,
  handshake,
  hello,
  Play,
  type Played,
  pairingRequired,
  setupCode,
  socketOpened,
} from '../fixtures/play.ts';

const answered: Played = { type: 'knock-answered' };
const tick: Played = { type: 'clock-ticked' };
const silent: Played = { type: 'knock-failed', reason: 'timeout' };

/** An address that was just given, and a port there that answered the knock. */
const newcomer = (): Play => new Play().on(setupCode(), answered);
/** The same where a gateway used to be. */
const reunion = (): Play => connectedPlay({ remembers: true }).on(closed(1006), answered);

describe('who is there', () => {
  it.each([
    ['a frame that nobody understands', foreignFrame()],
    ['an event before the challenge', { type: 'frame-received', latencyMs: null } as const],
  ])('[D8] %s is not a gateway, whoever was here before', (_, frame) => {
    for (const play of [newcomer(), reunion()]) {
      play.on(socketOpened(), frame);
      expect(play.status.cause).toBe('not-a-gateway');
      expect(play.last).toContainEqual({ type: 'close-socket', generation: play.state.generation });
    }
  });

  it.each([1000, 1011, 4003])(
    '[D8] parting words before the challenge, with %i, are a stranger’s',
    (code) => {
      expect(newcomer().on(socketOpened(), closed(code, 'bye')).status).toMatchObject({
        cause: 'not-a-gateway',
        words: 'bye',
        closeCode: code,
      });
      // A gateway that we know might learn to say more.
      expect(reunion().on(socketOpened(), closed(code, 'bye')).status.cause).toBe('handshake-failed');
    },
  );

  it.each<[Played, string]>([
    [closed(1012, 'service restart'), 'gateway-restarting'],
    [closed(1013, 'gateway starting'), 'gateway-starting'],
    [closed(1008, 'pairing required'), 'not-paired'],
    [closed(1008, 'the moon is in the wrong house'), 'unknown-refusal'],
    [closed(1000), 'handshake-failed'],
    [closed(1006), 'handshake-failed'],
  ])('[D3] [D8] what a gateway might say is no stranger’s: %j', (event, cause) => {
    expect(newcomer().on(socketOpened(), event).status.cause).toBe(cause);
  });

  it('[D8] a gateway may say what it likes once it has asked who we are, and once it has let us in', () => {
    const play = newcomer().on(socketOpened(), challenge());
    const asked = play.state;
    expect(play.on(foreignFrame()).state).toBe(asked);
    play.on(hello());
    const welcome = play.state;
    expect(play.on(foreignFrame()).state).toBe(welcome);
  });

  it('[D9] an open WebSocket without a challenge is mute', () => {
    const play = newcomer().after(10).on(socketOpened()).after(9_990).on(tick);
    expect(play.status.cause).toBe('gateway-mute');
  });

  it('[D9] one that the browser opened late is given its 5 s all the same', () => {
    const play = newcomer().after(9_000).on(socketOpened()).after(1_000).on(tick);
    expect(play.state.phase.name).toBe('handshaking');
    expect(play.after(4_000).on(tick).status.cause).toBe('gateway-mute');
  });

  it('[D9] a socket that never opened proves nothing, nor does one over which this computer slept', () => {
    expect(newcomer().after(10_000).on(tick).status.cause).toBe('handshake-timeout');
    expect(newcomer().on(socketOpened()).after(3_600_000).on(tick).status.cause).toBe('handshake-timeout');
  });

  it('[D9] a gateway that asked and then does not answer is slow, not mute', () => {
    const play = newcomer().on(socketOpened(), challenge()).after(10_000).on(tick);
    expect(play.status.cause).toBe('handshake-timeout');
  });

  it('[D7] silence is not blamed on a gateway that nobody ever met', () => {
    expect(new Play().on(setupCode(), silent).status.cause).toBe('address-silent');
    expect(connectedPlay({ remembers: true }).on(closed(1006), silent).status.cause).toBe(
      'gateway-not-answering',
    );
    const waiting = new Play().on(setupCode(), ...handshake, pairingRequired()).whenDue();
    expect(waiting.on(silent).status.cause).toBe('gateway-not-answering');
  });
});

/** What stands at the address: how a handshake with it goes, in milliseconds from dialling. */
const ODDITIES: Readonly<Record<string, (play: Play) => void>> = {
  'speaks another language': (play) => play.after(3).on(socketOpened(), foreignFrame()),
  'closes with words': (play) => play.after(3).on(socketOpened(), closed(4003, 'who are you')),
  'opens and is mute': (play) => play.after(3).on(socketOpened()).after(9_997).on(tick),
  'has no WebSocket': (play) => play.after(3).on(closed(1006)),
};

/** When sockets were opened in this many milliseconds. */
function attempts(play: Play, oddity: (play: Play) => void, ms: number): number[] {
  const opened: number[] = [];
  const end = play.now + ms;
  while (play.now < end) {
    opened.push(play.now);
    oddity(play);
    play.whenDue().on(answered);
  }
  return opened;
}

describe('[R15] politeness', () => {
  it.each(['speaks another language', 'closes with words'])(
    'who %s is looked at no more often than who is silent',
    (name) => {
      const opened = attempts(newcomer(), ODDITIES[name] ?? (() => {}), 600_000);
      for (const [index, at] of opened.slice(1).entries()) {
        const pause = recovery.HANDSHAKE_TIMEOUT_MS + recovery.handshakeDelay(index + 1, true, 0.5);
        expect(at - (opened[index] ?? 0)).toBeGreaterThanOrEqual(pause);
      }
    },
  );

  it.each(Object.keys(ODDITIES))('who %s is left alone for half a minute, after ten minutes', (name) => {
    const play = newcomer();
    attempts(play, ODDITIES[name] ?? (() => {}), 600_000);
    const opened = attempts(play, ODDITIES[name] ?? (() => {}), 600_000);
    expect(opened.length).toBeLessThanOrEqual(20);
    expect(play.sent).toEqual([]);
  });

  it.each(Object.keys(ODDITIES))('a gateway that replaces who %s is found without a click', (name) => {
    const play = newcomer();
    attempts(play, ODDITIES[name] ?? (() => {}), 900_000);
    expect(play.on(socketOpened(), challenge(), hello()).status.code).toBe('healthy');
  });

  it('that a socket opened never makes the next attempt come sooner', () => {
    const ways = fc.constantFrom<Played>(closed(1006), closed(1000), foreignFrame(), tick);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(12_000), ways), { maxLength: 30 }), (story) => {
        const told = newcomer();
        const untold = newcomer();
        for (const [later, end] of story) {
          for (const play of [told, untold]) {
            if (play === told) play.on(socketOpened());
            play.after(later).on(end);
            // Whoever is still silent is given up at the time that the connection itself sets.
            if (play.state.phase.name === 'handshaking') {
              play.now = Math.max(play.now, play.state.phase.giveUpAt);
              play.on(tick);
            }
            play.whenDue().on(answered);
          }
          expect(told.now).toBeGreaterThanOrEqual(untold.now);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('that a socket opened is not written to disk', () => {
    const play = newcomer();
    const before = durable(play.state);
    expect(durable(play.on(socketOpened()).state)).toBe(before);
  });
});

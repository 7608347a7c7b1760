import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../src/gateway/causes.ts';
import * as recovery from '../../src/gateway/recovery.ts';
import { durable } from '../../src/gateway/state.ts';
import {
  challenge,
  closed,
  connectedPlay,
  flooded,
  foreignFrame,
  gatewaySecret,
  handshake,
  hello,
  oversized,
  Play,
  type Played,
  pairingRequired,
  rejection,
  setupCode,
  socketOpened,
  staleToken,
  starting,
  T0,
  wrongSecret,
} from '../fixtures/play.ts';

const originNotAllowed = (): Played => rejection({ detailCode: 'CONTROL_UI_ORIGIN_NOT_ALLOWED' });

describe('pairing', () => {
  it('[R13] waits for approval with a setup code and connects by itself once approved', () => {
    const play = new Play().on(setupCode(T0 + 600_000), ...handshake, pairingRequired('req-7'));
    expect(play.status).toMatchObject({ code: 'approval', cause: 'not-paired', requestId: 'req-7' });
    play.whenDue().on(...handshake, pairingRequired('req-7'));
    expect(play.status).toMatchObject({ code: 'approval', requestId: 'req-7' });
    play.whenDue().on(...handshake, hello());
    expect(play.status.code).toBe('healthy');
    expect(play.sent).toEqual(['setup-code', 'setup-code', 'setup-code']);
  });

  describe('[R23] the page on which it is approved is in front', () => {
    const waiting = () => new Play().on(setupCode(T0 + 900_000), ...handshake, pairingRequired('req-7'));
    const inFront = (play: Play) => {
      play.circumstances = { ...play.circumstances, approverSince: play.now };
      return play.on({ type: 'check-requested', by: 'page' }, ...handshake, pairingRequired('req-7'));
    };
    /** How long until the next look. */
    const gap = ({ state: { phase }, now }: Play) => (phase.name === 'waiting' ? phase.retryAt - now : null);

    it('a click there shows within three seconds, however long we have waited before', () => {
      const play = waiting();
      for (const age of [0, 300_000, 3_600_000]) {
        play.circumstances = { ...play.circumstances, approverSince: null };
        inFront(play.after(age));
        // The longest jitter, and a handshake of a second.
        expect((gap(play) ?? 0) * 1.2 + 1_000).toBeLessThan(3_000);
      }
    });

    it('looks once as it comes and once as it goes, and never twice at the same time', () => {
      const play = waiting();
      const opened = () => play.count('open-socket');
      const before = opened();
      inFront(play);
      expect(opened()).toBe(before + 1);
      // Turned to and fro while a look is under way.
      play.circumstances = { ...play.circumstances, approverSince: null };
      play.on({ type: 'check-requested', by: 'page' });
      for (let i = 0; i < 9; i += 1) play.on({ type: 'check-requested', by: 'page' });
      expect(play.count('knock')).toBe(opened() + 1);
      play.on(...handshake, pairingRequired('req-7'));
      expect(opened()).toBe(before + 2);
      expect(gap(play)).toBeGreaterThanOrEqual(3_000);
    });

    it('for five minutes, then as calmly as before', () => {
      const play = inFront(waiting().after(3_600_000));
      const since = play.now;
      let looks = 0;
      while (play.now - since < 300_000) {
        play.whenDue().on(...handshake, pairingRequired('req-7'));
        looks += 1;
      }
      expect(looks).toBe(200);
      expect(gap(play)).toBe(30_000);
      expect(play.status.requestId).toBe('req-7');
      // Whose clock was set back has not looked for less than no time.
      play.circumstances = { ...play.circumstances, approverSince: play.now + 3_600_000 };
      play.whenDue().on(...handshake, pairingRequired('req-7'));
      expect(gap(play)).toBe(30_000);
    });

    it('cuts short no lock-out, and no delay that protects the gateway', () => {
      const limited = waiting().whenDue();
      limited.circumstances = { ...limited.circumstances, approverSince: limited.now };
      limited.on(...handshake, rejection({ detailCode: 'AUTH_RATE_LIMITED' }));
      const { effects } = limited;
      const before = effects.length;
      limited.on({ type: 'check-requested', by: 'page' });
      expect(effects.slice(before)).toEqual([]);
    });
  });

  it('[R24] a request that the gateway has not named for five minutes is gone, and is named anew by the next look', () => {
    const play = new Play().on(setupCode(T0 + 900_000), ...handshake, pairingRequired('req-7'));
    play
      .whenDue()
      .on(...handshake, pairingRequired('req-7'))
      .after(299_999);
    expect(play.status).toMatchObject({ requestId: 'req-7', isRequestGone: false });
    play.after(1);
    expect(play.status).toMatchObject({ code: 'approval', requestId: null, isRequestGone: true });
    play.on({ type: 'worker-started' }, ...handshake, pairingRequired('req-8'));
    expect(play.status).toMatchObject({ requestId: 'req-8', isRequestGone: false });
  });

  it('[R6] drops the setup code with the first success', () => {
    const play = new Play().on(setupCode(), ...handshake, hello());
    expect(play.last).toEqual([{ type: 'forget', credential: 'setup-code', serial: 'code-1' }]);
    expect(play.state.held.setupCode).toBeNull();
  });

  it('[C3] [D8] a hello-ok that answers nothing lets nobody in', () => {
    for (const before of [[], [socketOpened()]]) {
      const play = new Play().on(setupCode(), { type: 'knock-answered' }, ...before, hello());
      expect(play.status.cause).toBe('not-a-gateway');
      expect(play.state.held).toMatchObject({ deviceToken: null, setupCode: { serial: 'code-1' } });
    }
  });

  it('[R17] the first device token is not lost with the connection that brought it: the code is not sent again', () => {
    const play = new Play().on(setupCode(), ...handshake, closed(1006), hello());
    expect(play.last).toEqual([{ type: 'forget', credential: 'setup-code', serial: 'code-1' }]);
    play.whenDue().on(...handshake);
    expect(play.sent).toEqual(['setup-code', 'device-token']);
    play.on(hello('token-2'));
    expect(play.status.code).toBe('healthy');
  });

  it('[R17] nor with the worker, where it was in the vault by then', () => {
    const play = new Play().on(setupCode(), ...handshake, { type: 'worker-started', newestToken: 'token-1' });
    expect(play.last).toContainEqual({ type: 'forget', credential: 'setup-code', serial: 'code-1' });
    play.whenDue().on(...handshake);
    expect(play.sent).toEqual(['setup-code', 'device-token']);
  });

  it('[R17] a code that was pasted meanwhile is newer than the token that came late', () => {
    const anotherCode = { type: 'setup-code-added', serial: 'code-2', expiresAt: null } as const;
    const play = new Play().on(setupCode(), ...handshake, anotherCode, hello());
    play.on(...handshake);
    expect(play.state.held.setupCode?.serial).toBe('code-2');
    expect(play.sent).toEqual(['setup-code', 'setup-code']);
  });

  it('[R17] a token in the vault that no handshake was waiting for is none of ours', () => {
    const play = new Play().on(setupCode(), { type: 'worker-started', newestToken: 'token-0' });
    expect(play.state.held.deviceToken).toBeNull();
    const connected = connectedPlay({ remembers: false });
    connected.on({ type: 'worker-started', newestToken: 'token-1' });
    expect(connected.state.held.deviceToken?.serial).toBe('token-1');
    expect(connected.count('forget')).toBe(0);
  });

  it('[R17] [R5] nor is one that was refused, and lies in the vault as the newest', () => {
    const play = connectedPlay({ remembers: true }).on(closed(4001), ...handshake, staleToken(), challenge());
    play.on({ type: 'worker-started', newestToken: 'token-1' });
    play.whenDue().on(...handshake);
    expect(play.sent).toEqual(['device-token', 'gateway-secret', 'gateway-secret']);
  });

  it('[R6] never sends a setup code that has expired by the gateway clock', () => {
    const play = new Play().on(setupCode(T0 + 1_000), { type: 'knock-answered' }, challenge(T0 + 1_000));
    expect(play.sent).toEqual([]);
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'setup-code-expired' });
  });

  it('[R6] keeps a gateway secret only if the user wants that, or if it is all there is', () => {
    expect(new Play().on(gatewaySecret(true), ...handshake, hello()).state.held.gatewaySecret).toMatchObject({
      isProven: true,
    });
    const once = new Play().on(gatewaySecret(false), ...handshake, hello());
    expect(once.state.held.gatewaySecret).toBeNull();
    expect(once.last).toContainEqual({ type: 'forget', credential: 'gateway-secret', serial: 'secret-1' });
    const legacy = new Play().on(gatewaySecret(false), ...handshake, hello(null));
    expect(legacy.state.held.gatewaySecret).not.toBeNull();
  });
});

describe('reconnecting', () => {
  it('[R3] a secret that was pasted after a setup code goes first', () => {
    const play = new Play().on(setupCode(), ...handshake, closed(1006));
    play.on(gatewaySecret(), ...handshake);
    expect(play.sent).toEqual(['setup-code', 'gateway-secret']);
    expect(play.state.held.setupCode).toBeNull();
  });

  it('[R3] uses the device token alone, though a gateway secret is remembered', () => {
    const play = connectedPlay({ remembers: true }).on(closed(1006), ...handshake, hello('token-2'));
    expect(play.sent).toEqual(['device-token']);
    expect(play.state.held.deviceToken?.serial).toBe('token-2');
  });

  it('[R2] knocks before every connect, and goes on knocking while the port refuses', () => {
    const play = connectedPlay({ remembers: false }).on(closed(1006));
    expect(play.last).toEqual([{ type: 'close-socket', generation: 1 }, { type: 'knock' }]);
    for (let i = 0; i < 5; i += 1) play.on({ type: 'knock-failed', reason: 'refused' }).whenDue();
    expect(play.count('open-socket')).toBe(0);
    expect(play.now - T0).toBeLessThan(15_000 + 5 * 350);
    play.on({ type: 'knock-answered' });
    expect(play.count('open-socket')).toBe(1);
  });

  it('[B5] a few gateways that are away keep their pace, a crowd shares it', () => {
    const delay = (crowd: number, age = 0) => recovery.knockDelay(age, { isLocal: true, random: 0.5, crowd });
    expect([1, 2, 10].map((crowd) => delay(crowd))).toEqual([250, 250, 250]);
    expect([20, 99, 1_000, 5_000].map((crowd) => delay(crowd))).toEqual([500, 2_475, 25_000, 30_000]);
    // Where an outage is old, the share is less than nothing.
    expect(delay(99, 3_600_000)).toBe(30_000);
    for (const crowd of [11, 40, 99, 500]) expect(crowd / delay(crowd)).toBeLessThanOrEqual(0.04);
  });

  it('[R2] slows down with the age of the outage, on loopback and elsewhere', () => {
    const paces = (isLocal: boolean) =>
      [0, 60_000, 300_000, 1_800_000, 86_400_000].map((age) =>
        recovery.knockDelay(age, { isLocal, random: 0.5, crowd: 1 }),
      );
    expect(paces(true)).toEqual([250, 250, 1_000, 5_000, 30_000]);
    expect(paces(false)).toEqual([1_000, 3_000, 10_000, 30_000, 30_000]);
  });

  it.each([
    [true, [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]],
    [false, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]],
  ])(
    '[R7] doubles the delay while the port answers but the handshake fails (local: %s)',
    (isLocal, expected) => {
      const play = connectedPlay({ remembers: false });
      play.circumstances = { ...play.circumstances, isLocal };
      play.on(closed(1006));
      const delays: number[] = [];
      for (let i = 0; i < 8; i += 1) {
        play.on({ type: 'knock-answered' }, closed(1006));
        if (play.state.phase.name === 'waiting') delays.push(play.state.phase.retryAt - play.now);
        play.whenDue();
      }
      expect(delays).toEqual(expected);
    },
  );

  it('[R7] a connection that did not last does not reset the delay', () => {
    const play = connectedPlay({ remembers: false });
    play.on(closed(1006), ...handshake, hello(), closed(1006));
    expect(play.state).toMatchObject({ attempt: 1, phase: { name: 'waiting', why: 'backoff' } });
    play
      .whenDue()
      .on(...handshake, hello())
      .after(1_000)
      .on(closed(1006));
    expect(play.state.attempt).toBe(2);
    play
      .whenDue()
      .on(...handshake, hello())
      .after(10_000)
      .on(closed(1006));
    expect(play.state).toMatchObject({ attempt: 0, phase: { name: 'knocking' } });
  });

  it('comes back when a starting gateway asks for it, twice as soon on loopback, and counts no failure', () => {
    const play = connectedPlay({ remembers: false }).on(closed(1006), ...handshake, starting(700));
    expect(play.status).toMatchObject({ code: 'starting', cause: 'gateway-starting' });
    expect(play.state).toMatchObject({ attempt: 0, phase: { retryAt: play.now + 350 } });
    expect(play.whenDue().last).toEqual([{ type: 'open-socket', generation: 3 }]);
    play.circumstances = { ...play.circumstances, isLocal: false };
    play.on(challenge(), starting(700));
    expect(play.state).toMatchObject({ phase: { retryAt: play.now + 700 } });
  });

  describe.each([
    ['gateway-stopping', null],
    ['gateway-restarting', 1_500],
  ] as const)('[D4] %s hides its symptoms', (cause, restartExpectedMs) => {
    const gone = (end: Played = closed(1012, 'service restart')): Play => {
      const play = connectedPlay({ remembers: false });
      play.on({ type: 'shutdown-announced', restartExpectedMs });
      expect(play.status).toMatchObject({ code: 'starting', cause });
      return play.on(end);
    };
    const tick: Played = { type: 'clock-ticked' };
    const refused: Played = { type: 'knock-failed', reason: 'refused' };
    const silent: Played = { type: 'knock-failed', reason: 'timeout' };
    const answered: Played = { type: 'knock-answered' };
    const opening: Played[] = [answered, socketOpened()];

    it.each<[string, Played[]]>([
      ['a closed port', [refused]],
      ['silence', [silent]],
      ['a WebSocket that is refused', [answered, closed(1006)]],
      ['one that is closed with words', [answered, closed(1001, 'going away')]],
      ['one that the stop cuts', [answered, closed(1012, 'service restart')]],
      ['a connect that gets no answer', [...opening, challenge(), closed(1006)]],
      ['a worker that dies of it', [...opening, challenge(), { type: 'worker-started' }]],
    ])('%s, for 90 s', (_, symptom) => {
      const play = gone();
      const since = play.now;
      expect(play.on(...symptom).status).toMatchObject({ code: 'starting', cause, since, closeCode: 1012 });
    });

    it('handshakes that run out of time, and a WebSocket that stays mute', () => {
      const late = gone().on(answered).after(recovery.HANDSHAKE_TIMEOUT_MS).on(tick);
      expect(late.status).toMatchObject({ code: 'starting', cause });
      const mute = gone()
        .on(...opening)
        .after(recovery.HANDSHAKE_TIMEOUT_MS)
        .on(tick);
      expect(mute.status).toMatchObject({ code: 'starting', cause });
    });

    it('whatever ended the socket, or nothing did', () => {
      for (const end of [closed(1006), closed(1005), closed(1001), { type: 'worker-started' }] as const) {
        expect(gone(end).on(refused).status).toMatchObject({ code: 'starting', cause });
      }
    });

    it.each<[string, Played[]]>([
      ['a closed port', [refused]],
      ['silence', [silent]],
      ['a proxy that says "bad gateway"', [answered, closed(1006)]],
    ])('and %s for longer: down, and known to have gone in an orderly way', (_, symptom) => {
      const play = gone().on(...symptom);
      const { since } = play.status;
      play
        .after(91_000)
        .whenDue()
        .on(...symptom);
      expect(play.status).toMatchObject({ code: 'down', cause, since });
      play
        .after(86_400_000)
        .whenDue()
        .on(...symptom);
      expect(play.status).toMatchObject({ code: 'down', cause, since });
    });

    it.each<[string, Played[], Cause]>([
      ['a WebSocket that opens', [...opening, challenge(), closed(1006)], 'connection-lost'],
      ['who asks to wait', [...opening, challenge(), starting(500)], 'gateway-starting'],
      [
        'who refuses',
        [...opening, challenge(), rejection({ detailCode: 'AUTH_TOKEN_MISSING' })],
        'gateway-secret-missing',
      ],
    ])('until somebody is there again: %s', (_, sign, named) => {
      const play = gone()
        .on(refused)
        .after(91_000)
        .whenDue()
        .on(...sign);
      expect(play.status.cause).toBe(named);
      expect(play.on(refused).status.cause).not.toBe(cause);
    });

    it('but not what no gateway says [D8]', () => {
      expect(gone().on(...opening, foreignFrame()).status.cause).toBe('not-a-gateway');
    });
  });

  it('[D4] a gateway that said that it starts and then is gone is not starting for ever', () => {
    const play = connectedPlay({ remembers: false }).on(closed(1006), ...handshake, starting(500));
    play.whenDue().on(closed(1006), { type: 'knock-failed', reason: 'refused' });
    expect(play.status).toMatchObject({ code: 'starting', cause: 'gateway-starting' });
    play.after(91_000).on({ type: 'clock-ticked' }, { type: 'knock-failed', reason: 'refused' });
    expect(play.status).toMatchObject({ code: 'down', cause: 'gateway-unreachable' });
  });

  it('calls an outage reconnecting at first and down after 30 s, since the same moment', () => {
    const play = connectedPlay({ remembers: false }).on(closed(1006));
    const since = play.now;
    expect(play.status).toMatchObject({ code: 'reconnecting', cause: 'connection-lost', isVisible: false });
    play.after(5_000).on({ type: 'knock-failed', reason: 'refused' });
    expect(play.status).toMatchObject({
      code: 'reconnecting',
      cause: 'gateway-unreachable',
      isVisible: true,
    });
    play.after(25_000);
    expect(play.status).toMatchObject({ code: 'down', since });
  });

  it('says offline only for a gateway elsewhere while the browser has no network', () => {
    const play = connectedPlay({ remembers: false });
    play.circumstances = { ...play.circumstances, isOnline: false };
    expect(play.on(closed(1006), { type: 'knock-failed', reason: 'refused' }).status.code).toBe(
      'reconnecting',
    );
    const remote = connectedPlay({ remembers: false });
    remote.circumstances = {
      random: 0.5,
      isLocal: false,
      isOnline: false,
      mayRepair: true,
      crowd: 1,
      approverSince: null,
    };
    remote.on(closed(1006), { type: 'knock-failed', reason: 'refused' });
    expect(remote.status.code).toBe('offline');
    expect(remote.on({ type: 'network-returned' }).last).toContainEqual({ type: 'knock' });
  });
});

describe('healing', () => {
  it('[R4] sets one device token aside, then reconnects with the gateway secret', () => {
    const play = connectedPlay({ remembers: true });
    play.on(closed(4001, 'device removed'), ...handshake, staleToken());
    expect(play.state.aside.deviceToken?.serial).toBe('token-1');
    expect(play.count('forget')).toBe(0);
    expect(play.last.at(-1)).toEqual({ type: 'open-socket', generation: 3 });
    play.after(800).on(challenge(), hello('token-2'));
    expect(play.last).toEqual([{ type: 'forget', credential: 'device-token', serial: 'token-1' }]);
    expect(play.sent).toEqual(['device-token', 'gateway-secret']);
    expect(play.status).toMatchObject({
      code: 'healed',
      notice: { kind: 'repaired', cause: 'device-token-mismatch', tookMs: 800 },
    });
    expect(play.after(60_001).status).toMatchObject({ code: 'healthy', notice: null });
  });

  it('[R4] a repair that a person had to approve is not counted as ours', () => {
    const play = connectedPlay({ remembers: true });
    play.on(closed(4001, 'device removed'), ...handshake, staleToken(), challenge(), pairingRequired());
    play.whenDue().on(...handshake, hello('token-2'));
    expect(play.status).toMatchObject({ code: 'healed', repairedAt: null });
    expect(play.status.notice).toMatchObject({ kind: 'repaired', cause: 'not-paired' });
    expect(play.state.evidence.repairs).toEqual([{ at: play.now, cause: 'not-paired' }]);
  });

  it('[R16] whoever wants to be asked is asked: the token is set aside, and a click repairs', () => {
    const play = connectedPlay({ remembers: true });
    play.circumstances = { ...play.circumstances, mayRepair: false };
    play.on(closed(4001, 'device removed'), ...handshake, staleToken());
    expect(play.state.aside.deviceToken?.serial).toBe('token-1');
    expect(play.status).toMatchObject({
      code: 'needs-you',
      cause: 'device-token-mismatch',
      canTryAgain: true,
    });
    play.on({ type: 'check-requested', by: 'user' }, ...handshake, hello('token-2'));
    expect(play.sent).toEqual(['device-token', 'gateway-secret']);
    expect(play.status.code).toBe('healthy');
  });

  it('[R4] without a gateway secret it asks for a new link, after one attempt', () => {
    const play = connectedPlay({ remembers: false });
    play.on(closed(4001, 'device removed'), ...handshake, staleToken());
    expect(play.status).toMatchObject({
      code: 'needs-you',
      cause: 'device-token-mismatch',
      canTryAgain: false,
      // [D12] What a search finds, and not the 4001 of the live socket before it.
      closeCode: 1008,
    });
    for (let i = 0; i < 50; i += 1) {
      play.after(30_000).on({ type: 'worker-started' }, { type: 'clock-ticked' });
      play.on({ type: 'check-requested', by: 'user' }, { type: 'network-returned' });
    }
    expect(play.sent).toEqual(['device-token']);
    play.on(setupCode(), ...handshake, hello('token-2'));
    expect(play.status.code).toBe('healthy');
  });

  it('shows an approval that the repair needs, and finishes by itself', () => {
    const play = connectedPlay({ remembers: true });
    play.on(closed(4001), ...handshake, staleToken(), challenge(), pairingRequired('req-2', 'role-upgrade'));
    expect(play.status).toMatchObject({ code: 'approval', cause: 'role-upgrade', requestId: 'req-2' });
    play.whenDue().on(...handshake, hello('token-2'));
    expect(play.status.code).toBe('healed');
  });

  it('[R4] gives up on a gateway that keeps refusing what it issued', () => {
    const play = connectedPlay({ remembers: true });
    for (let i = 0; i < 3; i += 1) {
      play.after(11_000).on(closed(4001), ...handshake, staleToken(), challenge(), hello(`token-${i + 2}`));
    }
    expect(play.status.code).toBe('healed');
    play.after(11_000).on(closed(4001), ...handshake, staleToken());
    expect(play.status).toMatchObject({
      code: 'needs-you',
      cause: 'device-token-unstable',
      canTryAgain: true,
    });
  });
});

describe('stopping', () => {
  it('[R5] a gateway secret that went bad costs two attempts, however often the worker wakes', () => {
    const play = connectedPlay({ remembers: true });
    play.on(closed(4001), ...handshake, staleToken(), challenge(), wrongSecret());
    for (let i = 0; i < 100; i += 1) {
      play.after(60_000).on({ type: 'worker-started' }, { type: 'clock-ticked' });
      play.on({ type: 'check-requested', by: 'user' }, { type: 'check-requested', by: 'page' });
    }
    expect(play.sent).toEqual(['device-token', 'gateway-secret']);
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'gateway-secret-mismatch' });
  });

  it('[R5] a wrong new secret does not cost the pairing that works', () => {
    const play = connectedPlay({ remembers: false });
    play.on(gatewaySecret(), ...handshake, wrongSecret(), challenge(), hello('token-2'));
    expect(play.sent).toEqual(['gateway-secret', 'device-token']);
    expect(play.status).toMatchObject({
      code: 'healthy',
      notice: { kind: 'credential-refused', cause: 'gateway-secret-mismatch' },
    });
  });

  it('[R8] two attempts whose answers were lost with the worker block a secret', () => {
    const play = new Play().on(gatewaySecret());
    for (let i = 0; i < 20; i += 1) {
      if (play.state.phase.name === 'waiting') play.whenDue();
      play.on(...handshake).on({ type: 'worker-started' });
    }
    expect(play.sent).toHaveLength(2);
    expect(play.status).toMatchObject({
      code: 'needs-you',
      cause: 'credential-unanswered',
      canTryAgain: true,
    });
    play.on({ type: 'check-requested', by: 'user' }, ...handshake, hello());
    expect(play.status.code).toBe('healthy');
  });

  it('[R8] a new secret that nobody answered does not stand in the way of the pairing', () => {
    const play = connectedPlay({ remembers: false }).on(gatewaySecret());
    for (let i = 0; i < 3; i += 1) play.on(...handshake, closed(1006)).whenDue();
    expect(play.sent).toEqual(['gateway-secret', 'gateway-secret', 'device-token']);
    expect(play.on(...handshake, hello()).status.code).toBe('healthy');
  });

  it('[R8] a device token survives a crashing gateway, at less than the rate limit', () => {
    const play = connectedPlay({ remembers: false }).on(closed(1006));
    const times: number[] = [];
    for (let i = 0; i < 30; i += 1) {
      play.on(...handshake);
      times.push(play.now);
      play.on(closed(1006)).whenDue();
    }
    const worst = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length),
    );
    expect(worst).toBeLessThanOrEqual(8);
    expect(play.on(...handshake, hello()).status.code).toBe('healthy');
  });

  it('[R9] sits out a lock-out over worker death, clicks and new secrets', () => {
    const play = connectedPlay({ remembers: false }).on(closed(1006), ...handshake);
    play.on(rejection({ detailCode: 'AUTH_RATE_LIMITED', isRetryable: true, retryAfterMs: 299_987 }));
    const until = play.now + 299_987;
    play.effects.length = 0;
    for (let i = 0; i < 9; i += 1) {
      play
        .after(30_000)
        .on({ type: 'worker-started' }, { type: 'clock-ticked' }, { type: 'network-returned' });
      play.on(
        { type: 'check-requested', by: 'user' },
        { type: 'pause-requested' },
        { type: 'resume-requested' },
      );
      expect(play.status.code).toBe('limited');
    }
    play.on(gatewaySecret());
    expect(play.effects.filter(({ type }) => type !== 'close-socket')).toEqual([]);
    expect(play.status).toMatchObject({ code: 'limited', cause: 'rate-limited' });
    play.whenDue();
    expect(play.now).toBeGreaterThanOrEqual(until);
    expect(play.on(...handshake, hello()).status.code).toBe('healthy');
  });

  it('[D6] stops on a refusal that it does not know, with the gateway’s own words', () => {
    const play = new Play().on(setupCode(), ...handshake);
    play.on(rejection({ detailCode: 'AUTH_BY_PIGEON', message: 'the pigeon did not return' }));
    expect(play.status).toMatchObject({
      code: 'needs-you',
      cause: 'unknown-refusal',
      words: 'the pigeon did not return',
      canTryAgain: true,
    });
    // [R20] The port is looked at; nothing is sent.
    for (let i = 0; i < 100; i += 1) play.whenDue().on({ type: 'knock-answered' });
    expect(play.sent).toEqual(['setup-code']);
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'unknown-refusal', nextTryAt: null });
  });

  it('[R11] a pause starts nothing and is no way around a block', () => {
    const play = connectedPlay({ remembers: false }).on({ type: 'pause-requested' });
    expect(play.last).toEqual([{ type: 'close-socket', generation: 1 }]);
    play.after(60_000).on({ type: 'worker-started' }, { type: 'clock-ticked' }, { type: 'network-returned' });
    expect(play.last).toEqual([]);
    expect(play.on({ type: 'resume-requested' }).last).toEqual([{ type: 'knock' }]);

    const blocked = new Play().on(gatewaySecret(), ...handshake, wrongSecret(), { type: 'pause-requested' });
    expect(blocked.status.code).toBe('paused');
    blocked.on({ type: 'resume-requested' });
    expect(blocked.status).toMatchObject({ code: 'needs-you', cause: 'gateway-secret-mismatch' });
  });

  it('[R11] [R12] a pause ends no wait that ends by itself', () => {
    const play = new Play().on(gatewaySecret(), ...handshake, originNotAllowed());
    while (play.state.phase.name === 'handshaking') play.on(challenge(), originNotAllowed());
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'origin-not-allowed' });
    const { since } = play.status;
    play.on({ type: 'pause-requested' }).after(5_000).on({ type: 'resume-requested' });
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'origin-not-allowed', since });
    play.on(...handshake, hello());
    expect(play.status.code).toBe('healthy');
  });

  it('[R11] [R4] a repair goes on after a pause, as long as the same run may answer', () => {
    const repairing = (): Play =>
      connectedPlay({ remembers: true }).on(closed(4001), ...handshake, staleToken(), {
        type: 'pause-requested',
      });
    const soon = repairing()
      .after(5_000)
      .on({ type: 'resume-requested' }, ...handshake);
    expect(soon.sent).toEqual(['device-token', 'gateway-secret']);
    soon.on(hello('token-2'));
    expect(soon.status).toMatchObject({ code: 'healed', notice: { cause: 'device-token-mismatch' } });
    // [R19] After an hour that nobody watched, another gateway may have the port.
    const late = repairing()
      .after(recovery.UNWATCHED_MS + 60_000)
      .on({ type: 'resume-requested' }, ...handshake);
    expect(late.sent).toEqual(['device-token', 'device-token']);
  });
});

describe('truth', () => {
  it('[C4] a proof that is not renewed proves nothing', () => {
    const play = connectedPlay({ remembers: false });
    expect(play.status.code).toBe('healthy');
    expect(play.after(90_001).status.code).toBe('unknown');
  });

  it('[C7] finds a hung gateway within 24 s of its last sign of life', () => {
    const play = connectedPlay({ remembers: false }).on({ type: 'frame-received', latencyMs: null });
    const silentSince = play.now;
    while (play.state.phase.name === 'connected') {
      const { answerBy, askAt } = play.state.phase;
      play.now = answerBy ?? askAt;
      play.on({ type: 'clock-ticked' });
    }
    expect(play.now - silentSince).toBeLessThanOrEqual(24_000);
    expect(play.status.cause).toBe('gateway-not-answering');
  });

  it('[C7] any frame answers the question', () => {
    const play = connectedPlay({ remembers: false }).after(16_000).on({ type: 'clock-ticked' });
    expect(play.last).toEqual([{ type: 'ask', generation: 1 }]);
    play.after(7_999).on({ type: 'frame-received', latencyMs: null }).after(1).on({ type: 'clock-ticked' });
    expect(play.status.code).toBe('healthy');
  });

  it('[C7] who speaks is not asked: with a tick every 30 s two questions a minute are left', () => {
    const play = connectedPlay({ remembers: false });
    const end = play.now + 600_000;
    for (let tickAt = play.now + 30_000; play.now < end && play.state.phase.name === 'connected'; ) {
      const { answerBy, askAt } = play.state.phase;
      play.now = Math.min(tickAt, answerBy ?? askAt);
      if (play.now === tickAt) {
        tickAt += 30_000;
        play.on({ type: 'frame-received', latencyMs: null });
        continue;
      }
      play.on({ type: 'clock-ticked' });
      if (play.last.length > 0) play.after(4).on({ type: 'frame-received', latencyMs: 4 });
    }
    expect(play.status.code).toBe('healthy');
    expect(play.count('ask')).toBe(20);
  });

  it('[C7] after sleep it asks again instead of blaming the gateway, and waits 3 s', () => {
    const play = connectedPlay({ remembers: false }).after(16_000).on({ type: 'clock-ticked' });
    play.after(7_200_000).on({ type: 'clock-ticked' });
    expect(play.last).toEqual([{ type: 'ask', generation: 1 }]);
    play.after(3_000).on({ type: 'clock-ticked' });
    expect(play.status).toMatchObject({ code: 'reconnecting', cause: 'gateway-not-answering' });
  });

  it('[C5] a revived worker reconnects at once with the device token, and shows no trouble that is not proved', () => {
    const play = connectedPlay({ remembers: true }).on({ type: 'worker-started' });
    expect(play.status).toMatchObject({ code: 'unknown', cause: null });
    play.on(...handshake, hello('token-2'));
    expect(play.sent).toEqual(['device-token']);
    expect(play.status.code).toBe('healthy');
  });
});

describe('[C1] [C2] sockets', () => {
  const foreign = fc.constantFrom<Played>(
    challenge(),
    hello(),
    staleToken(),
    closed(1008, 'pairing required'),
    { type: 'frame-received', latencyMs: 1 },
    { type: 'shutdown-announced', restartExpectedMs: null },
    flooded(),
    oversized(),
  );
  it('an event of a socket we do not own changes nothing', () => {
    fc.assert(
      fc.property(foreign, fc.integer({ min: -3, max: 3 }), (event, offset) => {
        fc.pre(offset !== 0);
        const play = connectedPlay({ remembers: true });
        const before = play.state;
        play.on({ ...event, generation: before.generation + offset } as Played);
        expect(play.state).toBe(before);
        expect(play.last).toEqual([]);
      }),
    );
  });

  const events = fc.oneof(
    foreign,
    fc.constantFrom<Played>(
      { type: 'worker-started' },
      { type: 'clock-ticked' },
      { type: 'network-returned' },
      { type: 'check-requested', by: 'user' },
      { type: 'check-requested', by: 'page' },
      { type: 'pause-requested' },
      { type: 'resume-requested' },
      { type: 'knock-answered' },
      { type: 'knock-failed', reason: 'refused' },
      setupCode(),
      gatewaySecret(),
      gatewaySecret(false),
      { type: 'gateway-secret-withdrawn' },
      pairingRequired(),
      wrongSecret(),
      starting(),
      closed(1006),
      closed(1012),
      closed(1013),
      { type: 'credential-unreadable', credential: 'device-token' },
    ),
  );
  it('never two at once, whatever happens; never an effect of a wish to send without a socket', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(events, fc.nat(20_000)), { maxLength: 60 }), (story) => {
        const play = new Play();
        let openSocket: number | null = null;
        for (const [event, later] of story) {
          play.after(later).on(event);
          // A worker's death and a close both end the socket without our doing.
          if (event.type === 'worker-started' || event.type === 'socket-closed') openSocket = null;
          for (const effect of play.last) {
            if (effect.type === 'close-socket' && effect.generation === openSocket) openSocket = null;
            if (effect.type === 'open-socket') {
              expect(openSocket).toBeNull();
              openSocket = effect.generation;
            }
            if (effect.type === 'send-connect' || effect.type === 'ask') {
              expect(effect.generation).toBe(openSocket);
            }
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('saving', () => {
  it('leaves the disk alone while it knocks, and while a connected gateway is merely asked', () => {
    const play = connectedPlay({ remembers: false }).on(closed(1006), {
      type: 'knock-failed',
      reason: 'refused',
    });
    const knocking = durable(play.state);
    for (let i = 0; i < 8; i += 1) play.whenDue().on({ type: 'knock-failed', reason: 'refused' });
    expect(durable(play.state)).toBe(knocking);
  });

  it('saves an attempt before it is made', () => {
    const play = connectedPlay({ remembers: false }).on(closed(1006), { type: 'knock-answered' });
    const before = durable(play.state);
    expect(durable(play.on(challenge()).state)).not.toBe(before);
  });
});

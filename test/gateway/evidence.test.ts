/** What is recorded of a connection's past, and what it proves: each finding at its threshold, and beside it. */
import { describe, expect, it } from 'vitest';
import { REPAIRS_KEPT, restartedAt, SERVERS_KEPT, SOCKETS_KEPT } from '../../src/gateway/evidence.ts';
import { explains, FINDINGS, type FindingCode } from '../../src/gateway/finding.ts';
import { findings } from '../../src/gateway/findings.ts';
import { durable, type HelloFacts } from '../../src/gateway/state.ts';
import {
  challenge,
  closed,
  gatewaySecret,
  handshake,
  hello,
  Play,
  type Played,
  pairingRequired,
  rejection,
  setupCode,
  socketOpened,
  staleToken,
  starting,
  T0,
} from '../fixtures/play.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const codes = (play: Play): FindingCode[] => findings(play.state, play.now).map(({ code }) => code);
const found = (play: Play, code: FindingCode) =>
  findings(play.state, play.now).find((finding) => finding.code === code);

/** One run of a gateway; its uptime follows from when its process started. */
interface Run {
  readonly version: string;
  readonly bootId: string | null;
  readonly startedAt: number;
}
const run = (bootId: string | null, startedAt = T0 - HOUR, version = '2026.9.6'): Run => ({
  version,
  bootId,
  startedAt,
});

/** The whole handshake with a run, from a knock that is under way or a wait that ends now. */
function meet(play: Play, { version, bootId, startedAt }: Run, facts: Partial<HelloFacts> = {}): Play {
  if (play.state.phase.name === 'waiting') play.whenDue();
  const uptimeMs = play.now - startedAt;
  return play.on(
    { type: 'knock-answered' },
    socketOpened(),
    challenge(play.now),
    hello('token', { serverVersion: version, bootId, uptimeMs, ...facts }),
  );
}

const begun = (first: Run): Play => meet(new Play().on(gatewaySecret()), first);
/** Connected for so long, then closed. */
const lived = (play: Play, ms: number, end: Played = closed(1006)): Play => play.after(ms).on(end);
const announced = (play: Play, ms = MINUTE): Play =>
  lived(play, ms, { type: 'shutdown-announced', restartExpectedMs: 1_500 }).on(
    closed(1012, 'service restart'),
  );

const stopped = (play: Play): Play =>
  lived(play, MINUTE, { type: 'shutdown-announced', restartExpectedMs: null }).on(closed(1006));

/** The device token is refused and a new one issued, from a knock that is under way. */
const reissue = ({ now }: Play, bootId: string): Played[] => [
  { type: 'knock-answered' },
  challenge(now),
  staleToken(),
  challenge(now),
  hello('again', { bootId }),
];

describe('what is recorded', () => {
  it('the time of each part of a handshake, from dialling', () => {
    const play = new Play().on(gatewaySecret(), { type: 'knock-answered' });
    play.after(20).on(socketOpened()).after(5).on(challenge(play.now));
    expect(play.state.evidence).toMatchObject({
      openMs: 20,
      challengeMs: 25,
      helloMs: null,
      challengedAt: play.now,
    });
    play.after(30).on(hello());
    expect(play.state.evidence).toMatchObject({ openMs: 20, challengeMs: 25, helloMs: 55 });
    expect(play.status).toMatchObject({ challengeMs: 25, helloMs: 55 });
    lived(play, MINUTE).on({ type: 'knock-answered' }).after(7).on(challenge(play.now));
    expect(play.state.evidence).toMatchObject({ openMs: null, challengeMs: 7, helloMs: null });
  });

  it.each<[string, number, number]>([
    ['written while it was on its way', 2_000, 0],
    ['written before we dialled', -90_000, -90_000],
    ['written after it came', 95_000, 90_000],
  ])('[E4] the least skew that explains a challenge %s', (_, issuedAfter, skewMs) => {
    const play = new Play().on(gatewaySecret(), { type: 'knock-answered' });
    const dialledAt = play.now;
    play.after(5_000).on(challenge(dialledAt + issuedAfter));
    expect(play.state.evidence.skewMs).toBe(skewMs);
  });

  it.each<[string, Played, number | null, number]>([
    ['closed on us', closed(1001), 1001, 50_000],
    ['paused', { type: 'pause-requested' }, null, 50_000],
    ['gone with its worker, at its last sign of life', { type: 'worker-started' }, null, 20_000],
  ])('a socket that is %s', (_, end, closeCode, lifetime) => {
    const play = begun(run('a')).after(20_000).on({ type: 'frame-received', latencyMs: 1 });
    const openedAt = play.now - 20_000;
    lived(play, 30_000, end);
    expect(play.state.evidence.sockets).toEqual([
      { openedAt, closedAt: openedAt + lifetime, closeCode, wasAnnounced: false },
    ]);
  });

  it('repairs, and approvals of a device that had been let in before; not the first pairing', () => {
    const play = new Play().on(setupCode(), ...handshake, pairingRequired());
    meet(play.after(30_000), run('a'));
    expect(play.state.evidence.repairs).toEqual([]);
    lived(play, MINUTE).on(...handshake, pairingRequired('r', 'metadata-upgrade'));
    meet(play, run('a'));
    expect(play.state.evidence.repairs).toEqual([{ at: play.now, cause: 'metadata-upgrade' }]);
    // A person did that.
    expect(play.status.repairedAt).toBeNull();
  });

  it('no more than is kept', () => {
    const play = begun(run('a'));
    for (let i = 0; i < 40; i += 1) {
      lived(play, MINUTE).on(...reissue(play, `b-${i}`));
      play.after(10 * MINUTE);
    }
    const { sockets, servers, repairs } = play.state.evidence;
    expect([sockets.length, servers.length, repairs.length]).toEqual([
      SOCKETS_KEPT,
      SERVERS_KEPT,
      REPAIRS_KEPT,
    ]);
  });

  it('[E1] nothing while a connection lives', () => {
    const play = begun(run('a')).after(20_000).on({ type: 'frame-received', latencyMs: 1 });
    const { evidence } = play.state;
    const written = durable({ ...play.state, proof: null });
    for (let i = 0; i < 500; i += 1) {
      play.after(16_000).on({ type: 'clock-ticked' }).after(3).on({ type: 'frame-received', latencyMs: 3 });
    }
    expect(play.state.evidence).toBe(evidence);
    expect(durable({ ...play.state, proof: null })).toBe(written);
  });
});

describe('[E4] clocks', () => {
  it.each<[number, FindingCode[], string?]>([
    [59_999, []],
    [60_000, ['clock-ahead'], '60 s'],
    [-59_999, []],
    [-60_000, ['clock-behind'], '60 s'],
    [-86_400_000 * 3, ['clock-behind'], '3 d'],
    [361_000, ['clock-ahead'], '6 min'],
  ])('a gateway’s clock that is %i ms from ours: %j', (skew, expected, figure) => {
    const play = new Play().on(gatewaySecret(), { type: 'knock-answered' }, challenge(T0 + skew), hello());
    expect(codes(play)).toEqual(expected);
    expect(findings(play.state, play.now).flatMap(({ figures }) => figures)).toEqual(figure ? [figure] : []);
    expect(codes(play.after(24 * HOUR))).toEqual([]);
  });
});

describe('[E9] gateway-slow', () => {
  const slow = (opening: number, toChallenge: number, toHello: number, first = run('a')): Play => {
    const play = new Play().on(gatewaySecret(), { type: 'knock-answered' });
    play.after(opening).on(socketOpened()).after(toChallenge).on(challenge(play.now)).after(toHello);
    const { version, bootId, startedAt } = first;
    return play.on(hello('t', { serverVersion: version, bootId, uptimeMs: play.now - startedAt }));
  };
  it.each<[string, Play, boolean]>([
    ['a late challenge', slow(3, 3_000, 5), true],
    ['a late hello-ok', slow(3, 5, 3_000), true],
    ['neither by itself', slow(3, 2_999, 2_999), false],
    ['the browser’s own brake', slow(4_700, 5, 5), false],
    ['a gateway that has just started', slow(3, 5, 4_000, run('a', T0 - 50_000)), false],
    ['sleep in between', slow(3, 5, HOUR), false],
    ['old news', slow(3, 5, 4_000).after(10 * MINUTE + 1), false],
  ])('%s', (_, play, isSlow) => {
    expect(codes(play)).toEqual(isSlow ? ['gateway-slow'] : []);
  });
});

describe('[E7] idle-cut', () => {
  const cuts = (
    lifetimes: readonly number[],
    end = closed(1006),
    later: (n: number) => Run = () => run('a'),
  ) => {
    const play = begun(run('a'));
    for (const [index, lifetime] of lifetimes.entries()) meet(lived(play, lifetime, end), later(index + 1));
    return play;
  };
  it('three equal lifetimes in a row', () => {
    expect(found(cuts([60_000, 60_100, 61_000]), 'idle-cut')?.figures).toEqual(['60 s', 3]);
    expect(found(cuts([5_000, 300_000, 300_000, 301_000]), 'idle-cut')?.figures).toEqual(['5 min', 3]);
  });
  it('as soon as the third one is cut, and first of all then [E3]', () => {
    const play = lived(cuts([60_000, 60_000]), 60_000);
    expect(play.status).toMatchObject({ cause: 'connection-lost', findings: [{ code: 'idle-cut' }] });
  });
  it('without boot ids too, by uptime', () => {
    expect(codes(cuts([60_000, 60_000, 60_000], closed(1006), () => run(null)))).toEqual([]);
    const play = begun(run(null, T0 - HOUR, '2026.3.13'));
    for (let i = 0; i < 3; i += 1) meet(lived(play, MINUTE), run(null, T0 - HOUR, '2026.3.13'));
    expect(codes(play)).toEqual(['idle-cut']);
  });
  it.each<[string, Play]>([
    ['two only', cuts([60_000, 60_000])],
    ['a spread of more than 5 %', cuts([60_000, 60_000, 63_200])],
    ['20 s', cuts([20_000, 20_000, 20_000])],
    ['another close code', cuts([60_000, 60_000, 60_000], closed(1001))],
    ['a longer one in between', cuts([60_000, 60_000, 90_000, 60_000])],
    ['crashes like clockwork', cuts([60_000, 60_000, 60_000], closed(1006), (n) => run(`b-${n}`))],
    [
      'announced ones, however they end',
      [1, 2, 3].reduce((play) => meet(stopped(play), run('a')), begun(run('a'))),
    ],
    ['announced ones', [1, 2, 3].reduce((play) => meet(announced(play), run('a')), begun(run('a')))],
  ])('not for %s', (_, play) => {
    expect(codes(play)).not.toContain('idle-cut');
  });
  it('is disproved by a socket that lives longer', () => {
    const play = cuts([60_000, 60_000, 60_000]);
    expect(codes(play.after(62_000))).toEqual(['idle-cut']);
    expect(codes(play.after(2_000))).toEqual([]);
  });
});

describe('[E5] gateways-alternate', () => {
  const A = run('a');
  const B = run('b', T0 - 30 * MINUTE, '2026.8.1');
  const meetings = (runs: readonly Run[]): Play => {
    const [first = A, ...others] = runs;
    const play = begun(first);
    for (const other of others) meet(lived(play, 15_000), other);
    return play;
  };
  it('the first is back, after another one', () => {
    expect(found(meetings([A, B, A]), 'gateways-alternate')?.figures).toEqual([1, '2026.9.6, 2026.8.1']);
    expect(found(meetings([A, B, A, B, A]), 'gateways-alternate')?.figures[0]).toBe(3);
    expect(found(meetings([A, B, A, A, A]), 'gateways-alternate')?.figures[0]).toBe(1);
  });
  it('explains the reconnecting [E3]', () => {
    const play = lived(meetings([A, B, A]), 15_000);
    expect(play.status).toMatchObject({
      cause: 'connection-lost',
      findings: [{ code: 'gateways-alternate' }],
    });
  });
  it('by uptime where there are no boot ids, whichever is the older', () => {
    const [old, young] = [run(null, T0 - HOUR, 'x'), run(null, T0 - MINUTE, 'x')];
    expect(codes(meetings([old, young, old]))).toEqual(['gateways-alternate']);
    expect(codes(meetings([young, old, young]))).toEqual(['gateways-alternate']);
  });
  it.each<[string, readonly Run[]]>([
    ['an update', [A, B, B]],
    ['a new boot each time', [A, B, run('c'), run('d')]],
    ['a reconnect', [A, A, A]],
    [
      'an update that was taken back',
      [run(null, T0 - HOUR, 'x'), run(null, T0, 'y'), run(null, T0 + 20_000, 'x')],
    ],
  ])('not for %s', (_, runs) => {
    expect(codes(meetings(runs))).not.toContain('gateways-alternate');
  });
  it('is over after an hour of peace, and is no restart', () => {
    const play = meetings([A, B, A]);
    expect(restartedAt(play.state.evidence)).toBe(T0 + 15_000);
    expect(codes(play.after(HOUR))).toEqual([]);
  });
});

describe('[E8] gateway-flapping', () => {
  const boots = (count: number, every: number): Play => {
    const play = begun(run('b-0'));
    for (let i = 1; i <= count; i += 1) meet(lived(play, every), run(`b-${i}`, play.now));
    return play;
  };
  it('four restarts within twenty minutes', () => {
    expect(found(boots(4, 5 * MINUTE), 'gateway-flapping')?.figures).toEqual([4, '15 min']);
    expect(codes(boots(4, 5 * MINUTE).after(6 * MINUTE))).toEqual([]);
    expect(codes(boots(3, MINUTE))).toEqual([]);
    expect(codes(boots(8, 10 * MINUTE))).toEqual([]);
  });
});

describe('[E6] restart-outlived', () => {
  it('the same boot answers after its own announcement', () => {
    const play = meet(announced(begun(run('a'))).after(4_000), run('a'));
    expect(found(play, 'restart-outlived')?.figures).toEqual(['4 s']);
    expect(codes(meet(lived(play, MINUTE), run('a')))).toEqual(['restart-outlived']);
    expect(codes(meet(lived(play, MINUTE), run('b', play.now)))).toEqual([]);
  });
  it('1012 alone is an announcement', () => {
    expect(codes(meet(lived(begun(run('a')), MINUTE, closed(1012)).after(20), run('a')))).toEqual([
      'restart-outlived',
    ]);
  });
  it.each<[string, Run, Run]>([
    ['a restart inside the process', run('a'), run('b')],
    ['the same without boot ids: nothing tells it from a zombie', run(null), run(null)],
    ['a new process', run('a'), run('b', T0 + MINUTE)],
  ])('not for %s', (_, before, after) => {
    expect(codes(meet(announced(begun(before)), after))).toEqual([]);
  });
});

describe('restarts', () => {
  const again = (before: Run, after: Run, end: (play: Play) => Play = (play) => lived(play, MINUTE)): Play =>
    meet(end(begun(before)).after(10_000), after);
  it.each<[string, Play, number | null]>([
    ['another boot of the same process, when it was found', again(run('a'), run('b')), T0 + 70_000],
    ['a new process, when it started', again(run('a'), run('b', T0 + 61_000)), T0 + 61_000],
    ['a younger process', again(run(null), run(null, T0 + 62_000)), T0 + 62_000],
    ['1012 without boot ids', again(run(null), run(null), announced), T0 + 70_000],
    ['1012 once more', meet(announced(again(run(null), run(null), announced)), run(null)), T0 + 130_000],
    ['a lost connection', again(run('a'), run('a')), null],
    ['a lost connection without boot ids', again(run(null), run(null)), null],
    ['an uptime that stood still in sleep', again(run(null), run(null, T0 - HOUR + 9_000)), null],
  ])('%s', (_, play, at) => {
    expect(play.status.restartedAt).toBe(at);
  });
});

describe('[E10] devices-forgotten', () => {
  const repaired = (play: Play, after: number): Play =>
    lived(play, after, closed(4001)).on(...reissue(play, 'a'));
  it('twice in a day', () => {
    const once = repaired(begun(run('a')), HOUR);
    expect(codes(once)).toEqual([]);
    expect(found(repaired(once, HOUR), 'devices-forgotten')?.figures).toEqual([2]);
    expect(codes(repaired(repaired(begun(run('a')), HOUR), 24 * HOUR))).toEqual([]);
  });
  it('not while two gateways alternate, who know nothing of each other’s devices', () => {
    const play = begun(run('a'));
    for (const bootId of ['b', 'a', 'b']) lived(play, MINUTE, closed(4001)).on(...reissue(play, bootId));
    expect(codes(play)).toEqual(['gateways-alternate']);
    expect(codes(play.after(HOUR))).toEqual([]);
  });
  it('an approval that did not last counts; one for a new client identity does not', () => {
    const approvedAgain = (play: Play, version: string): Play =>
      meet(lived(play, HOUR).on(...handshake, pairingRequired()), run('a', T0, version));
    const first = repaired(begun(run('a')), HOUR);
    expect(codes(approvedAgain(first, '2026.9.6'))).toContain('devices-forgotten');
    const other = repaired(begun(run('a')), HOUR);
    expect(codes(approvedAgain(other, '2026.10.1'))).not.toContain('devices-forgotten');
  });
});

describe('[E3] a cause hides its symptoms', () => {
  it('what explains the present trouble comes first, the rest by gravity', () => {
    const play = begun(run('b-0'));
    for (let i = 1; i <= 4; i += 1) {
      lived(play, 2 * MINUTE, closed(4001)).on(...reissue(play, `b-${i}`));
    }
    expect(codes(play)).toEqual(['gateway-flapping', 'devices-forgotten']);
    lived(play, 2 * MINUTE, closed(4001));
    expect(codes(play.on({ type: 'knock-answered' }, challenge(play.now), staleToken()))).toEqual([
      'devices-forgotten',
      'gateway-flapping',
    ]);
    expect(play.status.cause).toBe('device-token-mismatch');
  });
  it.each(FINDINGS)('%s explains no cause that only a person can end by other means', (code) => {
    expect(explains(code, 'gateway-secret-mismatch')).toBe(false);
    expect(explains(code, 'origin-not-allowed')).toBe(code === 'origin-still-refused');
  });
});

describe('[E12] an origin that is refused before a restart and after it', () => {
  const unknownClient = rejection({
    message: 'invalid connect params: at /client/id: must be equal to constant',
  });
  const otherOrigin = rejection({
    detailCode: 'CONTROL_UI_ORIGIN_NOT_ALLOWED',
    message: 'origin not allowed',
  });
  const refused: Played = { type: 'knock-failed', reason: 'refused' };
  /** One look of a gateway of before 2026.8.1, from whichever client worked best so far. */
  const look = (play: Play): Play => {
    play.on({ type: 'check-requested', by: 'user' }, { type: 'knock-answered' }, challenge(play.now));
    const isCopilot = play.state.profile.client === 'copilot';
    return play
      .on(isCopilot ? unknownClient : otherOrigin, challenge(play.now))
      .on(isCopilot ? otherOrigin : unknownClient);
  };
  const turnedAway = (): Play => look(new Play().on(gatewaySecret()));
  const restarted = (play: Play): Play =>
    play
      .after(MINUTE)
      .on({ type: 'check-requested', by: 'user' }, refused)
      .after(2 * SECOND);

  it('is told, and goes with the first hello-ok', () => {
    const play = turnedAway();
    expect(play.status).toMatchObject({ code: 'needs-you', cause: 'origin-not-allowed', findings: [] });
    look(restarted(play));
    expect(play.status.cause).toBe('origin-not-allowed');
    expect(play.status.findings).toEqual([{ code: 'origin-still-refused', at: play.now, figures: [] }]);
    look(play.after(MINUTE));
    expect(codes(play)).toEqual(['origin-still-refused']);
    play.on(
      { type: 'check-requested', by: 'user' },
      { type: 'knock-answered' },
      challenge(play.now),
      hello(),
    );
    expect(codes(play)).toEqual([]);
  });

  it('by its own word that it starts, too', () => {
    const play = turnedAway();
    play.on({ type: 'check-requested', by: 'user' }, ...handshake, starting(500));
    look(play.after(SECOND));
    expect(codes(play)).toEqual(['origin-still-refused']);
  });

  it.each<[string, (play: Play) => Play]>([
    ['nothing was changed', (play) => look(look(play.after(MINUTE)))],
    [
      'it was only slow',
      (play) =>
        look(play.on({ type: 'check-requested', by: 'user' }, { type: 'knock-failed', reason: 'timeout' })),
    ],
    [
      'a network elsewhere was gone',
      (play) => {
        play.circumstances = { ...play.circumstances, isLocal: false };
        return look(restarted(play));
      },
    ],
    [
      'it is of the versions that know the copilot, and refuse it to Firefox',
      (play) => {
        restarted(play).on({ type: 'check-requested', by: 'user' }, ...handshake);
        return play.on(otherOrigin, challenge(play.now), otherOrigin);
      },
    ],
  ])('is not told where %s', (_, story) => {
    expect(codes(story(turnedAway()))).toEqual([]);
  });
});

describe('[R12] the wait for the owner', () => {
  const otherOrigin = rejection({
    detailCode: 'CONTROL_UI_ORIGIN_NOT_ALLOWED',
    message: 'origin not allowed',
  });
  const waiting = (isLocal: boolean): Play => {
    const play = new Play().on(gatewaySecret());
    play.circumstances = { ...play.circumstances, isLocal };
    return play.on(...handshake, otherOrigin, challenge(), otherOrigin);
  };

  /** The next knock, which may come before the next look. */
  const knocked = (play: Play): Play => {
    if (play.state.phase.name !== 'waiting') throw new Error(`not waiting but ${play.state.phase.name}`);
    return play.after(play.state.phase.retryAt - play.now).on({ type: 'clock-ticked' });
  };

  it('knocks at a gateway on this computer between two looks, without a connect or a write', () => {
    const play = waiting(true);
    const before = durable(play.state);
    const { nextTryAt } = play.status;
    const connects = play.count('open-socket');
    for (let knocks = 0; knocks < 5; knocks += 1) {
      knocked(play);
      expect(play.last).toEqual([{ type: 'knock' }]);
      expect(play.status).toMatchObject({
        cause: 'origin-not-allowed',
        nextTryAt: knocks < 2 ? nextTryAt : null,
      });
      play.on({ type: 'knock-answered' });
      expect(play.count('open-socket')).toBe(connects);
      expect(durable(play.state)).toBe(before);
    }
    knocked(play).on({ type: 'knock-answered' });
    expect(play.count('open-socket')).toBe(connects + 1);
  });

  it('is cut short by a click, also while it knocks [R10]', () => {
    const play = knocked(waiting(true));
    const connects = play.count('open-socket');
    play.on({ type: 'check-requested', by: 'user' });
    expect(play.last).toEqual([]);
    play.on({ type: 'knock-answered' });
    expect(play.count('open-socket')).toBe(connects + 1);
  });

  it('notices a restart of a second', () => {
    const play = knocked(waiting(true)).on({ type: 'knock-failed', reason: 'refused' });
    expect(play.status.cause).toBe('gateway-unreachable');
  });

  it('leaves one elsewhere alone until the next look', () => {
    const play = waiting(false);
    const connects = play.count('open-socket');
    play.whenDue().on({ type: 'knock-answered' });
    expect(play.count('open-socket')).toBe(connects + 1);
  });

  it('does not put the look off for a clock that was set back [C9]', () => {
    const play = waiting(true);
    play.after(-HOUR).on({ type: 'clock-ticked' }, { type: 'knock-answered' });
    expect(play.state.phase.name).toBe('handshaking');
  });
});

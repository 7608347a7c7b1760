/**
 * [R5] [R8] [R18] Whatever happens, a run of a gateway sees a bad secret twice at most, and however many runs there are,
 * nobody is near ten refusals within a minute. (The pace of a device token: connection.test.ts.)
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  challenge,
  closed,
  gatewaySecret,
  hello,
  Play,
  type Played,
  staleToken,
  wrongSecret,
} from '../fixtures/play.ts';

/** Everything that can wake a connection without its user. */
const wakings = fc.constantFrom<Played>(
  { type: 'worker-started' },
  { type: 'clock-ticked' },
  { type: 'network-returned' },
  { type: 'check-requested', by: 'page' },
  { type: 'pause-requested' },
  { type: 'resume-requested' },
  closed(1012),
);

/** What becomes of an attempt: the gateway answers it, or the answer is lost with the socket or with the worker. */
const fates = fc.constantFrom('answered', 'cut off', 'worker died');

interface Beat {
  readonly waking: Played;
  readonly later: number;
  readonly isThere: boolean;
  readonly fate: string;
}

const stories = fc.array(
  fc.record({
    waking: wakings,
    later: fc.oneof({ weight: 4, arbitrary: fc.nat(1_000) }, fc.nat(40_000)),
    isThere: fc.boolean(),
    fate: fates,
  }),
  { maxLength: 150 },
);

interface Attempt {
  readonly sent: string;
  readonly at: number;
  /** How often the gateway was seen to end before. */
  readonly run: number;
  readonly isAnswered: boolean;
}

/** Plays a story at a gateway that is there or not, and returns the attempts that reached it. */
function attemptsOf(start: Play, story: readonly Beat[], answer: (sent: string) => Played): Attempt[] {
  const attempts: Attempt[] = [];
  let run = 0;
  for (const { waking, later, isThere, fate } of story) {
    start.after(later).on({ type: 'clock-ticked' });
    if (waking.type === 'socket-closed') run += 1;
    start.on(waking);
    // One waking may set off a whole chain: knock, challenge, attempt, refusal, next attempt.
    for (let links = 0; links < 8; links += 1) {
      const { phase } = start.state;
      if (phase.name === 'knocking') {
        if (!isThere) run += 1;
        start.on(isThere ? { type: 'knock-answered' } : { type: 'knock-failed', reason: 'refused' });
      } else if (phase.name === 'handshaking' && phase.sent === null) {
        start.on(challenge());
      } else if (phase.name === 'handshaking' && phase.sent !== null) {
        attempts.push({ sent: phase.sent, at: start.now, run, isAnswered: fate === 'answered' });
        start.on(
          fate === 'answered'
            ? answer(phase.sent)
            : fate === 'cut off'
              ? closed(1006)
              : { type: 'worker-started' },
        );
      } else break;
    }
  }
  return attempts;
}

const mostPerRun = (attempts: readonly Attempt[]): number => {
  const counts = new Map<number, number>();
  for (const { run } of attempts) counts.set(run, (counts.get(run) ?? 0) + 1);
  return Math.max(0, ...counts.values());
};

const mostPerMinute = (attempts: readonly Attempt[]): number =>
  Math.max(
    0,
    ...attempts.map(({ at }) => attempts.filter((each) => each.at >= at && each.at - at < 60_000).length),
  );

describe('restraint', () => {
  it('a bad gateway secret is sent at most twice to a run, and lets nobody be locked out', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const attempts = attemptsOf(new Play().on(gatewaySecret()), story, () => wrongSecret());
        expect(mostPerRun(attempts)).toBeLessThanOrEqual(2);
        expect(mostPerMinute(attempts)).toBeLessThanOrEqual(5);
      }),
      { numRuns: 3_000 },
    );
  });

  it('a stale device token is answered once by a run, and a bad secret beside it sent at most twice', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const start = new Play().on(gatewaySecret(), { type: 'knock-answered' }, challenge(), hello());
        const attempts = attemptsOf(start.after(20_000).on(closed(4001)), story, (sent) =>
          sent === 'device-token' ? staleToken() : wrongSecret(),
        );
        const stale = attempts.filter(({ sent, isAnswered }) => sent === 'device-token' && isAnswered);
        expect(mostPerRun(stale)).toBeLessThanOrEqual(1);
        expect(mostPerRun(attempts.filter(({ sent }) => sent === 'gateway-secret'))).toBeLessThanOrEqual(2);
        expect(mostPerMinute(attempts.filter(({ isAnswered }) => isAnswered))).toBeLessThanOrEqual(6);
      }),
      { numRuns: 3_000 },
    );
  });
});

/** [R5] [R8] Whatever happens, a gateway sees a bad secret twice at most. (The pace of a device token: connection.test.ts.) */
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
} from './play.ts';

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

/** Plays a story at a gateway that is there or not, and returns the attempts that reached it. */
function attemptsOf(start: Play, story: readonly Beat[], answer: (sent: string) => Played) {
  const attempts: string[] = [];
  for (const { waking, later, isThere, fate } of story) {
    start.after(later).on({ type: 'clock-ticked' }, waking);
    // One waking may set off a whole chain: knock, challenge, attempt, refusal, next attempt.
    for (let links = 0; links < 8; links += 1) {
      const { phase } = start.state;
      if (phase.name === 'knocking') {
        start.on(isThere ? { type: 'knock-answered' } : { type: 'knock-failed', reason: 'refused' });
      } else if (phase.name === 'handshaking' && phase.sent === null) {
        start.on(challenge());
      } else if (phase.name === 'handshaking' && phase.sent !== null) {
        attempts.push(phase.sent);
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

describe('restraint', () => {
  it('a bad gateway secret is sent at most twice', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const attempts = attemptsOf(new Play().on(gatewaySecret()), story, () => wrongSecret());
        expect(attempts.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 3_000 },
    );
  });

  it('a stale device token is answered once, and a bad secret beside it sent at most twice', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const start = new Play().on(gatewaySecret(), { type: 'knock-answered' }, challenge(), hello());
        let staleAnswers = 0;
        const attempts = attemptsOf(start.after(20_000).on(closed(4001)), story, (sent) => {
          if (sent === 'device-token') staleAnswers += 1;
          return sent === 'device-token' ? staleToken() : wrongSecret();
        });
        expect(staleAnswers).toBeLessThanOrEqual(1);
        expect(attempts.filter((credential) => credential === 'gateway-secret').length).toBeLessThanOrEqual(
          2,
        );
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Random stories in the {@link World}, and what has to hold at the end of each. */
import fc from 'fast-check';
import { nextRetrial } from '../../src/gateway/aside.ts';
import { causeOf } from '../../src/gateway/causes.ts';
import type { ConnectionState } from '../../src/gateway/state.ts';
import { type Act, BrokenRule, TENANTS, World } from './world.ts';

const HOUR = 3_600_000;

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('tenant' as const), tenant: fc.constantFrom(...TENANTS) }),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom<Act>(
      { act: 'cut' },
      { act: 'worker-dies' },
      { act: 'announce-restart' },
      { act: 'announce-stop' },
      { act: 'rotate-token' },
      { act: 'remove-device' },
      { act: 'approve' },
      { act: 'change-secret' },
      { act: 'lock-out' },
      { act: 'lose-credentials' },
      { act: 'forget-secret' },
      { act: 'open-page' },
      { act: 'sleep' },
      { act: 'clock-set-back' },
      { act: 'network-returns' },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Act>(
      { act: 'paste-right-secret' },
      { act: 'paste-wrong-secret' },
      { act: 'paste-setup-code' },
      { act: 'offer-right-secret' },
      { act: 'offer-wrong-secret' },
      { act: 'click' },
      { act: 'click-for-all' },
      { act: 'pause' },
      { act: 'resume' },
    ),
  },
);

const pause = fc.oneof(
  { weight: 5, arbitrary: fc.nat(2_000) },
  { weight: 3, arbitrary: fc.nat(60_000) },
  { weight: 1, arbitrary: fc.nat(2 * HOUR) },
);

const story = fc.record({
  seed: fc.nat(),
  isLocal: fc.boolean(),
  beats: fc.array(fc.tuple(pause, act), { minLength: 5, maxLength: 60 }),
});

/** A small generator of its own, so that one number replays a story. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Plays one story to its end. @returns how many transitions it took; throws {@link BrokenRule} */
function playStory({
  seed,
  isLocal,
  beats,
}: {
  seed: number;
  isLocal: boolean;
  beats: [number, Act][];
}): number {
  const world = new World(randomOf(seed), isLocal);
  world.do({ act: 'paste-right-secret' });
  for (const [ms, each] of beats) {
    world.pass(ms);
    world.do(each);
  }
  // Whatever happened: once the gateway is well again, either we get there by ourselves or the user is told to act.
  if (world.isPairingLost) throw new BrokenRule('a pairing was lost');
  // [R20] During a pause nobody would see the port close.
  if (world.state.phase.name === 'paused') world.do({ act: 'resume' });
  world.heal();
  const isThere = (): boolean => world.state.phase.name === 'connected';
  const needsUser = ({ phase, lookout }: ConnectionState): boolean =>
    phase.name === 'blocked' ||
    (lookout !== null && nextRetrial(world.state, world.now) === Number.POSITIVE_INFINITY);
  world.pass(3 * HOUR, () => isThere() || needsUser(world.state));
  const { phase, trouble, lookout } = world.state;
  // [R20] Whoever answered meanwhile: a pairing that our gateway still knows needs nobody.
  if (world.hasPairing && lookout !== null) throw new BrokenRule(`waits for a user with ${trouble?.cause}`);
  if (phase.name === 'blocked' || lookout !== null) {
    const bearing = causeOf(trouble?.cause ?? 'no-credential').bearing;
    if (bearing !== 'needs-you')
      throw new BrokenRule(`blocked by ${trouble?.cause}, which nobody has to act on`);
  } else if (!isThere()) throw new BrokenRule(`stuck in ${phase.name} with ${trouble?.cause}`);
  // And what the user does then is enough.
  if (!isThere()) {
    world.do({ act: 'paste-right-secret' });
    world.pass(3 * HOUR, isThere);
    if (!isThere()) {
      throw new BrokenRule(
        `stuck in ${world.state.phase.name} with ${world.state.trouble?.cause} after a new secret`,
      );
    }
  }
  return world.events;
}

/**
 * Plays random stories until `events` transitions were made.
 *
 * @returns what was played. Throws with the shortest failing story and the seed that replays it.
 */
export function playStories(
  events: number,
  seed?: number,
): { stories: number; events: number; seed: number } {
  const first = seed ?? Math.trunc(Math.random() * 2 ** 31);
  let played = { stories: 0, events: 0 };
  for (let round = 0; played.events < events; round += 1) {
    let inRound = 0;
    fc.assert(
      fc.property(story, (each) => {
        inRound += playStory(each);
      }),
      { numRuns: 200, seed: first + round },
    );
    played = { stories: played.stories + 200, events: played.events + inRound };
  }
  return { ...played, seed: first };
}

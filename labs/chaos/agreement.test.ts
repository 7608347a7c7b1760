/** The prediction, which chaos judges by, and the decision function agree on who has to act, whoever takes the port. */
import { expect, it } from 'vitest';
import { toConnectionStatus } from '../../src/gateway/projection.ts';
import { GATEWAY } from '../../test/fixtures/play.ts';
import { type Chance, chance, pick } from '../fuzz/chance.ts';
import { type Act, World } from '../model/world.ts';
import { outcomes, type Part } from './prediction.ts';
import { beginning, change, type Situation } from './situation.ts';

const STORIES = 300;
const STEPS = 9;
const SECRET = 'ours';
/** Longer than a second retrial is waited for. */
const STEP_MS = 45_000;

const tenant = (who: 'nobody' | 'gateway' | 'other' | 'twin'): Act => ({ act: 'tenant', tenant: who });

/** What may happen next: to the world, and to the model's situation. */
const STEPS_BY_NAME = {
  gone: [tenant('nobody'), change.presence('gone')],
  back: [tenant('gateway'), change.presence('up')],
  other: [tenant('other'), change.other('theirs')],
  twin: [tenant('twin'), change.other(SECRET)],
  rotated: [{ act: 'rotate-token' }, change.rotated],
  removed: [{ act: 'remove-device' }, change.removed],
  withdrawn: [{ act: 'forget-secret' }, change.secretWithdrawn],
  approved: [{ act: 'approve' }, change.approved],
  secret: [{ act: 'paste-right-secret' }, change.pastedSecret],
  code: [{ act: 'paste-setup-code' }, change.pastedSetupCode],
  click: [{ act: 'click' }, change.triedAgain],
} as const satisfies Record<string, readonly [Act, (situation: Situation) => Situation]>;
type Step = keyof typeof STEPS_BY_NAME;

const BY_USER: Record<Part, readonly Step[]> = {
  approve: ['approved'],
  paste: ['secret', 'code'],
  'try-again': ['click'],
};

function nextStep({ presence, gateway }: Situation, user: Part | null, dice: Chance): Step {
  if (presence === 'gone') return pick(dice, ['back', 'other', 'twin'] as const);
  if (presence === 'other') return 'gone';
  const byOwner: readonly Step[] = gateway.pairing ? ['rotated', 'removed'] : [];
  return pick(dice, ['gone', 'withdrawn', ...byOwner, ...(user ? BY_USER[user] : [])] as const);
}

/** Plays one story. Resolves to what was shown instead of what was predicted, or `null`. */
function disagreement(dice: Chance): string | null {
  const world = new World(() => 0.5, true);
  let situations: readonly Situation[] = [beginning(SECRET)];
  const story: string[] = [];
  world.do({ act: 'paste-right-secret' });
  for (let step = 0; step < STEPS; step += 1) {
    const began = world.now;
    world.pass(STEP_MS);
    const shown = toConnectionStatus(GATEWAY, world.state, world.now);
    const possible = outcomes(situations, began);
    const seen = possible.find(
      ({ status, cause, user }) =>
        status.includes(shown.code) &&
        cause === shown.cause &&
        (shown.code !== 'needs-you' || (user === 'try-again') === shown.canTryAgain),
    );
    if (!seen) {
      const predicted = possible.map(({ cause, user }) => `${cause} > ${user}`).join(' or ');
      return `${story.join(', ')}: ${shown.cause} instead of ${predicted}`;
    }
    const next = nextStep(seen.situations[0]!, seen.user, dice);
    story.push(next);
    const [act, happen] = STEPS_BY_NAME[next];
    world.do(act);
    situations = seen.situations.map((each) => happen({ ...each, repairs: world.state.repairs }));
  }
  return null;
}

it('on every story of a gateway that goes, forgets, and is replaced by another', () => {
  for (let seed = 1; seed <= STORIES; seed += 1)
    expect(disagreement(chance(seed)), `seed ${seed}`).toBeNull();
});

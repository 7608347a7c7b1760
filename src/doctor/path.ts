/** The seven questions that guides ask one after the other, answered by the steps. */
import type { CheckId, Outcome } from './types.ts';

export const QUESTIONS_OF_PATH = [
  'listens',
  'gateway',
  'ready',
  'admits',
  'accepts',
  'approved',
  'stays',
] as const;
export type PathQuestion = (typeof QUESTIONS_OF_PATH)[number];

export interface PathStep {
  readonly question: PathQuestion;
  /** `unclear`: the answer is not proved, and does not stop the walk. */
  readonly answer: 'yes' | 'no' | 'unclear' | 'not-reached';
  /** The step that gives the answer. */
  readonly by: CheckId;
}

const STEPS: readonly (readonly [PathQuestion, readonly CheckId[]])[] = [
  ['listens', ['NET-ONLINE', 'NET-LISTEN']],
  ['gateway', ['GW-SPEAKS']],
  ['ready', ['GW-READY']],
  ['admits', ['GW-ADMITS']],
  ['accepts', ['EXT-IDENTITY', 'GW-ACCEPTS']],
  ['approved', ['GW-APPROVED']],
  ['stays', ['GW-LIVES', 'GW-STAYS', 'RL-EXISTS', 'RL-ANSWERS', 'RL-KEY', 'RL-ATTACHED']],
];

const RESULTS = ['fail', 'warn', 'pass'] as const;

/** The walk, up to where it stopped: after the first `no` nothing is reached. */
export function decisionPath(outcomes: readonly Outcome[]): readonly PathStep[] {
  let hasStopped = false;
  return STEPS.map(([question, ids]) => {
    const found = ids.flatMap((id) => outcomes.find((outcome) => outcome.id === id) ?? []);
    const worst = RESULTS.flatMap((result) => found.find((outcome) => outcome.result === result) ?? [])[0];
    const by = worst?.id ?? ids.at(-1) ?? 'EXT-WORKER';
    if (hasStopped) return { question, answer: 'not-reached', by };
    switch (worst?.result) {
      case 'fail':
        hasStopped = true;
        return { question, answer: 'no', by };
      case 'pass':
        // A question of several steps is answered by the one that it is named after.
        return { question, answer: isAnswered(question, found) ? 'yes' : 'not-reached', by };
      case 'warn':
        return { question, answer: 'unclear', by };
      default:
        return { question, answer: 'not-reached', by };
    }
  });
}

/** An online browser does not make a gateway listen, nor a good key one that is accepted. */
function isAnswered(question: PathQuestion, found: readonly Outcome[]): boolean {
  const decisive: CheckId | null =
    question === 'listens'
      ? 'NET-LISTEN'
      : question === 'accepts'
        ? 'GW-ACCEPTS'
        : question === 'stays'
          ? 'GW-LIVES'
          : null;
  return decisive === null || found.some(({ id, result }) => id === decisive && result === 'pass');
}

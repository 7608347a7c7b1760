/** The doctor's sentences: for every step, every fault, and everything that a step can come to. */
import { type MessageKey, messageOf, t } from '../../browser/i18n.ts';
import { tally } from '../../doctor/chain.ts';
import type { QUESTIONS, QuestionId } from '../../doctor/questions.ts';
import { CHECKS, type CheckId, OMISSIONS, type Omission, type Outcome } from '../../doctor/types.ts';
import { onOneLine } from '../../one-line.ts';
import { nameOf, snake } from '../../words/faults.ts';
import { listed } from '../../words/row.ts';

const isCheck = (because: Outcome['because']): because is CheckId => CHECKS.some((id) => id === because);
const isOmission = (because: Outcome['because']): because is Omission =>
  OMISSIONS.some((omission) => omission === because);

export const nameOfCheck = (id: CheckId): string => t(`check_${snake(id)}_name`);

/** What came of a step, in one sentence. */
export function sentenceOf({ id, result, because, figures }: Outcome): string {
  if (result === 'skip') return omissionSentence(id, because);
  if (because !== null && !isCheck(because) && !isOmission(because)) return nameOf(because);
  const [figure = ''] = figures.map(onOneLine);
  if (result === 'warn') return WARNINGS[id]?.(figure) ?? '';
  if (id === 'GW-ACCEPTS' && figure === 'gateway-secret') return t('check_gw_accepts_secret');
  if (id === 'GW-ACCEPTS' && figure === 'other') return t('check_gw_accepts_other');
  if (id === 'GW-CLOCK' && figure === '') return t('check_gw_clock_same');
  if (id === 'RL-ANSWERS' && figure === 'asleep') return t('check_rl_answers_asleep');
  if (id === 'RL-ANSWERS' && figure === 'another-process') return t('check_rl_answers_another');
  return messageOf(`check_${snake(id)}_pass`, figure) ?? '';
}

const WARNINGS: Partial<Record<CheckId, (figure: string) => string>> = {
  'NET-HTTP': (figure) => t('check_net_http_warn', figure),
  'GW-READY': (figure) => t('check_gw_ready_warn', figure),
  'GW-LIVES': () => t('check_gw_lives_warn'),
};

/** Where "not needed" has a reason of its own. */
const NOT_APPLICABLE: Partial<Record<CheckId, MessageKey & `check_${string}`>> = {
  'NET-ONLINE': 'check_net_online_local',
  'RL-KEY': 'check_rl_key_none',
  'RL-ATTACHED': 'check_rl_attached_unseen',
};

function omissionSentence(id: CheckId, because: Outcome['because']): string {
  if (isCheck(because)) return t('check_skipped_because', nameOfCheck(because));
  if (!isOmission(because)) return because === null ? '' : nameOf(because);
  if (because !== 'not-applicable') return t(`check_${snake(because)}`);
  return messageOf(NOT_APPLICABLE[id] ?? 'check_not_applicable') ?? '';
}

/** A question that a browser cannot answer, with the words of its answers and of what follows from each. */
export function questionWords(id: QuestionId, answers: (typeof QUESTIONS)[QuestionId]) {
  return {
    question: t(`question_${id}`),
    answers: answers.map((answer) => ({
      answer,
      label:
        answer === 'yes' || answer === 'no'
          ? t(`question_${answer}`)
          : (messageOf(`question_${id}_${answer}`) ?? answer),
      conclusion: messageOf(`question_${id}_${answer}_then`) ?? '',
    })),
  };
}

/** "3 passed, 1 failed, 14 not run because the gateway wasn’t reached": what a folded list holds. */
export function tallyWords(outcomes: readonly Outcome[]): string {
  const { pass, warn, fail, skip, unreached } = tally(outcomes);
  return listed([
    pass > 0 ? t('checks_passed', pass) : null,
    warn > 0 ? t('checks_warned', warn) : null,
    fail > 0 ? t('checks_failed', fail) : null,
    unreached > 0 ? t('checks_unreached', unreached) : skip > 0 ? t('checks_skipped', skip) : null,
  ]);
}

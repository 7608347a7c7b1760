import { t } from '../../browser/i18n.ts';
import { decisionPath } from '../../doctor/path.ts';
import type { Outcome } from '../../doctor/types.ts';
import { StepList } from './step-list.tsx';

const RESULT_OF = { yes: 'pass', no: 'fail', unclear: 'warn', 'not-reached': 'skip' } as const;
const WORD_OF = {
  yes: 'doctor_path_yes',
  no: 'doctor_path_no',
  unclear: 'doctor_path_unclear',
  'not-reached': 'doctor_path_not_reached',
} as const;

/** The seven questions of the field's guides, walked for the user. */
export const PathList = ({ outcomes }: { outcomes: readonly Outcome[] }) => (
  <StepList
    title={t('doctor_path')}
    testId="path"
    steps={decisionPath(outcomes).map(({ question, answer }) => ({
      id: question,
      text: t(`doctor_path_${question}`),
      result: RESULT_OF[answer],
      word: t(WORD_OF[answer]),
    }))}
  />
);

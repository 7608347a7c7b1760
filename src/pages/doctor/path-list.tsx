import { t } from '../../browser/i18n.ts';
import { decisionPath, type PathStep } from '../../doctor/path.ts';
import type { Outcome } from '../../doctor/types.ts';
import { ResultIcon } from './result-icon.tsx';

const RESULT_OF = { yes: 'pass', no: 'fail', unclear: 'warn', 'not-reached': 'skip' } as const;
const WORD_OF = {
  yes: 'doctor_path_yes',
  no: 'doctor_path_no',
  unclear: 'doctor_path_unclear',
  'not-reached': 'doctor_path_not_reached',
} as const;

/** The seven questions of the field's guides, walked for the user. */
export function PathList({ outcomes }: { outcomes: readonly Outcome[] }) {
  return (
    <section>
      <h3>{t('doctor_path')}</h3>
      <ol class="path" data-testid="path">
        {decisionPath(outcomes).map((step) => (
          <Step key={step.question} step={step} />
        ))}
      </ol>
    </section>
  );
}

const Step = ({ step: { question, answer } }: { step: PathStep }) => (
  <li data-question={question} data-answer={answer} data-result={RESULT_OF[answer]}>
    <ResultIcon result={RESULT_OF[answer]} />
    <p>
      {t(`doctor_path_${question}`)} <span class="answer">{t(WORD_OF[answer])}</span>
    </p>
  </li>
);

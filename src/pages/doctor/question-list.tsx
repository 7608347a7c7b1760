import { useId, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { QUESTIONS, type QuestionId, questionsFor } from '../../doctor/questions.ts';
import type { Fault } from '../../doctor/types.ts';
import type { GatewayRecord } from '../../gateway/status.ts';
import { announce } from '../../ui/announce.ts';
import { questionWords } from './words.ts';

/** What only the user can find out, and what follows from it. Nothing of it is kept. */
export function QuestionList({
  diagnosis,
  reach,
}: {
  diagnosis: Fault | null;
  reach: GatewayRecord['reach'];
}) {
  const ids = questionsFor(diagnosis, reach);
  if (ids.length === 0) return null;
  return (
    <section class="panel questions">
      <h2>{t('doctor_questions')}</h2>
      {ids.map((id) => (
        <Question key={id} id={id} />
      ))}
    </section>
  );
}

function Question({ id }: { id: QuestionId }) {
  const label = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const { question, answers } = questionWords(id, QUESTIONS[id]);
  return (
    <fieldset data-question={id} aria-labelledby={label}>
      <p id={label}>{question}</p>
      <div class="answers">
        {answers.map(({ answer, label: text, conclusion }) => (
          <button
            type="button"
            key={answer}
            aria-pressed={chosen === answer}
            onClick={() => {
              setChosen(answer);
              announce(conclusion);
            }}
          >
            {text}
          </button>
        ))}
      </div>
      {chosen !== null && (
        <p class="conclusion">{answers.find(({ answer }) => answer === chosen)?.conclusion}</p>
      )}
    </fieldset>
  );
}

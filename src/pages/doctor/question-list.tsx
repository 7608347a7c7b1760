import { useEffect, useId, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import type { Answered } from '../../doctor/answered.ts';
import { QUESTIONS, type QuestionId, questionsFor } from '../../doctor/questions.ts';
import type { Fault } from '../../doctor/types.ts';
import type { GatewayRecord } from '../../gateway/status.ts';
import { announce } from '../../ui/announce.ts';
import { questionWords } from './words.ts';

interface Props {
  diagnosis: Fault | null;
  reach: GatewayRecord['reach'];
  /** What the gateway itself answered. */
  known: Answered;
}

/** What only the user can find out, one question at a time, and what follows from it. Nothing of it is kept. */
export function QuestionList({ diagnosis, reach, known }: Props) {
  const [answered, setAnswered] = useState(0);
  return (
    <>
      {questionsFor(diagnosis, reach)
        .slice(0, answered + 1)
        .map((id, index) => (
          <Question
            key={`${id} ${known[id]}`}
            id={id}
            known={known[id] ?? null}
            onAnswer={() => setAnswered(Math.max(answered, index + 1))}
          />
        ))}
    </>
  );
}

interface QuestionProps {
  id: QuestionId;
  known: string | null;
  onAnswer: () => void;
}

function Question({ id, known, onAnswer }: QuestionProps) {
  const label = useId();
  const [chosen, setChosen] = useState(known);
  useEffect(() => {
    if (known !== null) onAnswer();
  }, [known]);
  const { question, answers } = questionWords(id, QUESTIONS[id]);
  return (
    <fieldset data-question={id} aria-labelledby={label}>
      <div class="answers">
        <p id={label} class="lead">
          {question}
        </p>
        <div class="choices">
          {answers.map(({ answer, label: text, conclusion }) => (
            <button
              type="button"
              key={answer}
              aria-pressed={chosen === answer}
              onClick={() => {
                setChosen(answer);
                onAnswer();
                announce(conclusion);
              }}
            >
              {text}
            </button>
          ))}
        </div>
      </div>
      {known !== null && chosen === known && <p class="soft small">{t('inside_answered')}</p>}
      {chosen !== null && (
        <p class="conclusion">{answers.find(({ answer }) => answer === chosen)?.conclusion}</p>
      )}
    </fieldset>
  );
}

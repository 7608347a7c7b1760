import type { Outcome } from '../../doctor/types.ts';
import { ResultIcon } from './result-icon.tsx';

/** A step, what came of it, and the word for that. */
interface Step {
  readonly id: string;
  readonly text: string;
  readonly result: Outcome['result'];
  readonly word: string;
}

interface Props {
  title: string;
  testId: string;
  steps: readonly Step[];
}

/** Steps in the order in which they are taken, each with what came of it. */
export const StepList = ({ title, testId, steps }: Props) => (
  <section>
    <h3>{title}</h3>
    <ol class="path" data-testid={testId}>
      {steps.map(({ id, text, result, word }) => (
        <li key={id} data-step={id} data-result={result}>
          <ResultIcon result={result} />
          <p>
            {text} <span class="answer">{word}</span>
          </p>
        </li>
      ))}
    </ol>
  </section>
);

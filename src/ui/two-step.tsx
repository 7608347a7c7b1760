import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { Reply } from '../messages.ts';

/**
 * What nothing brings back, in two steps and in place: the focus goes to the harmless button, and from there back to the one
 * that asked. What has begun cannot be called off, and what came of it is said.
 */
export function TwoStep({
  name,
  label,
  hint,
  confirmLabel,
  busyLabel,
  isEmpty = false,
  isInRow = false,
  onConfirm,
}: {
  /** Of the test ids: of the button that asks, and followed by `-confirm` and `-keep` of the others. */
  name: string;
  label: string;
  hint: string;
  confirmLabel: string;
  busyLabel: string;
  /** There is nothing to remove. */
  isEmpty?: boolean;
  /** It stands in a row of buttons, which has no room for the hint until it asks. */
  isInRow?: boolean;
  /** `null`: it tells itself what came of it. */
  onConfirm: () => Promise<Reply | null>;
}) {
  const id = useId();
  const [step, setStep] = useState<'rest' | 'asking' | 'busy'>('rest');
  const isBusy = step === 'busy';
  const [problem, setProblem] = useState<string | null>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const before = useRef(step);
  useEffect(() => {
    // The button that had the focus is gone.
    if (before.current === 'rest') keep.current?.focus();
    else if (step === 'rest') ask.current?.focus();
    before.current = step;
  }, [step]);

  async function confirm(): Promise<void> {
    if (isBusy) return;
    setStep('busy');
    setProblem(null);
    const reply = await onConfirm();
    const isFailed = reply?.ok === false;
    // Rarely wanted, and of some weight for a first paint.
    if (isFailed) setProblem((await import('../words/problems.ts')).problemSentence(reply.problem));
    setStep(isFailed ? 'asking' : 'rest');
  }

  function cancel(): void {
    if (isBusy) return;
    setStep('rest');
    setProblem(null);
  }

  const words = (
    <p id={id} class={isInRow ? undefined : 'soft small'}>
      {hint}
    </p>
  );
  if (step === 'rest') {
    const button = (
      <button
        type="button"
        ref={ask}
        data-testid={name}
        aria-disabled={isEmpty}
        onClick={() => setStep(isEmpty ? 'rest' : 'asking')}
      >
        {label}
      </button>
    );
    return isInRow ? (
      button
    ) : (
      <div class="two-step">
        {button}
        {words}
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is not described by a hint that stands after its buttons.
    <div class={isInRow ? 'confirm' : 'two-step'} role="group" aria-label={label} aria-describedby={id}>
      {isInRow && words}
      <div class="actions">
        {/* Not `disabled`: the focus would be lost. */}
        <button
          type="button"
          class="risky"
          data-testid={`${name}-confirm`}
          aria-disabled={isBusy}
          onClick={confirm}
        >
          {isBusy ? busyLabel : confirmLabel}
        </button>
        <button type="button" ref={keep} data-testid={`${name}-keep`} aria-disabled={isBusy} onClick={cancel}>
          {t('keep')}
        </button>
      </div>
      {problem !== null && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {!isInRow && words}
    </div>
  );
}

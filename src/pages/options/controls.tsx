import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';

/** Sections of the page; also the anchors by which cards and notifications lead here. */
export type SectionId =
  | 'gateways'
  | 'notifications'
  | 'behaviour'
  | 'permissions'
  | 'appearance'
  | 'privacy'
  | 'danger'
  | 'about';

export const Section = ({
  id,
  title,
  children,
}: {
  id: SectionId;
  title: string;
  children: ComponentChildren;
}) => (
  <section id={id} class={id === 'danger' ? 'panel danger' : 'panel'} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`} tabIndex={-1}>
      {title}
    </h2>
    {children}
  </section>
);

interface Option<T> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
  readonly picture?: ComponentChildren;
}

/** One of several: radio buttons with what each of them means. */
export function Choice<T extends string | number>({
  name,
  title,
  value,
  options,
  onChoose,
}: {
  name: string;
  title: string;
  value: T;
  options: readonly Option<T>[];
  onChoose: (value: T, label: string) => void;
}) {
  const id = useId();
  const isShort = options.every(({ hint, picture }) => hint === undefined && picture === undefined);
  return (
    <fieldset class={isShort ? 'inline' : undefined} data-testid={name}>
      <legend>{title}</legend>
      {options.map((option) => (
        <label class="choice" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            aria-describedby={option.hint ? `${id}-${option.value}` : undefined}
            onChange={() => onChoose(option.value, option.label)}
          />
          <span>
            {option.label}
            {option.picture}
            {option.hint && (
              <span class="soft small" id={`${id}-${option.value}`}>
                {option.hint}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function Switch({
  name,
  label,
  hint,
  isOn,
  isIdle = false,
  onSwitch,
}: {
  name: string;
  label: string;
  hint?: string;
  isOn: boolean;
  /** On, and yet it can do nothing: shown as neither. */
  isIdle?: boolean;
  onSwitch: (isOn: boolean) => void;
}) {
  const id = useId();
  return (
    <label class="choice">
      <input
        type="checkbox"
        data-testid={name}
        checked={isOn}
        indeterminate={isOn && isIdle}
        aria-describedby={hint ? id : undefined}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
      <span>
        {label}
        {hint && (
          <span class="soft small" id={id}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

/** What cannot be undone, in two steps and in place. */
export function TwoStep({
  name,
  label,
  hint,
  confirmLabel,
  onConfirm,
}: {
  name: string;
  label: string;
  hint: string;
  confirmLabel: string;
  onConfirm: () => Promise<void>;
}) {
  const [step, setStep] = useState<'rest' | 'asking' | 'busy'>('rest');
  const keep = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const before = useRef(step);
  useEffect(() => {
    // The button that had the focus is gone; the harmless one takes over.
    if (step === 'asking') keep.current?.focus();
    else if (step === 'rest' && before.current !== 'rest') ask.current?.focus();
    before.current = step;
  }, [step]);

  async function confirm(): Promise<void> {
    if (step === 'busy') return;
    setStep('busy');
    await onConfirm();
    setStep('rest');
  }

  return (
    <div class="two-step">
      {step === 'rest' ? (
        <button type="button" ref={ask} data-testid={name} onClick={() => setStep('asking')}>
          {label}
        </button>
      ) : (
        <div class="actions">
          <button
            type="button"
            class="risky"
            data-testid={`${name}-confirm`}
            aria-disabled={step === 'busy'}
            onClick={confirm}
          >
            {step === 'busy' ? t('options_busy') : confirmLabel}
          </button>
          <button type="button" ref={keep} onClick={() => setStep('rest')}>
            {t('options_cancel')}
          </button>
        </div>
      )}
      <p class="soft small">{hint}</p>
    </div>
  );
}

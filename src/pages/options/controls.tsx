import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

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

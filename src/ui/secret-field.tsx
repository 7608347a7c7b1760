import type { RefObject } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';

/** As much as a command may carry. */
const LONGEST = 4_096;

/** The gateway secret, where it has a field of its own. Hidden unless the user wants to see it. */
export function SecretField({
  field,
  label = t('secret_label'),
  value,
  isInvalid,
  describedBy,
  onInput,
  onDecline,
}: {
  field: RefObject<HTMLInputElement | null>;
  label?: string;
  value: string;
  isInvalid: boolean;
  /** The id of what is said of it. */
  describedBy: string;
  onInput: (value: string) => void;
  /** The user says that there is no secret to type; where there has to be one, nobody is asked. */
  onDecline?: () => void;
}) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <div class="secret">
      <label for={id}>{label}</label>
      <div>
        <input
          id={id}
          data-testid="gateway-secret"
          ref={field}
          {...(isShown ? ({ type: 'text' } as const) : ({ type: 'password' } as const))}
          value={value}
          maxLength={LONGEST}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-invalid={isInvalid}
          aria-describedby={describedBy}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="quiet"
          aria-label={t(isShown ? 'secret_hide_label' : 'secret_show_label')}
          onClick={() => setShown(!isShown)}
        >
          {t(isShown ? 'secret_hide' : 'secret_show')}
        </button>
      </div>
      {onDecline && (
        <button type="button" class="quiet" data-testid="without-secret" onClick={onDecline}>
          {t('secret_decline')}
        </button>
      )}
    </div>
  );
}

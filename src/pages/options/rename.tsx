import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { send } from '../../browser/page/worker-link.ts';
import type { GatewayStatus } from '../../gateway-status.ts';
import { gatewayName } from '../../words/gateway-name.ts';
import { problemSentence } from '../../words/problems.ts';
import { useTell } from './toast.tsx';

/** Characters. What the worker takes as a message at all; it refuses shorter ones in words. */
const LONGEST_SENT = 1_000;

/** In place. Enter saves, Escape leaves it as it was; a name that is refused stays in the field. */
export function Rename({ status, onEnd }: { status: GatewayStatus; onEnd: () => void }) {
  const { gatewayId } = status;
  const id = useId();
  const tell = useTell();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(status.name ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => field.current?.select(), []);

  async function save(): Promise<void> {
    const reply = await send({ type: 'rename-gateway', gatewayId, name: name.trim().slice(0, LONGEST_SENT) });
    if (!reply.ok) {
      setProblem(reply.problem);
      field.current?.focus();
      return;
    }
    tell(t('options_name_saved', gatewayName({ ...status, name: name.trim() || null })));
    onEnd();
  }

  return (
    <form
      class="rename"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        // While an input method composes, it ends that alone.
        if (event.key === 'Escape' && !event.isComposing) onEnd();
      }}
    >
      <label for={id}>{t('options_name_label')}</label>
      <div>
        <input
          id={id}
          ref={field}
          type="text"
          data-testid="name"
          dir="auto"
          value={name}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-hint`}
          onInput={(event) => {
            setName(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <button type="submit" class="primary">
          {t('options_save')}
        </button>
        <button type="button" onClick={onEnd}>
          {t('options_cancel')}
        </button>
      </div>
      <p
        id={`${id}-hint`}
        class={problem === null ? 'soft small' : 'problem'}
        role={problem === null ? undefined : 'alert'}
      >
        {problem === null ? t('options_name_hint') : problemSentence(problem)}
      </p>
    </form>
  );
}

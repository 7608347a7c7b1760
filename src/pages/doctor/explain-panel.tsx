import { useId, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { ExplainedText } from '../../ui/explained-text.tsx';
import { Fold } from '../../ui/fold.tsx';
import { useExplained } from '../../ui/use-explained.ts';
import { sentences } from '../../words/row.ts';

/** For errors that somebody else saw: pasted here, and explained at once. */
export function ExplainPanel() {
  const id = useId();
  const [text, setText] = useState('');
  const isEmpty = text.trim() === '';
  const found = useExplained(text, !isEmpty);
  return (
    <Fold label={t('explain_title')} note={t('explain_note')} testId="explain" isPanel>
      <label for={id}>{t('explain_field')}</label>
      <textarea
        id={id}
        class="explain"
        data-testid="explain-text"
        rows={4}
        value={text}
        aria-describedby={`${id}-found`}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div id={`${id}-found`} class="explained-list" aria-live="polite">
        {isEmpty && <p class="soft small">{t('explain_private')}</p>}
        {found !== null && <ExplainedText found={found} />}
        {found?.statements.length === 0 && (
          <p data-testid="explained-none">{sentences([t('explain_none'), t('explain_none_next')])}</p>
        )}
      </div>
    </Fold>
  );
}

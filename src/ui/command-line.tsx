import { Fragment } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { useCopy } from './copy.ts';

/** Characters. A longer word is wider than the line. */
const LONGEST_UNBROKEN = 26;

/** Characters. From here on the button stands below, and the command has the whole width. */
const LONG = 90;

/** A command to copy: shown in full, copied exactly. */
export function CommandLine({ text, testId }: { text: string; testId: string }) {
  const line = useRef<HTMLElement>(null);
  const [result, copy] = useCopy(text, () => {
    if (line.current) getSelection()?.selectAllChildren(line.current);
  });
  return (
    <div class={text.length > LONG ? 'command long' : 'command'}>
      <code ref={line} data-testid={testId}>
        {text.split(' ').map((word, index) => (
          <Fragment key={`${index} ${word}`}>
            {index > 0 && ' '}
            {word.length <= LONGEST_UNBROKEN ? <span>{word}</span> : word}
          </Fragment>
        ))}
      </code>
      <button type="button" aria-label={t(result ?? 'copy_label')} onClick={copy}>
        {t(result ?? 'copy')}
      </button>
    </div>
  );
}

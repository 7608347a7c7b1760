import { Fragment } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { useCopy } from './copy.ts';

/** Characters. A longer word is wider than the line. */
const LONGEST_UNBROKEN = 26;

/** Characters. From here on the button stands below, and the command has the whole width. */
const LONG = 90;

interface Props {
  text: string;
  testId: string;
  /** It is no command to run, but an address. */
  isAddress?: boolean;
  /** The one command of a card: its button is as large as what it is for. What stands beside that button. */
  main?: preact.ComponentChildren;
}

/** A command to copy: shown in full, copied exactly. */
export function CommandLine({ text, testId, isAddress = false, main }: Props) {
  const line = useRef<HTMLElement>(null);
  const [result, copy] = useCopy(text, () => {
    if (line.current) getSelection()?.selectAllChildren(line.current);
  });
  const isMain = main !== undefined;
  const words = t(result ?? (isAddress ? 'copy_address' : isMain ? 'copy_label' : 'copy'));
  const button = (
    // Several stand on one page: each is called by what it copies.
    <button
      type="button"
      class={isMain ? 'primary' : undefined}
      aria-label={result === null ? t('copy_command', words, text) : words}
      onClick={copy}
    >
      {words}
    </button>
  );
  const isLong = text.length > LONG;
  return (
    <>
      <div class={isLong ? 'command long' : 'command'}>
        {/* A card shows a window of a long one, which keys scroll too. */}
        <code ref={line} data-testid={testId} tabIndex={isLong ? 0 : undefined}>
          {text.split(' ').map((word, index) => (
            <Fragment key={`${index} ${word}`}>
              {index > 0 && ' '}
              {word.length <= LONGEST_UNBROKEN ? <span>{word}</span> : word}
            </Fragment>
          ))}
        </code>
        {!isMain && button}
      </div>
      {isMain && (
        <div class="main-copy">
          {button}
          {main}
        </div>
      )}
    </>
  );
}

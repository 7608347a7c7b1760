import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { announce } from './announce.ts';

/** Characters. A longer word is wider than the line. */
const LONGEST_UNBROKEN = 26;

/** Characters. From here on the button stands below, and the command has the whole width. */
const LONG = 90;

/** Milliseconds. */
const CONFIRMED_FOR_MS = 2_000;

/** A command to copy: shown in full, copied exactly. */
export function CommandLine({ text, testId }: { text: string; testId: string }) {
  const [result, setResult] = useState<'copied' | 'copy_failed' | null>(null);
  const line = useRef<HTMLElement>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), CONFIRMED_FOR_MS);
    return () => clearTimeout(timer);
  }, [result]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setResult('copied');
      announce(t('copied'));
    } catch {
      // A policy may forbid it: the line is selected for the user's own key.
      if (line.current) getSelection()?.selectAllChildren(line.current);
      setResult('copy_failed');
      announce(t('copy_failed'));
    }
  }

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

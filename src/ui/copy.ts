import { useEffect, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { announce } from './announce.ts';

/** Milliseconds. */
const CONFIRMED_FOR_MS = 2_000;

export type CopyResult = 'copied' | 'copy_failed';

/**
 * Copies a text, and says for a moment what came of it, to the eye and to a screen reader.
 *
 * @param onFailed a policy may forbid it: the user's own key still can
 */
export function useCopy(text: string, onFailed: () => void): readonly [CopyResult | null, () => void] {
  const [result, setResult] = useState<CopyResult | null>(null);
  useEffect(() => {
    if (result === null) return;
    const timer = setTimeout(() => setResult(null), CONFIRMED_FOR_MS);
    return () => clearTimeout(timer);
  }, [result]);

  const tell = (next: CopyResult): void => {
    setResult(next);
    announce(t(next));
  };
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => tell('copied'),
      () => {
        onFailed();
        tell('copy_failed');
      },
    );
  };
  return [result, copy];
}

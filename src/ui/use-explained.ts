import { useEffect, useState } from 'preact/hooks';
import type { Explained } from '../explain/types.ts';

/** What a text says of errors. Loaded when it is first asked for: it knows all that OpenClaw's clients print. */
export const explained = async (text: string): Promise<Explained> =>
  (await import('../explain/explain.ts')).explain(text);

/** @returns `null` while it is not asked for, and in the moment that it takes. */
export function useExplained(text: string, isAsked: boolean): Explained | null {
  const [found, setFound] = useState<{ text: string; explained: Explained } | null>(null);
  useEffect(() => {
    if (!isAsked) return;
    let isOver = false;
    void explained(text).then((all) => {
      if (!isOver) setFound({ text, explained: all });
    });
    return () => {
      isOver = true;
    };
  }, [text, isAsked]);
  return isAsked && found?.text === text ? found.explained : null;
}

import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import { t } from '../../browser/i18n.ts';
import { send } from '../../browser/page/worker-link.ts';
import type { Command } from '../../messages.ts';
import { announce } from '../../ui/announce.ts';
import { problemSentence } from '../../words/problems.ts';

/** Milliseconds. A confirmation goes by itself; a problem stays until it was seen. */
const CONFIRMED_FOR_MS = 6_000;

export interface Toast {
  readonly text: string;
  readonly isProblem: boolean;
}

/** Says what came of a click: the one line at the page's foot, and the live region. */
export type Tell = (text: string, isProblem?: boolean) => void;

const Telling = createContext<Tell>(() => {});
export const ToastProvider = Telling.Provider;
export const useTell = (): Tell => useContext(Telling);

/** What was told last, and how to tell the next. */
export function useToast(): [told: Toast | null, tell: Tell, hide: () => void] {
  const [told, setTold] = useState<Toast | null>(null);
  const tell = useCallback<Tell>((text, isProblem = false) => {
    setTold({ text, isProblem });
    announce(text);
  }, []);
  useEffect(() => {
    if (told === null || told.isProblem) return;
    const timer = setTimeout(() => setTold(null), CONFIRMED_FOR_MS);
    return () => clearTimeout(timer);
  }, [told]);
  return [told, tell, useCallback(() => setTold(null), [])];
}

/** Sends a command and says what came of it. Resolves to whether it was done. */
export function useSend(): (command: Command, done: string) => Promise<boolean> {
  const tell = useTell();
  return async (command, done) => {
    const reply = await send(command);
    tell(reply.ok ? done : problemSentence(reply.problem), !reply.ok);
    return reply.ok;
  };
}

/** The line itself. What it says is spoken by the live region, hence not twice. */
export function ToastLine({ told, onHide }: { told: Toast | null; onHide: () => void }) {
  if (told === null) return null;
  return (
    <div class="told" data-testid="told" data-problem={told.isProblem}>
      <p>
        <bdi>{told.text}</bdi>
      </p>
      {told.isProblem && (
        <button type="button" class="quiet" onClick={onHide}>
          {t('dismiss')}
        </button>
      )}
    </div>
  );
}

/** The page's one live region, `<p id="spoken" role="status">` in its HTML: there before there is anything to say. */
import { useEffect, useRef } from 'preact/hooks';

/** Milliseconds. What passes within this is a blip, and not worth interrupting anybody. */
const SETTLED_AFTER_MS = 1_000;

/** Has a screen reader say this when it is free to. */
export function announce(text: string): void {
  const region = document.getElementById('spoken');
  if (region) region.textContent = text;
}

/** Says `sentence` whenever `subject` has changed and stays so. What the page opens with, it does not say. */
export function useAnnouncement(subject: string, sentence: string): void {
  const last = useRef(subject);
  useEffect(() => {
    if (last.current === subject) return;
    const timer = setTimeout(() => {
      last.current = subject;
      announce(sentence);
    }, SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [subject, sentence]);
}

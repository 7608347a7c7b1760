/** The recogniser, loaded with the first form: most popups are opened to look, not to paste. */
import { useEffect, useState } from 'preact/hooks';
import type { recognise as Recognise } from '../pairing/recognise.ts';
import { NOTHING_SEEN, type Seen, see } from './seen.ts';

let recognise: typeof Recognise | null = null;

/**
 * @returns what a text is, for the gateway on whose card it was pasted (`null` for a new one). Before the
 * recogniser is there, which takes milliseconds, it sees nothing.
 */
export function useRecogniser(): (text: string, cardAddress: string | null) => Seen {
  const [, setLoaded] = useState(recognise !== null);
  useEffect(() => {
    if (recognise !== null) return;
    void import('../pairing/recognise.ts').then((module) => {
      ({ recognise } = module);
      setLoaded(true);
    });
  }, []);
  return (text, cardAddress) => {
    const now = Date.now();
    const defaults = cardAddress === null ? { now } : { now, address: cardAddress };
    return recognise === null ? NOTHING_SEEN : see(recognise(text, defaults), cardAddress, now);
  };
}

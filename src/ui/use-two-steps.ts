import { useEffect, useRef, useState } from 'preact/hooks';

/**
 * Asks, in place, before what nothing brings back. The focus goes to the harmless button (`keep`), and from there back to the
 * one that asked (`ask`): those that had it are gone by then.
 */
export function useTwoSteps() {
  const [isAsking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (isAsking) keep.current?.focus();
    else if (wasAsking.current) ask.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  return { isAsking, setAsking, keep, ask };
}

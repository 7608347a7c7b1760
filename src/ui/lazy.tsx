import { useEffect, useState } from 'preact/hooks';
import type { RemediesProps } from './remedies.tsx';

type Remedies = typeof import('./remedies.tsx').Remedies;

let remedies: Remedies | null = null;

let loading: Promise<void> | null = null;

/** Has the commands there by the time that a card wants them. */
export function loadRemedies(): Promise<void> {
  loading ??= import('./remedies.tsx').then((loaded) => {
    remedies = loaded.Remedies;
  });
  return loading;
}

/** See `ui/remedies.tsx`, which is kept out of what the popup needs for its first paint. */
export function LazyRemedies(props: RemediesProps) {
  const [Found, setFound] = useState<Remedies | null>(() => remedies);
  useEffect(() => {
    void loadRemedies().then(() => setFound(() => remedies));
  }, []);
  return Found && <Found {...props} />;
}

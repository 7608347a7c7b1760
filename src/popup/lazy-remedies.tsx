import { useEffect, useState } from 'preact/hooks';
import type { RemediesProps } from '../ui/remedies.tsx';

type Remedies = typeof import('../ui/remedies.tsx').Remedies;

let remedies: Remedies | null = null;

/** Asked for when the popup starts, so that it is there by the time that a card wants it. */
const loading = import('../ui/remedies.tsx').then((loaded) => {
  remedies = loaded.Remedies;
});

/** See `ui/remedies.tsx`, which is kept out of what the popup needs for its first paint. */
export function LazyRemedies(props: RemediesProps) {
  const [Found, setFound] = useState<Remedies | null>(() => remedies);
  useEffect(() => {
    void loading.then(() => setFound(() => remedies));
  }, []);
  return Found && <Found {...props} />;
}

import { useEffect, useState } from 'preact/hooks';
import type { PairingForm, PairingFormProps } from '../ui/pairing-form.tsx';

/** See `ui/pairing-form.tsx`. It knows all that OpenClaw prints, which most first paints do not need; its place is kept. */
export function LazyPairingForm(props: PairingFormProps) {
  const [Found, setFound] = useState<{ component: typeof PairingForm } | null>(null);
  useEffect(() => {
    void import('../ui/pairing-form.tsx').then((loaded) => setFound({ component: loaded.PairingForm }));
  }, []);
  return Found ? (
    <Found.component {...props} />
  ) : (
    <div class={props.card ? 'form-place' : 'form-place new'} />
  );
}

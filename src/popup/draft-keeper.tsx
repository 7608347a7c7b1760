import { useEffect, useRef } from 'preact/hooks';
import { type FormPurpose, keepDraft, readDraft } from '../browser/page/draft.ts';

/** Shows nothing: keeps which form is open, and opens the one that was when the popup closed. */
export function DraftKeeper({
  form,
  gatewayId,
  onRestore,
}: {
  form: FormPurpose | null;
  gatewayId: string | null;
  onRestore: (form: FormPurpose, gatewayId: string | null) => void;
}) {
  const kept = useRef(form);
  useEffect(() => {
    if (form !== null) return;
    void readDraft().then(({ place, gatewayId: of }) => {
      if (place !== 'new' && place !== 'again') return;
      kept.current = place;
      onRestore(place, of);
    });
  }, []);
  useEffect(() => {
    if (kept.current === form) return;
    kept.current = form;
    void keepDraft({ place: form, gatewayId, ...(form === null && { address: null }) });
  }, [form]);
  return null;
}

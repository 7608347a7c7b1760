import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import { ActionButton } from '../ui/action-button.tsx';

/** In two steps, in place: nothing brings a pairing back. */
export function ForgetGateway({ gatewayId }: { gatewayId: string }) {
  const [isAsking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    // The button that had the focus is gone; the harmless one takes over.
    if (isAsking) keep.current?.focus();
    else if (wasAsking.current) ask.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  return (
    <div class="forget">
      {isAsking ? (
        <div class="actions">
          <ActionButton
            command={{ type: 'forget-gateway', gatewayId }}
            label="forget_confirm"
            busyLabel="forgetting"
            class="risky"
          />
          <button type="button" ref={keep} onClick={() => setAsking(false)}>
            {t('keep')}
          </button>
        </div>
      ) : (
        <button type="button" ref={ask} onClick={() => setAsking(true)}>
          {t('forget')}
        </button>
      )}
      <p class="soft small">{t('forget_hint')}</p>
    </div>
  );
}

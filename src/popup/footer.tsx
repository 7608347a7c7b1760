import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { Status } from '../gateway/status.ts';
import { ActionButton } from '../ui/action-button.tsx';

interface Props {
  status: Status;
  isAdding: boolean;
  onAdd: (isAdding: boolean) => void;
}

/** What is needed rarely: pause, another gateway, and behind "More" what cannot be undone. */
export function Footer({ status, isAdding, onAdd }: Props) {
  const { code, gatewayId, isSecretRemembered } = status;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  if (isAdding) {
    return (
      <footer>
        <div class="bar">
          <button type="button" class="quiet" onClick={() => onAdd(false)}>
            {t('back')}
          </button>
        </div>
      </footer>
    );
  }
  return (
    <footer>
      <div class="bar">
        {code !== 'paused' && (
          <ActionButton
            command={{ type: 'pause', gatewayId }}
            label="pause"
            busyLabel="pausing"
            class="quiet"
          />
        )}
        <button type="button" class="quiet" onClick={() => onAdd(true)}>
          {t('add')}
        </button>
        <button
          type="button"
          class="quiet more"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {t('more')}
        </button>
      </div>
      <div id={id} class="panel" hidden={!isOpen}>
        {isSecretRemembered && (
          <div>
            <ActionButton
              command={{ type: 'forget-secret', gatewayId }}
              label="forget_secret"
              busyLabel="forgetting"
            />
            <p class="soft small">{t('forget_secret_hint')}</p>
          </div>
        )}
        <ForgetGateway gatewayId={gatewayId} />
      </div>
    </footer>
  );
}

/** In two steps, in place: nothing brings a pairing back. */
function ForgetGateway({ gatewayId }: { gatewayId: string }) {
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
    <div>
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

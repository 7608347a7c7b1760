import { useId, useState } from 'preact/hooks';
import { t } from '../browser/i18n.ts';
import type { Health } from '../health.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { DoctorLink } from './doctor-link.tsx';
import { ForgetGateway } from './forget-gateway.tsx';

interface Props {
  status: Health;
  isAdding: boolean;
  onAdd: (isAdding: boolean) => void;
}

/** What is needed rarely: pause, another gateway, and behind "More" what cannot be undone. */
export function Footer({ status, isAdding, onAdd }: Props) {
  const { code, gatewayId, isSecretRemembered, isWithoutDeviceToken } = status;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <footer>
      <div class="bar">
        {code !== 'paused' && !isAdding && (
          <ActionButton
            command={{ type: 'pause', gatewayId }}
            label="pause"
            busyLabel="pausing"
            class="quiet"
          />
        )}
        {/* One button with two words, so that the focus stays. */}
        <button type="button" class="quiet" onClick={() => onAdd(!isAdding)}>
          {t(isAdding ? 'back' : 'add')}
        </button>
        {!isAdding && <DoctorLink gatewayId={gatewayId} label="doctor" testId="open-doctor" />}
        <button
          type="button"
          class="quiet more"
          hidden={isAdding}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {t('more')}
        </button>
      </div>
      <div id={id} class="panel" hidden={!isOpen || isAdding}>
        {isSecretRemembered && (
          <div>
            <ActionButton
              command={{ type: 'forget-secret', gatewayId }}
              label="forget_secret"
              busyLabel="forgetting"
            />
            <p class="soft small">
              {t(isWithoutDeviceToken ? 'forget_secret_hint_only' : 'forget_secret_hint')}
            </p>
          </div>
        )}
        {status.relay.isKeyHeld && (
          <div>
            <ActionButton
              command={{ type: 'forget-relay-key', gatewayId }}
              label="relay_forget"
              busyLabel="forgetting"
            />
            <p class="soft small">{t('relay_forget_hint')}</p>
          </div>
        )}
        <ForgetGateway gatewayId={gatewayId} />
      </div>
    </footer>
  );
}

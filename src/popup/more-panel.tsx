import { t } from '../browser/i18n.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Address } from './address.tsx';
import { ForgetGateway } from './forget-gateway.tsx';

/** What is needed rarely, or cannot be undone. Loaded when it is wanted. */
export function MorePanel({ status, onAdd }: { status: GatewayStatus; onAdd: () => void }) {
  const { address, gatewayId, isSecretRemembered, isWithoutDeviceToken, relay } = status;
  return (
    <>
      <Address address={address} />
      <div>
        <button type="button" onClick={onAdd}>
          {t('add')}
        </button>
      </div>
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
      {relay.isKeyHeld && (
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
    </>
  );
}

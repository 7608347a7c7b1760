import { t } from '../browser/i18n.ts';
import { prefer } from '../browser/page/preferences.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { ForgetGateway } from './forget-gateway.tsx';
import { Address } from './gateway-address.tsx';
import { useDeclined } from './self-repair.tsx';

/** What is needed rarely, or cannot be undone. Loaded when it is wanted. */
export function MorePanel({ status, onAdd }: { status: GatewayStatus; onAdd: () => void }) {
  const { address, gatewayId, isSecretRemembered, isWithoutDeviceToken, relay, selfRepair } = status;
  const isDeclined = useDeclined(gatewayId);
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
      {selfRepair === 'off' && isDeclined && (
        <div>
          <button
            type="button"
            data-testid="offer-self-repair"
            onClick={() => void prefer(gatewayId, { isSelfRepairDeclined: false })}
          >
            {t('self_repair_offer_again')}
          </button>
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

import { t } from '../browser/i18n.ts';
import { prefer } from '../browser/page/preferences.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { announce } from '../ui/announce.ts';
import { ForgetGateway } from './forget-gateway.tsx';
import { Address } from './gateway-address.tsx';
import { useDeclined } from './self-repair.tsx';

interface Props {
  status: GatewayStatus;
  onAdd: () => void;
  /** The button that had the focus is about to go. */
  onUsed: () => void;
}

/** What is needed rarely, or cannot be undone. Loaded when it is wanted. */
export function MorePanel({ status, onAdd, onUsed }: Props) {
  const { address, gatewayId, isSecretRemembered, isWithoutDeviceToken, relay, selfRepair } = status;
  const isDeclined = useDeclined(gatewayId);
  function offerAgain(): void {
    onUsed();
    void prefer(gatewayId, { isSelfRepairDeclined: false });
    // As the row that comes back says it.
    announce(`${t('self_repair_off')}. ${t('self_repair_needs_secret')}`);
  }
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
          <button type="button" data-testid="offer-self-repair" onClick={offerAgain}>
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

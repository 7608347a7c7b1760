/** The user's consent to read of a gateway's other clients: what is read, what is kept, one click for either way. */
import { t } from '../browser/i18n.ts';
import { ActionButton } from './action-button.tsx';
import { useOthers } from './use-others.ts';

interface Props {
  gatewayId: string;
  /** Why it would help here. */
  why?: string;
}

export function OthersConsent({ gatewayId, why = t('others_why') }: Props) {
  const others = useOthers(gatewayId);
  if (others === undefined) return null;
  return (
    <div class="others-consent" data-testid="others-consent" data-on={others !== null}>
      {others === null && <p>{why}</p>}
      <p class="soft small">{t('others_reads')}</p>
      <p class="soft small">{t('others_keeps')}</p>
      {others === null ? (
        <ActionButton
          key="on"
          command={{ type: 'watch-others', gatewayId, isOn: true }}
          label="others_turn_on"
          busyLabel="others_turning_on"
        />
      ) : (
        <ActionButton
          key="off"
          command={{ type: 'watch-others', gatewayId, isOn: false }}
          label="others_turn_off"
          busyLabel="others_turning_off"
          class="quiet"
        />
      )}
    </div>
  );
}

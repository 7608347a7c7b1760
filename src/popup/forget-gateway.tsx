import { t } from '../browser/i18n.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { useTwoSteps } from '../ui/use-two-steps.ts';

/** In two steps, in place: nothing brings a pairing back. */
export function ForgetGateway({ gatewayId }: { gatewayId: string }) {
  const { isAsking, setAsking, keep, ask } = useTwoSteps();
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

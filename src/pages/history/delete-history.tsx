import { t } from '../../browser/i18n.ts';
import { ActionButton } from '../../ui/action-button.tsx';
import { announce } from '../../ui/announce.ts';
import { useTwoSteps } from '../../ui/use-two-steps.ts';

/** In two steps, in place: nothing brings a past back. */
export function DeleteHistory({ gatewayId, isEmpty }: { gatewayId: string; isEmpty: boolean }) {
  const { isAsking, setAsking, keep, ask } = useTwoSteps();
  if (!isAsking) {
    return (
      <button
        type="button"
        ref={ask}
        data-testid="delete-history"
        aria-disabled={isEmpty}
        onClick={() => setAsking(!isEmpty)}
      >
        {t('history_delete')}
      </button>
    );
  }
  return (
    <div class="confirm" data-testid="delete-confirm">
      <p>{t('history_delete_hint')}</p>
      <div class="actions">
        <ActionButton
          command={{ type: 'delete-history', gatewayId }}
          label="history_delete_confirm"
          busyLabel="history_deleting"
          class="risky"
          onDone={() => {
            setAsking(false);
            announce(t('history_deleted'));
          }}
        />
        <button type="button" ref={keep} data-testid="delete-keep" onClick={() => setAsking(false)}>
          {t('keep')}
        </button>
      </div>
    </div>
  );
}

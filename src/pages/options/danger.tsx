import { t } from '../../browser/i18n.ts';
import { resetEverything } from '../../browser/page/reset.ts';
import { send } from '../../browser/page/worker-link.ts';
import type { Reply, Snapshot } from '../../messages.ts';
import { TwoStep } from '../../ui/two-step.tsx';
import { Section } from './controls.tsx';
import { useTell } from './toast.tsx';

/** What cannot be undone, apart from all that can. */
export function Danger({ snapshot: { statuses, storageProblem } }: { snapshot: Snapshot }) {
  const tell = useTell();
  const isUnread = storageProblem === 'newer' || storageProblem === 'unreadable';

  async function deleteHistory(): Promise<Reply | null> {
    // Then it cannot be read either of which gateways there are histories.
    if (isUnread && statuses.length === 0) {
      tell(t(`storage_${storageProblem}`), true);
      return null;
    }
    for (const { gatewayId } of statuses) {
      const reply = await send({ type: 'delete-history', gatewayId });
      if (!reply.ok) return reply;
    }
    tell(t('options_history_deleted'));
    return null;
  }

  async function reset(): Promise<null> {
    const ids = statuses.map(({ gatewayId }) => gatewayId);
    const isDone = await resetEverything(ids, isUnread);
    tell(t(isDone ? 'options_reset_done' : 'options_reset_failed'), !isDone);
    return null;
  }

  return (
    <Section id="danger" title={t('options_danger')}>
      <TwoStep
        name="delete-history"
        label={t('options_history_delete')}
        hint={t('options_history_hint')}
        confirmLabel={t('options_history_confirm')}
        busyLabel={t('options_busy')}
        onConfirm={deleteHistory}
      />
      <TwoStep
        name="reset"
        label={t('options_reset')}
        hint={t('options_reset_hint')}
        confirmLabel={t('options_reset_confirm')}
        busyLabel={t('options_busy')}
        onConfirm={reset}
      />
    </Section>
  );
}

import { t } from '../../browser/i18n.ts';
import { resetEverything } from '../../browser/page/reset.ts';
import { send } from '../../browser/page/worker-link.ts';
import type { Snapshot } from '../../messages.ts';
import { problemSentence } from '../../words/problems.ts';
import { Section, TwoStep } from './controls.tsx';
import { useTell } from './toast.tsx';

/** What cannot be undone, apart from all that can. */
export function Danger({ snapshot: { statuses, storageProblem } }: { snapshot: Snapshot }) {
  const tell = useTell();

  async function deleteHistory(): Promise<void> {
    for (const { gatewayId } of statuses) {
      const reply = await send({ type: 'delete-history', gatewayId });
      if (!reply.ok) {
        tell(problemSentence(reply.problem), true);
        return;
      }
    }
    tell(t('options_history_deleted'));
  }

  async function reset(): Promise<void> {
    const ids = statuses.map(({ gatewayId }) => gatewayId);
    const isDone = await resetEverything(ids, storageProblem === 'newer' || storageProblem === 'unreadable');
    tell(t(isDone ? 'options_reset_done' : 'options_reset_failed'), !isDone);
  }

  return (
    <Section id="danger" title={t('options_danger')}>
      <TwoStep
        name="delete-history"
        label={t('options_history_delete')}
        hint={t('options_history_hint')}
        confirmLabel={t('options_history_confirm')}
        onConfirm={deleteHistory}
      />
      <TwoStep
        name="reset"
        label={t('options_reset')}
        hint={t('options_reset_hint')}
        confirmLabel={t('options_reset_confirm')}
        onConfirm={reset}
      />
    </Section>
  );
}

import { t } from '../../browser/i18n.ts';
import { resetEverything } from '../../browser/page/reset.ts';
import { send } from '../../browser/page/worker-link.ts';
import type { Snapshot } from '../../messages.ts';
import type { Settings } from '../../settings.ts';
import { problemSentence } from '../../words/problems.ts';
import { Backup } from './backup.tsx';
import { Section, TwoStep } from './controls.tsx';
import { useTell } from './toast.tsx';
import type { Change } from './use-settings.ts';

interface Props {
  snapshot: Snapshot;
  settings: Settings;
  canNotify: boolean;
  change: Change;
}

/** Where data lives, what leaves the browser, taking it along, and removing it. */
export function Privacy({ snapshot: { statuses, storageProblem }, settings, canNotify, change }: Props) {
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
    <Section id="privacy" title={t('options_privacy')}>
      <p>{t('options_privacy_where')}</p>
      <p>{t('options_privacy_leaves')}</p>
      <Backup settings={settings} statuses={statuses} canNotify={canNotify} change={change} />
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

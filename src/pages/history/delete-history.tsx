import { t } from '../../browser/i18n.ts';
import { send } from '../../browser/page/worker-link.ts';
import type { Reply } from '../../messages.ts';
import { announce } from '../../ui/announce.ts';
import { TwoStep } from '../../ui/two-step.tsx';

/** Nothing brings a past back. */
export function DeleteHistory({ gatewayId, isEmpty }: { gatewayId: string; isEmpty: boolean }) {
  async function deleteHistory(): Promise<Reply> {
    const reply = await send({ type: 'delete-history', gatewayId });
    if (reply.ok) announce(t('history_deleted'));
    return reply;
  }
  return (
    <TwoStep
      name="delete-history"
      label={t('history_delete')}
      hint={t('history_delete_hint')}
      confirmLabel={t('history_delete_confirm')}
      busyLabel={t('history_deleting')}
      isEmpty={isEmpty}
      isInRow
      onConfirm={deleteHistory}
    />
  );
}

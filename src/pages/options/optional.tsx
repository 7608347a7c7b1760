import { t } from '../../browser/i18n.ts';
import { useTell } from './toast.tsx';

/** Something that the user may allow, and take back. */
export function Optional({
  name,
  title,
  why,
  isAllowed,
  failed,
  onAllow,
  onRemove,
}: {
  name: string;
  title: string;
  why: string;
  isAllowed: boolean;
  /** What is told where nothing came of it; without it, that the browser did not do it. */
  failed?: string;
  onAllow: () => Promise<boolean>;
  onRemove: () => Promise<boolean>;
}) {
  const tell = useTell();
  async function turn(): Promise<void> {
    if (isAllowed) {
      const isGone = await onRemove();
      tell(
        isGone ? t('options_permission_removed', title) : (failed ?? t('options_permission_kept', title)),
        !isGone,
      );
    } else {
      const isGranted = await onAllow();
      tell(
        isGranted
          ? t('options_permission_granted', title)
          : (failed ?? t('options_permission_refused', title)),
        !isGranted,
      );
    }
  }
  const label = t(isAllowed ? 'options_remove' : 'options_allow');
  return (
    <li data-permission={name} data-allowed={isAllowed}>
      <div>
        <p>
          <bdi>{title}</bdi>{' '}
          <span class="badge">{t(isAllowed ? 'options_allowed' : 'options_not_allowed')}</span>
        </p>
        <p class="soft small">{why}</p>
      </div>
      <button type="button" aria-label={t('options_action_for', label, title)} onClick={turn}>
        {label}
      </button>
    </li>
  );
}

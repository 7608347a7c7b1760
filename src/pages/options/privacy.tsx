import { t } from '../../browser/i18n.ts';
import type { Snapshot } from '../../messages.ts';
import type { Settings } from '../../settings.ts';
import { Fold } from '../../ui/fold.tsx';
import { Backup } from './backup.tsx';
import { Section } from './controls.tsx';
import type { Change } from './use-settings.ts';

interface Props {
  snapshot: Snapshot;
  settings: Settings;
  canNotify: boolean;
  change: Change;
}

/** Where data lives, what leaves the browser, and taking it along. */
export function Privacy({ snapshot: { statuses }, settings, canNotify, change }: Props) {
  return (
    <Section id="privacy" title={t('options_privacy')}>
      <Fold label={t('options_privacy_details')}>
        <p>{t('options_privacy_where')}</p>
        <p>{t('options_privacy_secret')}</p>
        <p>{t('options_privacy_leaves')}</p>
      </Fold>
      <Backup settings={settings} statuses={statuses} canNotify={canNotify} change={change} />
    </Section>
  );
}
